import Foundation

/// A folder of results that appears whole or not at all: everything is written beside it first.
///
/// What stood there before is replaced only when all of the new is on the disk.
public struct OutputFolder {
  /// What keeps the folder from being written, in words.
  public struct Failure: Error, CustomStringConvertible {
    public var description: String

    public init(description: String) { self.description = description }
  }

  public let path: String
  private let temporary: String
  private var handle: FileHandle?

  /// Makes the temporary folder.
  public init(_ path: String) throws(Failure) {
    self.path = path
    let url = URL(fileURLWithPath: path).standardizedFileURL
    temporary =
      url.deletingLastPathComponent()
      .appending(path: ".\(url.lastPathComponent).\(getpid()).tmp").path
    do {
      try FileManager.default.createDirectory(
        atPath: temporary, withIntermediateDirectories: true)
    } catch {
      throw Failure(description: "cannot write beside \(path): \(Self.reason(error))")
    }
  }

  /// Begins a file that is written line by line.
  public mutating func begin(_ name: String) throws(Failure) {
    let file = "\(temporary)/\(name)"
    guard FileManager.default.createFile(atPath: file, contents: nil),
      let handle = FileHandle(forWritingAtPath: file)
    else { throw Failure(description: "cannot write \(name) of \(path)") }
    self.handle = handle
  }

  public func append(_ bytes: [UInt8]) throws(Failure) {
    do { try handle?.write(contentsOf: bytes) } catch {
      throw Failure(description: "cannot write to \(path): \(Self.reason(error))")
    }
  }

  public func write(_ name: String, _ text: String) throws(Failure) {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(temporary)/\(name)"))
    } catch {
      throw Failure(description: "cannot write \(name) of \(path): \(Self.reason(error))")
    }
  }

  /// Puts the folder in its place. Files of an earlier run that this one does not write stay.
  public func commit() throws(Failure) {
    do {
      try handle?.synchronize()
      try handle?.close()
      let manager = FileManager.default
      if manager.fileExists(atPath: path) {
        for name in try manager.contentsOfDirectory(atPath: temporary).sorted() {
          let from = "\(temporary)/\(name)"
          guard rename(from, "\(path)/\(name)") == 0 else {
            throw Failure(description: "cannot replace \(path)/\(name)")
          }
        }
        try manager.removeItem(atPath: temporary)
      } else {
        try manager.moveItem(atPath: temporary, toPath: path)
      }
    } catch {
      discard()
      throw Failure(description: "cannot write \(path): \(Self.reason(error))")
    }
  }

  public func discard() { try? FileManager.default.removeItem(atPath: temporary) }

  private static func reason(_ error: any Error) -> String {
    if let failure = error as? Failure { return failure.description }
    return (error as NSError).userInfo[NSUnderlyingErrorKey].map { "\($0)" }
      ?? error.localizedDescription
  }
}
