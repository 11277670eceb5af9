import GRDB

/// Why a store cannot be used; nothing in its file was changed by it.
public enum StoreFailure: Error, Sendable, Hashable, CustomStringConvertible {
  case missing(path: String)
  /// Not a database at all, or a damaged one.
  case damaged(path: String, reason: String)
  /// A database of some other program.
  case foreign(path: String)
  /// A later program's form.
  case newer(path: String, format: Int)
  /// Rows of another experiment, or of this one as it was.
  case other(path: String, name: String, differences: [String])
  /// The disk is full; all rows so far are kept.
  case full(path: String)
  /// A write failed otherwise, as where a file may not grow; all rows so far are kept.
  case unwritable(path: String, reason: String)
  case busy(path: String)
  case unusable(path: String, reason: String)

  public var description: String {
    switch self {
    case .missing(let path): "\(path): no such store; run the experiment first"
    case .damaged(let path, let reason):
      "\(path): not a whole SQLite database (\(reason)); it was left as it is. Begin anew with "
        + "--fresh, which puts it aside, or name another file by --store"
    case .foreign(let path):
      "\(path): a SQLite database, but not one of experiment results; it was left as it is. Name "
        + "another file by --store"
    case .newer(let path, let format):
      "\(path): its form \(format) is newer than this program; it was left as it is"
    case .other(let path, let name, let differences):
      "\(path): holds rows of '\(name)' as it was made from something else: "
        + differences.joined(separator: ", ") + " differ"
        + (differences.count == 1 ? "s" : "")
        + ". Begin anew with --fresh, which puts it aside, or name another file by --store"
    case .full(let path):
      "\(path): the disk is full; all rows so far are kept. Make room and run it again"
    case .unwritable(let path, let reason):
      "\(path): cannot be written (\(reason)); all rows so far are kept. Make room, or let the "
        + "file grow, and run it again"
    case .busy(let path): "\(path): another program keeps it locked"
    case .unusable(let path, let reason): "\(path): cannot be used: \(reason)"
    }
  }

  /// What is wrong with what stands at `path`, in its own words.
  init(_ error: any Error, path: String) {
    guard let error = error as? DatabaseError else {
      self = .unusable(path: path, reason: "\(error)")
      return
    }
    let reason = error.message ?? "\(error.resultCode)"
    switch error.extendedResultCode {
    case .SQLITE_IOERR_WRITE, .SQLITE_IOERR_SHMSIZE, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_TRUNCATE:
      self = .unwritable(path: path, reason: reason)
      return
    default: break
    }
    self =
      switch error.resultCode {
      case .SQLITE_FULL: .full(path: path)
      case .SQLITE_NOTADB, .SQLITE_CORRUPT: .damaged(path: path, reason: reason)
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
      default: .unusable(path: path, reason: reason)
      }
  }
}
