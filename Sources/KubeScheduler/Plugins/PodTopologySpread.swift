import KubernetesObjects

/// Keeps matching pods evenly spread over topology domains, strictly or by preference
/// (`plugins/podtopologyspread` 1.36).
struct PodTopologySpread: RowFilterPlugin, ScorePlugin {
  let name = PluginName.podTopologySpread

  // MARK: Filter

  func prepare(_ cycle: inout CycleState, _ snapshot: inout SchedulerSnapshot) -> Bool {
    guard let plan = snapshot.classes.classes[Int(cycle.podClass)].plan,
      !plan.hardSpread.isEmpty
    else { return false }
    cycle.spreadMinimums.removeAll(keepingCapacity: true)
    for part in plan.hardSpread {
      cycle.spreadMinimums.append(
        snapshot.tallies.tallies[Int(part.tally)].minimum(minDomains: part.minDomains))
    }
    return true
  }

  func verdict(
    ofRow row: Int, _ cycle: CycleState, _ snapshot: SchedulerSnapshot, _ pod: PodClass
  ) -> FailureReasons {
    guard let hard = pod.plan?.hardSpread else { return [] }
    for (part, minimum) in zip(hard, cycle.spreadMinimums) {
      let domain = snapshot.columns[Int(part.column)].domainOf[row]
      if domain < 0 { return [.topologySpread, .missingTopologyLabel, .unresolvable] }
      let count = Int64(snapshot.tallies.tallies[Int(part.tally)].sum(inDomain: domain))
      if count + part.selfMatch - minimum > part.maxSkew { return .topologySpread }
    }
    return []
  }

  // MARK: Score

  func score(
    _ rows: [NodeIndex], _ cycle: CycleState, _ snapshot: inout SchedulerSnapshot,
    into scores: inout [Int64]
  ) -> ScoreOutcome {
    guard let plan = snapshot.classes.classes[Int(cycle.podClass)].plan,
      !plan.softSpread.isEmpty
    else { return .skipped }
    let ignored = plan.requiresAllKeys ? ignoredRows(rows, plan, snapshot) : nil
    let counted = rows.count - (ignored?.reduce(0) { $1 ? $0 + 1 : $0 } ?? 0)
    var raw = Array(repeating: 0.0, count: rows.count)
    for part in plan.softSpread {
      let domains = snapshot.columns[Int(part.column)].domainOf
      let sums = snapshot.tallies.tallies[Int(part.tally)].sums
      let size =
        part.isHostname
        ? counted
        : Self.distinctDomains(
          rows, domains, Int(snapshot.columns[Int(part.column)].domainCount), ignored)
      let weight = NaturalLogarithm.spreadWeight(domains: size)
      let constant = Double(part.maxSkew - 1)
      raw.withUnsafeMutableBufferPointer { raw in
        for (index, row) in rows.enumerated() {
          let domain = Int(domains[Int(row)])
          guard domain >= 0 else { continue }
          let count = domain < sums.count ? sums[domain] : 0
          raw[index] += Double(count) * weight + constant
        }
      }
    }
    Self.normalize(raw, ignored, into: &scores)
    return .written
  }

  private func ignoredRows(
    _ rows: [NodeIndex], _ plan: ClassPlan, _ snapshot: SchedulerSnapshot
  ) -> [Bool] {
    var ignored = Array(repeating: false, count: rows.count)
    for part in plan.softSpread {
      let domains = snapshot.columns[Int(part.column)].domainOf
      for (index, row) in rows.enumerated() where domains[Int(row)] < 0 { ignored[index] = true }
    }
    return ignored
  }

  private static func distinctDomains(
    _ rows: [NodeIndex], _ domains: [Int32], _ domainCount: Int, _ ignored: [Bool]?
  ) -> Int {
    var seen = Array(repeating: false, count: domainCount)
    var distinct = 0
    for (index, row) in rows.enumerated() {
      let domain = Int(domains[Int(row)])
      if domain < 0 || seen[domain] || ignored?[index] == true { continue }
      seen[domain] = true
      distinct += 1
    }
    return distinct
  }

  private static func normalize(
    _ raw: [Double], _ ignored: [Bool]?, into scores: inout [Int64]
  ) {
    var least = Int64.max
    var most: Int64 = 0
    scores.withUnsafeMutableBufferPointer { scores in
      for index in raw.indices {
        let rounded = roundHalfUp(raw[index])
        scores[index] = rounded
        if ignored?[index] == true { continue }
        least = min(least, rounded)
        most = max(most, rounded)
      }
      // Neighbors mostly score alike, and a division is the dearest step of all.
      var (last, lastScore): (Int64, Int64) = (-1, 0)
      for index in raw.indices {
        if scores[index] != last {
          last = scores[index]
          lastScore = most == 0 ? 100 : 100 * (most + least - last) / most
        }
        scores[index] = ignored?[index] == true ? 0 : lastScore
      }
    }
  }

  /// Rounds a number that is not negative, halves up; a call of `round` for each node would show.
  @inline(__always)
  private static func roundHalfUp(_ value: Double) -> Int64 {
    let whole = Int64(value)
    return value - Double(whole) >= 0.5 ? whole + 1 : whole
  }
}
