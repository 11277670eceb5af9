import DetectionQuality
import Testing

/// Run lengths against tables.
@Suite struct RunLengthTheoryTests {
  @Test(
    "Mean run lengths of the two-sided CUSUM are the tables'",
    arguments: [
      // D. C. Montgomery, Introduction to Statistical Quality Control, table 9.4: h = 5 and 4.
      (5.0, 0.0, 465.0, 0.5), (5, 0.25, 139, 0.5), (5, 0.5, 38.0, 0.05), (5, 0.75, 17, 0.05),
      (5, 1, 10.4, 0.05), (5, 1.5, 5.75, 0.005), (5, 2, 4.01, 0.005), (5, 3, 2.57, 0.005),
      (4, 0, 168, 0.5), (4, 1, 8.38, 0.005),
    ])
  func table(limit: Double, shift: Double, expected: Double, rounding: Double) {
    let theory = RunLengthTheory.twoSided(slack: 0.5, limit: limit, shift: shift)
    #expect(abs(theory - expected) <= rounding * 1.01)
  }

  @Test("A finer grid changes nothing that is printed")
  func grid() {
    let coarse = RunLengthTheory.twoSided(slack: 0.5, limit: 5, shift: 0, states: 120)
    let fine = RunLengthTheory.twoSided(slack: 0.5, limit: 5, shift: 0)
    #expect(abs(coarse - fine) < 0.05)
  }
}
