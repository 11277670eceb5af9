import ExperimentStore
import Foundation
import Testing

@Suite struct StoreTests {
  private static let identity = StoreIdentity(
    name: "small", parts: [.init("the scenario", "aa"), .init("the models", "bb")])

  private static func with<Value>(_ body: (String) throws -> Value) throws -> Value {
    let folder = NSTemporaryDirectory() + "store-\(ProcessInfo.processInfo.globallyUniqueString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body("\(folder)/deep/rows.sqlite")
  }

  private static func run(_ point: Int, _ replication: Int, _ names: String...) -> StoredRun {
    StoredRun(
      point: point, replication: replication, seed: .max - UInt64(replication),
      digest: "d\(point)-\(replication)", events: 10,
      metrics: names.map { .init($0, Double(point * 100 + replication) + 0.1) })
  }

  @Test("rows come back by point and replication, whichever was added first, also after reopening")
  func order() throws {
    try Self.with { path in
      do {
        let store = try ExperimentStore(path, of: Self.identity)
        for (point, replication) in [(1, 1), (0, 2), (1, 0), (0, 0), (0, 1)] {
          try store.add(Self.run(point, replication, "cost"))
        }
      }
      let store = try ExperimentStore(path, of: Self.identity)
      var places: [[Int]] = []
      var rows: [StoredRun] = []
      try store.eachRun(figures: ["cost", "nothing"]) { run in
        places.append([run.point, run.replication])
        rows.append(run)
      }
      #expect(places == [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1]])
      #expect(rows[4].seed == UInt64.max - 1)
      #expect(rows[4].metrics == [.init("cost", 101.1), .init("nothing", 0)])
    }
  }

  @Test("a figure's values end at the first run that is missing; what a run never had is 0")
  func values() throws {
    try Self.with { path in
      let store = try ExperimentStore(path, of: Self.identity)
      try store.add(Self.run(0, 0, "cost"))
      try store.add(Self.run(0, 1, "other"))
      try store.add(Self.run(0, 3, "cost"))
      #expect(try store.values(of: "cost", point: 0) == [0.1, 0])
      #expect(try store.values(of: "cost", point: 7) == [])
      #expect(try store.values(of: "cots", point: 0) == nil)
      #expect(try store.metricNames() == ["cost", "other"])
    }
  }

  @Test("a run that is there already stays as it is")
  func twice() throws {
    try Self.with { path in
      let store = try ExperimentStore(path, of: Self.identity)
      try store.add(Self.run(0, 0, "cost"))
      var other = Self.run(0, 0, "cost")
      other.digest = "another"
      other.metrics[0].value = 9
      try store.add(other)
      #expect(try store.values(of: "cost", point: 0) == [0.1])
      #expect(try store.count() == 1)
    }
  }

  @Test("rows of something else are named as such and left alone; put aside, a new store begins")
  func other() throws {
    try Self.with { path in
      try ExperimentStore(path, of: Self.identity).add(Self.run(0, 0, "cost"))
      var changed = Self.identity
      changed.parts[1].digest = "cc"
      let failure = #expect(throws: StoreFailure.self) {
        try ExperimentStore(path, of: changed)
      }
      #expect(failure == .other(path: path, name: "small", differences: ["the models"]))
      #expect(try ExperimentStore(path, of: Self.identity).count() == 1)
      try ExperimentStore.putAside(path)
      #expect(try ExperimentStore(path, of: changed).count() == 0)
      #expect(try ExperimentStore(existing: path + ".previous").count() == 1)
    }
  }

  @Test("a file that is no database, and a damaged one, are refused and not written to")
  func damaged() throws {
    try Self.with { path in
      let store = try ExperimentStore(path, of: Self.identity)
      for replication in 0..<200 { try store.add(Self.run(0, replication, "a", "b", "c")) }
      try store.close()
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      // Zeros over pages in the middle; then a text; then a file cut off.
      var holed = whole
      holed.replaceSubrange(8192..<16384, with: Data(count: 8192))
      for bytes in [holed, Data("point,replication\n".utf8), whole.prefix(whole.count / 2)] {
        try bytes.write(to: URL(fileURLWithPath: path))
        let failure = #expect(throws: StoreFailure.self) {
          try ExperimentStore(path, of: Self.identity)
        }
        #expect(failure.map { "\($0)".contains("not a whole SQLite database") } == true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(bytes))
      }
    }
  }

  @Test("another program's database is refused and not written to")
  func foreign() throws {
    try Self.with { path in
      try ExperimentStore(path, of: Self.identity).close()
      // The application's mark stands at byte 68 of the file (SQLite's file format, section 1.3).
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      bytes.replaceSubrange(68..<72, with: [0, 0, 0, 1])
      try bytes.write(to: URL(fileURLWithPath: path))
      #expect(throws: StoreFailure.foreign(path: path)) {
        try ExperimentStore(path, of: Self.identity)
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    }
  }

  @Test("a full disk loses the run in flight and nothing that was there; with room it goes on")
  func full() throws {
    try Self.with { path in
      var added = 0
      do {
        let store = try ExperimentStore(path, of: Self.identity, pageLimit: 24)
        let failure = #expect(throws: StoreFailure.self) {
          while added < 10_000 {
            try store.add(Self.run(0, added, "a", "b", "c"))
            added += 1
          }
        }
        #expect(failure == .full(path: path))
      }
      #expect(added > 100)
      let store = try ExperimentStore(path, of: Self.identity)
      #expect(try store.values(of: "c", point: 0)?.count == added)
      try store.add(Self.run(0, added, "a", "b", "c"))
      #expect(try store.count() == added + 1)
    }
  }
}
