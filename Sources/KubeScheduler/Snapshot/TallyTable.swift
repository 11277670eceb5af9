import KubernetesObjects

/// The tallies in use, found by what they count.
struct TallyTable: Sendable {
  var tallies: [DomainTally] = []
  var index: [DomainTally.Key: Int32] = [:]
  var free: [Int32] = []
  /// Counts uses, to tell the tallies that nobody reads any more.
  var clock = 0

  /// More than this many, and those unread for longest are dropped.
  static let limit = 4096

  func isLive(_ tally: Int) -> Bool { index[tallies[tally].key] == Int32(tally) }
}

extension SchedulerSnapshot {
  /// The tally of a key, counted afresh at its first use and brought up to date at every other.
  mutating func tally(_ key: DomainTally.Key) -> Int32 {
    if let found = tallies.index[key] {
      refresh(found)
      return found
    }
    if tallies.index.count >= TallyTable.limit { dropUnread() }
    let tally = tallies.free.popLast() ?? Int32(tallies.tallies.count)
    if Int(tally) == tallies.tallies.count {
      tallies.tallies.append(DomainTally(key))
    } else {
      tallies.tallies[Int(tally)] = DomainTally(key)
    }
    tallies.index[key] = tally
    for index in classes.classes.indices { link(index, to: Int(tally)) }
    refresh(tally)
    return tally
  }

  /// Works the node changes since the last use into a tally.
  mutating func refresh(_ tally: Int32) {
    let index = Int(tally)
    tallies.clock += 1
    tallies.tallies[index].lastUse = tallies.clock
    let seen = tallies.tallies[index].seen
    if seen == nodeLogEnd { return }
    if seen < nodeLogStart {
      for row in rows.indices { refresh(index, row: row) }
    } else {
      for row in nodeLog[(seen - nodeLogStart)...] { refresh(index, row: Int(row)) }
    }
    tallies.tallies[index].seen = nodeLogEnd
  }

  private mutating func refresh(_ tally: Int, row: Int) {
    let key = tallies.tallies[tally].key
    let domain = counts(row, in: key.nodes) ? columns[Int(key.column)].domainOf[row] : -1
    let isKnown = row < tallies.tallies[tally].domainOf.count
    if isKnown, tallies.tallies[tally].domainOf[row] == domain { return }
    var weight: Int32 = 0
    var terms: Int32 = 0
    for entry in rows[row].classCounts {
      for link in classes.classes[Int(entry.podClass)].tallies where link.tally == Int32(tally) {
        weight &+= link.weight &* entry.count
        terms &+= link.terms &* entry.count
      }
    }
    tallies.tallies[tally].move(row: row, to: domain, weight: weight, terms: terms)
  }

  private func counts(_ row: Int, in nodes: TallyNodes) -> Bool {
    guard rows[row].isPresent else { return false }
    for column in nodes.requiredColumns where columns[Int(column)].domainOf[row] < 0 {
      return false
    }
    guard nodes.placement >= 0 else { return true }
    let shape = classes.placements[Int(nodes.placement)]
    if nodes.honorsAffinity, !shape.admits(labels: rows[row].labels, name: rows[row].name) {
      return false
    }
    return !nodes.honorsTaints || shape.untoleratedTaint(among: rows[row].taints) == nil
  }

  /// Notes in a class that a tally counts it.
  mutating func link(_ podClass: Int, to tally: Int) {
    let (weight, terms) = weight(of: classes.classes[podClass], in: tallies.tallies[tally].key)
    guard terms > 0 else { return }
    classes.classes[podClass].tallies.append(
      TallyLink(tally: Int32(tally), weight: weight, terms: terms))
  }

  private func weight(of pod: PodClass, in key: DomainTally.Key) -> (Int32, Int32) {
    func matches(_ term: AffinityTerm, _ pod: PodClass) -> Bool {
      term.matches(
        namespace: pod.namespace, labels: pod.labels,
        namespaceLabels: namespaceLabels[pod.namespace] ?? [:])
    }
    switch key.rule {
    case .spread(let namespace, let selector):
      let counts =
        !pod.isTerminating && pod.namespace == namespace && selector.matches(pod.labels)
      return counts ? (1, 1) : (0, 0)
    case .spreadAny(let namespace, let selectors):
      let counts =
        !pod.isTerminating && pod.namespace == namespace
        && selectors.contains { $0.matches(pod.labels) }
      return counts ? (1, 1) : (0, 0)
    case .allTerms(let terms):
      return terms.allSatisfy { matches($0, pod) } ? (1, 1) : (0, 0)
    case .term(let term):
      return matches(term, pod) ? (1, 1) : (0, 0)
    case .antiAffinity(let target):
      let topologyKey = columns[Int(key.column)].key
      let count = pod.requiredAntiAffinity.reduce(Int32(0)) {
        $1.topologyKey == topologyKey && matches($1, classes.classes[Int(target)]) ? $0 + 1 : $0
      }
      return (count, count)
    case .preference(let target):
      return preference(of: classes.classes[Int(target)], for: pod, key.column, matches)
    }
  }

  /// Follows `processExistingPod` of InterPodAffinity scoring 1.36; required affinity of the
  /// existing pod counts with `hardPodAffinityWeight`; with 0 it does not count at all.
  private func preference(
    of target: PodClass, for pod: PodClass, _ column: Int32,
    _ matches: (AffinityTerm, PodClass) -> Bool
  ) -> (Int32, Int32) {
    let key = columns[Int(column)].key
    var weight: Int32 = 0
    var terms: Int32 = 0
    for preferred in target.preferredAffinity
    where preferred.term.topologyKey == key && matches(preferred.term, pod) {
      weight &+= preferred.weight
      terms += 1
    }
    for preferred in pod.preferredAffinity
    where preferred.term.topologyKey == key && matches(preferred.term, target) {
      weight &+= preferred.weight
      terms += 1
    }
    for required in pod.requiredAffinity
    where hardPodAffinityWeight > 0 && required.topologyKey == key && matches(required, target) {
      weight &+= hardPodAffinityWeight
      terms += 1
    }
    return (weight, terms)
  }

  // MARK: Forgetting

  private mutating func dropUnread() {
    let uses = tallies.index.values.map { tallies.tallies[Int($0)].lastUse }.sorted()
    let threshold = uses[uses.count / 2]
    drop { $0.lastUse <= threshold }
  }

  /// Counts preferences with another weight from now on.
  mutating func use(hardPodAffinityWeight weight: Int32) {
    if weight == hardPodAffinityWeight { return }
    hardPodAffinityWeight = weight
    drop { tally in
      if case .preference = tally.key.rule { true } else { false }
    }
  }

  /// Drops tallies; the plans that read them are made again.
  mutating func drop(where isDropped: (DomainTally) -> Bool) {
    var gone = Set<Int32>()
    for tally in tallies.tallies.indices
    where tallies.isLive(tally) && isDropped(tallies.tallies[tally]) {
      gone.insert(Int32(tally))
      tallies.index[tallies.tallies[tally].key] = nil
      tallies.free.append(Int32(tally))
      tallies.tallies[tally].domainOf = []
    }
    planEpoch += 1
    if gone.isEmpty { return }
    for index in classes.classes.indices {
      classes.classes[index].tallies.removeAll { gone.contains($0.tally) }
    }
  }
}
