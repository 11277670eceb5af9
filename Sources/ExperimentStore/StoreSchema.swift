import GRDB

/// The tables, and how a file is told to be ours.
enum StoreSchema {
  /// `sqlite3 FILE "PRAGMA application_id"`: "Seat" in ASCII.
  static let application: Int32 = 0x5365_6174
  static let format = 1

  /// Runs stand by (point, replication), whichever ended first.
  static let tables = """
    CREATE TABLE fact (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE part (
      place INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL);
    CREATE TABLE run (
      point INTEGER NOT NULL, replication INTEGER NOT NULL, seed TEXT NOT NULL,
      digest TEXT NOT NULL, events INTEGER NOT NULL, wall_s REAL NOT NULL,
      PRIMARY KEY (point, replication)) WITHOUT ROWID;
    CREATE TABLE metric (id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL UNIQUE);
    CREATE TABLE value (
      metric INTEGER NOT NULL, point INTEGER NOT NULL, replication INTEGER NOT NULL, value REAL,
      PRIMARY KEY (metric, point, replication)) WITHOUT ROWID;
    """

  /// Writes the tables and whose rows they will hold.
  static func create(_ identity: StoreIdentity, in database: Database) throws {
    try database.execute(sql: tables)
    try database.execute(
      sql: "INSERT INTO fact VALUES ('name', ?)", arguments: [identity.name])
    for (place, part) in identity.parts.enumerated() {
      try database.execute(
        sql: "INSERT INTO part VALUES (?, ?, ?)", arguments: [place, part.name, part.digest])
    }
    // Both pragmas are part of the transaction.
    try database.execute(sql: "PRAGMA application_id = \(application)")
    try database.execute(sql: "PRAGMA user_version = \(format)")
  }

  static func isEmpty(_ database: Database) throws -> Bool {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
  }

  /// - Throws: where the file is somebody else's or damaged.
  static func check(_ database: Database, path: String) throws {
    guard try Int32.fetchOne(database, sql: "PRAGMA application_id") == application else {
      throw StoreFailure.foreign(path: path)
    }
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard found <= format else { throw StoreFailure.newer(path: path, format: found) }
    let verdict = try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? "ok"
    guard verdict == "ok" else { throw StoreFailure.damaged(path: path, reason: verdict) }
  }

  static func identity(_ database: Database) throws -> StoreIdentity {
    let name = try String.fetchOne(database, sql: "SELECT value FROM fact WHERE name = 'name'")
    let rows = try Row.fetchAll(database, sql: "SELECT name, digest FROM part ORDER BY place")
    return StoreIdentity(
      name: name ?? "", parts: rows.map { StoreIdentity.Part($0["name"], $0["digest"]) })
  }
}
