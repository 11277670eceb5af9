import IntervalCoverage
import Probability
import SimulationKernel
import Statistics
import Testing

/// How often intervals cover.
@Suite struct CoverageStudyTests {
  /// Families whose first interval's name begins so.
  static func families(_ prefix: String) -> [CoverageFamily] {
    CoverageFamily.all(confidence: 0.95).filter { $0.subjects[0].interval.hasPrefix(prefix) }
  }

  @Test("a share of known size is measured and judged")
  func known() throws {
    let family = CoverageFamily([
      CoverageSubject("narrow", of: "x", sample: "1", demanded: 0.9...1),
      CoverageSubject("endless", of: "x", sample: "1", demanded: 0.9...1),
    ]) { streams in
      var stream = streams.stream("test")
      let isCovered = stream.openUniform() < 0.8
      return [
        CoverageTrial(isCovered: isCovered, width: 2), CoverageTrial(isCovered: true, width: nil),
      ]
    }
    let rows = CoverageStudy([family], seed: 1, macroReplications: 1_000, confidence: 0.95).run()
    // 800 expected, four standard deviations are 51.
    #expect(abs(rows[0].covered.successes - 800) < 51)
    #expect(rows[0].verdict == .short && rows[0].isAccepted == false && rows[0].meanWidth == 2)
    #expect(rows[1].verdict == .wide && rows[1].isAccepted == true && rows[1].meanWidth == nil)
  }

  @Test("the same seed gives the same rows, however trials are shared out, and tells its progress")
  func deterministic() {
    let study = CoverageStudy(
      Self.families("proportion") + Self.families("quantile").dropLast(), seed: 3,
      macroReplications: 50, confidence: 0.95)
    let first = study.run()
    let again = study.run { done, total in
      #expect(done >= 1 && done <= total)
    }
    #expect(first == again)
    let other = CoverageStudy(
      study.families, seed: 4, macroReplications: 50, confidence: 0.95)
    #expect(first != other.run())
  }

  @Test("intervals made never to fall short do not, and quantiles of independent values hold")
  func promises() {
    let rows = CoverageStudy(
      Self.families("proportion") + Self.families("quantile").dropLast(), seed: 1,
      macroReplications: 1_000, confidence: 0.95
    ).run()
    #expect(rows.count == 10)
    for row in rows where row.subject.interval != "proportion, Wilson" {
      #expect(row.verdict != .short, "\(row.subject.interval), \(row.subject.sample)")
    }
  }

  @Test("whatever falls short says why")
  func reasons() {
    for family in CoverageFamily.all(confidence: 0.95) {
      for subject in family.subjects where subject.reason.isEmpty {
        // Exact ones, and the one that is demanded.
        #expect(
          subject.demanded != nil || subject.target.hasSuffix("normal errors")
            || subject.sample == "1000 values", "\(subject.interval), \(subject.sample)")
      }
    }
  }

  #if !DEBUG
    @Test("t intervals of 20 long runs of M/M/1 cover the mean wait 93 to 97 times of 100")
    func queue() throws {
      let long = try #require(Self.families("Student t").first)
      let rows = CoverageStudy([long], seed: 1, macroReplications: 1_000, confidence: 0.95).run()
      #expect(rows[0].subject.sample == "20 runs of 20 000 after 2 000")
      #expect((0.93...0.97).contains(rows[0].covered.proportion))
    }
  #endif
}
