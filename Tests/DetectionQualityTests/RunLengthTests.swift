import AnomalyDetector
import DetectionQuality
import Testing

/// Simulated run lengths of the normalized detector.
@Suite struct RunLengthTests {
  @Test("With a known level the means are theory's")
  func known() {
    let rows = RunLengths(draws: 2_000, shifts: [1, 2], seed: 5).compute()
      .filter { $0.baseline == .known }
    #expect(rows.count == 2)
    for row in rows {
      guard let theory = row.theory else {
        Issue.record("no theory of \(row.shift)")
        continue
      }
      // Twice the 95 % interval: once in 10 000.
      #expect(abs(row.mean - theory) < (row.high - row.low))
      #expect(row.cut == 0 && row.draws == 2_000)
    }
  }

  @Test("A learned level is found later in the mean, and nothing is claimed of it")
  func learned() {
    let rows = RunLengths(draws: 1_000, shifts: [1], seed: 5).compute()
    #expect(rows.map(\.baseline) == [.known, .learned])
    #expect(rows[1].theory == nil && rows[1].agrees == nil)
    #expect(rows[1].mean > 8 && rows[1].mean < 20)
  }

  @Test("The same seed gives the same rows, another one others")
  func reproducible() {
    let rows = RunLengths(draws: 300, shifts: [1], seed: 5).compute()
    #expect(RunLengths(draws: 300, shifts: [1], seed: 5).compute() == rows)
    #expect(RunLengths(draws: 300, shifts: [1], seed: 6).compute() != rows)
  }
}
