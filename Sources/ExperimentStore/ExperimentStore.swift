import Foundation
import GRDB
import Synchronization

/// Results of an experiment in a SQLite file, run by run.
///
/// Every run is one transaction of a write-ahead log: a program that is killed at any moment loses
/// the runs in flight and nothing else. (A machine that loses power may lose the last ones too, but
/// no half of one.) Many threads may add at once; who comes second with a run that is there already
/// changes nothing.
public final class ExperimentStore: Sendable {
  public let path: String
  let queue: DatabaseQueue
  private let places = Mutex<[String: Int64]>([:])

  /// Opens the store of an experiment, or begins it where there is none.
  ///
  /// - Parameter pageLimit: the most pages of 4 KiB the file may have, as if the disk were full
  ///   then; default as many as SQLite can count.
  /// - Throws: where the file is damaged, another program's, or holds rows of something else.
  public init(
    _ path: String, of identity: StoreIdentity, pageLimit: Int? = nil
  ) throws(StoreFailure) {
    self.path = path
    let folder = (path as NSString).deletingLastPathComponent
    do {
      if !folder.isEmpty {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
      }
      try Self.inspect(path)
      queue = try DatabaseQueue(path: path, configuration: Self.configuration(pageLimit))
      try queue.write { database in
        if try StoreSchema.isEmpty(database) {
          try StoreSchema.create(identity, in: database)
        }
        let found = try StoreSchema.identity(database)
        guard found == identity else {
          throw StoreFailure.other(
            path: path, name: found.name, differences: identity.differences(from: found))
        }
      }
    } catch let failure as StoreFailure {
      throw failure
    } catch {
      throw StoreFailure(error, path: path)
    }
  }

  /// Opens a store whatever it was made from.
  public init(existing path: String) throws(StoreFailure) {
    self.path = path
    guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: path) }
    do {
      try Self.inspect(path)
      queue = try DatabaseQueue(path: path, configuration: Self.configuration(nil))
    } catch let failure as StoreFailure {
      throw failure
    } catch {
      throw StoreFailure(error, path: path)
    }
  }

  /// Puts a file aside as `PATH.previous`, in place of what stood there; nothing where there is
  /// none.
  ///
  /// A store is closed first, so that all its runs are in one file and one rename moves them. A
  /// damaged file is moved as it is.
  public static func putAside(_ path: String) throws(StoreFailure) {
    if let store = try? ExperimentStore(existing: path) { try store.close() }
    for ending in ["", "-wal", "-shm"] {
      let (from, to) = (path + ending, "\(path).previous\(ending)")
      try? FileManager.default.removeItem(atPath: to)
      guard FileManager.default.fileExists(atPath: from) else { continue }
      do { try FileManager.default.moveItem(atPath: from, toPath: to) } catch {
        throw .unusable(path: path, reason: error.localizedDescription)
      }
    }
  }

  /// Looks at a file without a right to write: merely to set the log's form would change a byte.
  private static func inspect(_ path: String) throws {
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    guard let size, size > 0 else { return }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.read { database in
      if try StoreSchema.isEmpty(database) { return }
      try StoreSchema.check(database, path: path)
    }
    try queue.close()
  }

  private static func configuration(_ pageLimit: Int?) -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.journalMode = .wal
    configuration.prepareDatabase { database in
      // A kill needs no more; only a power cut can take the last transactions with it.
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
      if let pageLimit { try database.execute(sql: "PRAGMA max_page_count = \(pageLimit)") }
    }
    return configuration
  }

  // MARK: Adding

  /// Adds a run with its figures, or nothing where it is there already.
  ///
  /// - Throws: ``StoreFailure/full(path:)`` and others; then nothing of the run was added.
  public func add(_ run: StoredRun) throws(StoreFailure) {
    do {
      let known = places.withLock { $0 }
      let fresh = try queue.write { try Self.insert(run, known, in: $0) }
      // Only what has been committed is remembered.
      places.withLock { $0.merge(fresh) { old, _ in old } }
    } catch {
      throw StoreFailure(error, path: path)
    }
  }

  private static func insert(
    _ run: StoredRun, _ known: [String: Int64], in database: Database
  ) throws -> [String: Int64] {
    var fresh: [String: Int64] = [:]
    try database.cachedStatement(
      sql: "INSERT OR IGNORE INTO run VALUES (?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      run.point, run.replication, String(run.seed), run.digest, run.events, run.wallSeconds,
    ])
    guard database.changesCount > 0 else { return fresh }
    let insertion = try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO value VALUES (?, ?, ?, ?)")
    for figure in run.metrics {
      let place: Int64
      if let found = known[figure.name] ?? fresh[figure.name] {
        place = found
      } else {
        place = try self.place(of: figure.name, in: database)
        fresh[figure.name] = place
      }
      try insertion.execute(arguments: [place, run.point, run.replication, figure.value])
    }
    return fresh
  }

  private static func place(of metric: String, in database: Database) throws -> Int64 {
    try database.execute(sql: "INSERT OR IGNORE INTO metric (name) VALUES (?)", arguments: [metric])
    return try Int64.fetchOne(
      database, sql: "SELECT id FROM metric WHERE name = ?", arguments: [metric]) ?? 0
  }
}

extension ExperimentStore {
  /// Ends all use of the file and leaves a single file behind.
  public func close() throws(StoreFailure) {
    do { try queue.close() } catch { throw StoreFailure(error, path: path) }
  }
}
