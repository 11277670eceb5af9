import GRDB

extension ExperimentStore {
  /// What the rows were made from.
  public func identity() throws(StoreFailure) -> StoreIdentity {
    try read { try StoreSchema.identity($0) }
  }

  /// The names of all figures of all runs, in the order of their bytes.
  public func metricNames() throws(StoreFailure) -> [String] {
    try read { try String.fetchAll($0, sql: "SELECT name FROM metric ORDER BY name") }
  }

  /// How many runs there are.
  public func count() throws(StoreFailure) -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM run") ?? 0 }
  }

  /// Tells of each run's place, in the order of point and replication.
  public func eachPlace(
    _ body: @escaping (_ point: Int, _ replication: Int) -> Void
  ) throws(StoreFailure) {
    try read { database in
      let rows = try Row.fetchCursor(
        database, sql: "SELECT point, replication FROM run ORDER BY point, replication")
      while let row = try rows.next() { body(row[0], row[1]) }
    }
  }

  /// Tells of each run, in the order of point and replication, with the named figures only; a
  /// figure that a run never had is 0: nothing of it happened.
  ///
  /// - Throws: what the body throws, and ``StoreFailure``.
  /// - Complexity: one run at a time in memory.
  public func eachRun(
    figures: [String], _ body: (StoredRun) throws -> Void
  ) throws {
    try walk { database in
      let places = try figures.map { name in
        try Int64.fetchOne(
          database, sql: "SELECT id FROM metric WHERE name = ?", arguments: [name])
      }
      let columns = places.map { place in
        place.map {
          ", coalesce((SELECT value FROM value WHERE metric = \($0) AND point = run.point "
            + "AND replication = run.replication), 0)"
        } ?? ", 0"
      }.joined()
      let rows = try Row.fetchCursor(
        database,
        sql: "SELECT point, replication, seed, digest, events, wall_s\(columns) FROM run "
          + "ORDER BY point, replication")
      while let row = try rows.next() {
        let metrics = figures.enumerated().map { index, name in
          StoredRun.Figure(name, row[6 + index])
        }
        try body(
          StoredRun(
            point: row[0], replication: row[1], seed: UInt64(row[2] as String) ?? 0,
            digest: row[3], events: row[4], wallSeconds: row[5], metrics: metrics))
      }
    }
  }

  /// A figure of a point's first runs, by replication, up to the first that is missing; 0 where a
  /// run never had it. Nil where no run at any point has it.
  public func values(
    of metric: String, point: Int, first count: Int = .max
  ) throws(StoreFailure) -> [Double]? {
    try read { database in
      guard
        let place = try Int64.fetchOne(
          database, sql: "SELECT id FROM metric WHERE name = ?", arguments: [metric])
      else { return nil }
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT run.replication, coalesce(value.value, 0) FROM run LEFT JOIN value
          ON value.metric = ? AND value.point = run.point AND value.replication = run.replication
          WHERE run.point = ? AND run.replication < ? ORDER BY run.replication
          """, arguments: [place, point, count])
      var values: [Double] = []
      while let row = try rows.next() {
        guard row[0] as Int == values.count else { break }
        values.append(row[1])
      }
      return values
    }
  }

  /// Every figure of every run: point, replication, name, value, in this order.
  ///
  /// - Throws: what the body throws, and ``StoreFailure``.
  public func eachFigure(
    _ body: (_ point: Int, _ replication: Int, _ name: String, _ value: Double) throws -> Void
  ) throws {
    try walk { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT point, replication, name, coalesce(value, 0) FROM value
          JOIN metric ON metric.id = value.metric ORDER BY point, replication, name
          """)
      while let row = try rows.next() { try body(row[0], row[1], row[2], row[3]) }
    }
  }

  /// Reads row by row for a body whose own errors are none of the store.
  private func walk(_ body: (Database) throws -> Void) throws {
    do { try queue.read(body) } catch let error as DatabaseError {
      throw StoreFailure(error, path: path)
    }
  }

  private func read<Value>(_ body: (Database) throws -> Value) throws(StoreFailure) -> Value {
    do { return try queue.read(body) } catch let failure as StoreFailure { throw failure } catch {
      throw StoreFailure(error, path: path)
    }
  }
}
