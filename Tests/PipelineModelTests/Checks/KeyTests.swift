import SimulationKernel
import Testing

@testable import PipelineModel

@Suite struct KeySpaceTests {
  @Test("Keys are uniform, always in the same partition, and outliers as frequent as stated")
  func uniform() {
    let source = KeySource(
      KeySpace(count: 103, outlierChance: 0.01), partitions: 4, salt: 0x1234_5678_9ABC_DEF0)
    var counts = Array(repeating: 0, count: 103)
    var outliers = 0
    for partition in 0..<UInt32(4) {
      for offset in 0..<Int64(50_000) {
        let (id, isOutlier) = source.message(partition, offset)
        #expect(id % 4 == partition)
        counts[Int(id)] += 1
        outliers += isOutlier ? 1 : 0
      }
    }
    // χ² over each partition's 26 or 25 keys: 99 degrees of freedom in all, 99.9 % below 149.
    var chiSquare = 0.0
    for id in 0..<103 {
      let expected = 50_000.0 / (id % 4 < 3 ? 26 : 25)
      chiSquare += (Double(counts[id]) - expected) * (Double(counts[id]) - expected) / expected
    }
    #expect(chiSquare < 149)
    // 2 000 of 200 000, with a standard deviation of 44.5.
    #expect(abs(outliers - 2_000) < 134)
  }

  @Test("A message that is read again is the same")
  func repeatable() {
    let source = KeySource(KeySpace(), partitions: 7, salt: 3)
    for offset in 0..<Int64(1_000) {
      let (first, second) = (source.message(5, offset), source.message(5, offset))
      #expect(first == second)
    }
  }

  @Test("With fewer keys than partitions each partition has one")
  func fewKeys() {
    let source = KeySource(KeySpace(count: 3), partitions: 8, salt: 1)
    for partition in 0..<UInt32(8) {
      #expect(Set((0..<50).map { source.message(partition, $0).id }) == [partition])
    }
  }
}

@Suite struct RowTableTests {
  @Test("A window is constant but for its outliers, oldest first")
  func window() {
    var table = RowTable(keys: 10, filled: 0)
    for row in 0..<60 { table.append(3, isOutlier: row == 20 || row == 58) }
    #expect(table.count(of: 3) == 60)
    #expect(table.count(of: 4) == 0)
    let window = table.values(of: 3, count: 60, limit: 50)
    #expect(window.count == 50)
    // Rows 10 ... 59.
    #expect(window.enumerated().filter { $0.element == 3_000 }.map(\.offset) == [10, 48])
    #expect(Set(window) == [3, 3_000])
    // A read that came earlier sees less.
    #expect(table.values(of: 3, count: 20, limit: 50) == Array(repeating: 3, count: 20))
  }

  @Test("A million keys take a byte each")
  func memory() {
    var table = RowTable(keys: 1_000_000, filled: 0)
    for id in 0..<UInt32(100) { table.append(id, isOutlier: true) }
    #expect(table.bytes < 1_100_000)
  }

  @Test("A key whose outliers are all out of the window is forgotten as mixed")
  func forgetting() {
    var table = RowTable(keys: 2, filled: 50)
    table.append(1, isOutlier: true)
    #expect(table.isMixed(1))
    #expect(!table.isMixed(0))
    for _ in 0..<300 { table.append(1, isOutlier: false) }
    #expect(!table.isMixed(1))
    // More rows than a read wants are not counted.
    let count = table.count(of: 1)
    #expect(count >= 50)
    #expect(table.values(of: 1, count: count, limit: 50) == Array(repeating: 1, count: 50))
  }
}
