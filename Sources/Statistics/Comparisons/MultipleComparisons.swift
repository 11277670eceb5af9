/// Keeping a promise over several comparisons at once.
public enum MultipleComparisons {
  /// The confidence that each of `count` intervals needs so that all of them cover with
  /// `confidence`: 1 − (1 − confidence) / count (C. E. Bonferroni). Whatever their dependence.
  public static func bonferroni(_ confidence: Double, count: Int) -> Double {
    precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
    precondition(count > 0, "there is something to compare")
    return 1 - (1 - confidence) / Double(count)
  }

  /// Chances that can be held against one level however many there are, each times their number.
  public static func bonferroni(_ pValues: [Double]) -> [Double] {
    pValues.map { min(1, $0 * Double(pValues.count)) }
  }

  /// The same promise with more power (S. Holm, 1979): in ascending order each times the number of
  /// those not yet passed, and never less than one before it.
  public static func holm(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var adjusted = pValues
    var greatest = 0.0
    for (rank, index) in order.enumerated() {
      greatest = max(greatest, min(1, pValues[index] * Double(pValues.count - rank)))
      adjusted[index] = greatest
    }
    return adjusted
  }

  /// Every system against the baseline; all intervals together cover with `confidence`. Nil for
  /// fewer than two pairs or nothing to compare.
  ///
  /// The difference is system − baseline. (A. Law, *Simulation Modeling and Analysis*, 5th edition,
  /// 2015, section 10.3.1.)
  public static func differences(
    of systems: [[Double]], from baseline: [Double], confidence: Double = 0.95
  ) -> [PairedDifference]? {
    guard !systems.isEmpty else { return nil }
    let each = bonferroni(confidence, count: systems.count)
    let differences = systems.compactMap { PairedDifference($0, baseline, confidence: each) }
    return differences.count == systems.count ? differences : nil
  }
}
