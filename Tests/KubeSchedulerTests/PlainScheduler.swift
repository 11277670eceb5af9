import KubernetesObjects

@testable import KubeScheduler

/// The same rules without any running count, cache or index: every cycle looks at every pod on
/// every node. Slow, and short enough to be checked by reading.
struct PlainScheduler {
  struct Placed {
    var pod: PodRef
    var node: String
  }

  struct Table: Equatable {
    /// By node; absent where the plugin was skipped.
    var scores: [String: [String: Int64]] = [:]
    var failures: [String: Set<String>] = [:]

    /// What is not the same, in words.
    func differences(from other: Table) -> [String] {
      var found: [String] = []
      for node in Set(scores.keys).union(other.scores.keys).sorted()
      where scores[node] != other.scores[node] {
        let (a, b) = (scores[node] ?? [:], other.scores[node] ?? [:])
        for plugin in Set(a.keys).union(b.keys).sorted() where a[plugin] != b[plugin] {
          let (here, there) = (a[plugin].map(String.init), b[plugin].map(String.init))
          found.append("\(node) \(plugin): \(here ?? "–"), plainly \(there ?? "–")")
        }
      }
      for node in Set(failures.keys).union(other.failures.keys).sorted()
      where failures[node] != other.failures[node] {
        let (here, there) = (failures[node] ?? [], other.failures[node] ?? [])
        found.append("\(node): \(here.sorted()), plainly \(there.sorted())")
      }
      return found
    }
  }

  var nodes: [Node] = []
  var placed: [Placed] = []
  var services: [(namespace: String, selector: Labels)] = []
  var owners: [String: LabelSelector] = [:]
  var namespaces: [String: Labels] = [:]

  func pods(on node: Node) -> [PodRef] {
    placed.filter { $0.node == node.name }.map(\.pod)
  }

  func decide(_ pod: PodRef) -> Table {
    var table = Table()
    var feasible: [Node] = []
    for node in nodes {
      let reasons = failures(pod, node)
      if reasons.isEmpty { feasible.append(node) } else { table.failures[node.name] = reasons }
    }
    if feasible.isEmpty { return table }
    for node in feasible { table.scores[node.name] = [:] }
    func put(_ plugin: String, _ weight: Int64, _ scores: [Int64]?) {
      guard let scores else { return }
      for (node, score) in zip(feasible, scores) {
        table.scores[node.name]?[plugin] = score * weight
      }
    }
    put("TaintToleration", 3, taintScores(pod, feasible))
    put("NodeAffinity", 2, preferenceScores(pod, feasible))
    put("PodTopologySpread", 2, spreadScores(pod, feasible))
    put("InterPodAffinity", 2, affinityScores(pod, feasible))
    put("NodeResourcesFit", 1, feasible.map { leastAllocated(pod, $0) })
    let requests = pod.spec.value.requests
    let asks = requests.milliCPU > 0 || requests.memory > 0
    put("NodeResourcesBalancedAllocation", 1, asks ? feasible.map { balanced(pod, $0) } : nil)
    put("ImageLocality", 1, feasible.map { _ in 0 })
    put("DynamicResources", 2, feasible.map { _ in 0 })
    return table
  }

  // MARK: Filters

  private func failures(_ pod: PodRef, _ node: Node) -> Set<String> {
    let spec = pod.spec.value.spec
    func tolerates(_ taint: Taint) -> Bool { spec.tolerations.contains { $0.tolerates(taint) } }
    let cordon = Taint(key: "node.kubernetes.io/unschedulable", effect: .noSchedule)
    if node.unschedulable, !tolerates(cordon) { return ["node(s) were unschedulable"] }
    if node.taints.contains(where: { $0.effect != .preferNoSchedule && !tolerates($0) }) {
      return ["node(s) had untolerated taint(s)"]
    }
    if !admits(pod, node) { return ["node(s) didn't match Pod's node affinity/selector"] }
    let taken = pods(on: node).flatMap { $0.spec.value.hostPorts.map(\.hostPort) }
    if pod.spec.value.hostPorts.contains(where: { taken.contains($0.hostPort) }) {
      return ["node(s) didn't have free ports for the requested pod ports"]
    }
    let short = shortage(pod, node)
    if !short.isEmpty { return short }
    if let reason = spreadFailure(pod, node) { return [reason] }
    return affinityFailure(pod, node).map { [$0] } ?? []
  }

  private func admits(_ pod: PodRef, _ node: Node) -> Bool {
    let spec = pod.spec.value.spec
    guard node.metadata.labels.contains(spec.nodeSelector) else { return false }
    guard let terms = spec.affinity?.requiredNodeTerms else { return true }
    return terms.contains { term in
      !term.matchExpressions.isEmpty
        && term.matchExpressions.allSatisfy { $0.matches(node.metadata.labels) }
    }
  }

  private func shortage(_ pod: PodRef, _ node: Node) -> Set<String> {
    let here = pods(on: node)
    let allocatable = node.status.allocatable
    var short: Set<String> = []
    if Int64(here.count + 1) > allocatable["pods"]?.value ?? 0 { short.insert("Too many pods") }
    let wanted = pod.spec.value.requests
    func sum(_ path: (ResourceVector) -> Int64) -> Int64 {
      here.reduce(0) { $0 + path($1.spec.value.requests) }
    }
    let capacity = ResourceVector(allocatable)
    if wanted.milliCPU > 0, wanted.milliCPU > capacity.milliCPU - sum(\.milliCPU) {
      short.insert("Insufficient cpu")
    }
    if wanted.memory > 0, wanted.memory > capacity.memory - sum(\.memory) {
      short.insert("Insufficient memory")
    }
    for scalar in wanted.scalars
    where scalar.value > capacity.scalar(scalar.name) - sum({ $0.scalar(scalar.name) }) {
      short.insert("Insufficient \(scalar.name)")
    }
    return short
  }

  // MARK: Spreading

  private func count(
    _ selector: LabelSelector?, _ namespace: String, _ node: Node
  ) -> Int64 {
    guard let selector else { return 0 }
    return Int64(
      pods(on: node).filter {
        !$0.isTerminating && $0.namespace == namespace && selector.matches($0.labels)
      }.count)
  }

  private func selector(_ constraint: TopologySpreadConstraint, _ pod: PodRef) -> LabelSelector? {
    var selector = constraint.labelSelector
    for key in constraint.matchLabelKeys {
      if let value = pod.labels[key] {
        selector?.matchExpressions.append(
          LabelRequirement(key: key, operator: .in, values: [value]))
      }
    }
    return selector
  }

  private func includes(
    _ node: Node, _ constraint: TopologySpreadConstraint, _ pod: PodRef
  ) -> Bool {
    if constraint.nodeAffinityPolicy == .honor, !admits(pod, node) { return false }
    let tolerations = pod.spec.value.spec.tolerations
    return constraint.nodeTaintsPolicy == .ignore
      || node.taints.allSatisfy { taint in
        taint.effect == .preferNoSchedule || tolerations.contains { $0.tolerates(taint) }
      }
  }

  private func spreadFailure(_ pod: PodRef, _ node: Node) -> String? {
    let hard = pod.spec.value.spec.topologySpreadConstraints.filter {
      $0.whenUnsatisfiable == .doNotSchedule
    }
    for constraint in hard {
      let key = constraint.topologyKey
      guard let here = node.metadata.labels[key] else {
        return "node(s) didn't match pod topology spread constraints (missing required label)"
      }
      var counts: [String: Int64] = [:]
      for other in nodes {
        guard hard.allSatisfy({ other.metadata.labels[$0.topologyKey] != nil }),
          includes(other, constraint, pod), let value = other.metadata.labels[key]
        else { continue }
        counts[value, default: 0] += count(selector(constraint, pod), pod.namespace, other)
      }
      let least =
        Int64(counts.count) < constraint.minDomains ?? 1 ? 0 : counts.values.min() ?? 0
      let own: Int64 = selector(constraint, pod)?.matches(pod.labels) == true ? 1 : 0
      if (counts[here] ?? 0) + own - least > constraint.maxSkew {
        return "node(s) didn't match pod topology spread constraints"
      }
    }
    return nil
  }

  private func defaultConstraints(_ pod: PodRef) -> [TopologySpreadConstraint] {
    var merged: [(String, String)] = []
    for service in services
    where service.namespace == pod.namespace && pod.labels.contains(service.selector) {
      merged += service.selector.pairs.map { ($0.key, $0.value) }
    }
    var selector = LabelSelector(matchLabels: Labels(merged))
    if let owner = pod.owner, let own = owners["\(pod.namespace)/\(owner.name)"] {
      selector.matchExpressions = own.matchLabels.pairs.map {
        LabelRequirement(key: $0.key, operator: .in, values: [$0.value])
      }
    }
    if selector == LabelSelector() { return [] }
    return [("kubernetes.io/hostname", 3), ("topology.kubernetes.io/zone", 5)].map {
      TopologySpreadConstraint(
        maxSkew: Int64($0.1), topologyKey: $0.0, whenUnsatisfiable: .scheduleAnyway,
        labelSelector: selector)
    }
  }

  private func spreadScores(_ pod: PodRef, _ feasible: [Node]) -> [Int64]? {
    let own = pod.spec.value.spec.topologySpreadConstraints
    let constraints = (own.isEmpty ? defaultConstraints(pod) : own).filter {
      $0.whenUnsatisfiable == .scheduleAnyway
    }
    if constraints.isEmpty { return nil }
    func hasAll(_ node: Node) -> Bool {
      own.isEmpty || constraints.allSatisfy { node.metadata.labels[$0.topologyKey] != nil }
    }
    let ranked = feasible.filter(hasAll)
    var raw: [Int64?] = []
    for node in feasible {
      guard hasAll(node) else {
        raw.append(nil)
        continue
      }
      var score = 0.0
      for constraint in constraints {
        let key = constraint.topologyKey
        guard let value = node.metadata.labels[key] else { continue }
        let isHostname = key == "kubernetes.io/hostname"
        let domains = Set(ranked.compactMap { $0.metadata.labels[key] })
        let size = isHostname ? ranked.count : domains.count
        let members = nodes.filter {
          hasAll($0) && $0.metadata.labels[key] == value && includes($0, constraint, pod)
        }
        let count = (isHostname ? [node] : members).reduce(Int64(0)) {
          $0 + self.count(selector(constraint, pod), pod.namespace, $1)
        }
        score +=
          Double(count) * NaturalLogarithm.spreadWeight(domains: size)
          + Double(constraint.maxSkew - 1)
      }
      raw.append(Int64(score.rounded()))
    }
    let most = raw.compactMap { $0 }.max() ?? 0
    let least = raw.compactMap { $0 }.min() ?? 0
    return raw.map { score in
      guard let score else { return 0 }
      return most == 0 ? 100 : 100 * (most + least - score) / most
    }
  }

  // MARK: Affinity

  private func meets(_ term: PodAffinityTerm, of owner: PodRef, _ other: PodRef) -> Bool {
    AffinityTerm(term, namespace: owner.namespace, labels: owner.labels).matches(
      namespace: other.namespace, labels: other.labels,
      namespaceLabels: namespaces[other.namespace] ?? [:])
  }

  private func node(_ placed: Placed) -> Node? { nodes.first { $0.name == placed.node } }

  private func isSameDomain(_ key: String, _ a: Node, _ b: Node) -> Bool {
    a.metadata.labels[key] != nil && a.metadata.labels[key] == b.metadata.labels[key]
  }

  private func affinityFailure(_ pod: PodRef, _ node: Node) -> String? {
    let affinity = pod.spec.value.spec.affinity ?? Affinity()
    let required = affinity.requiredPodAffinity
    let friends = placed.filter { other in
      required.allSatisfy { meets($0, of: pod, other.pod) } && self.node(other) != nil
    }
    let rules = "node(s) didn't match pod affinity rules"
    if required.contains(where: { node.metadata.labels[$0.topologyKey] == nil }) { return rules }
    let isMet = required.allSatisfy { term in
      friends.contains { self.node($0).map { isSameDomain(term.topologyKey, $0, node) } ?? false }
    }
    let hasAny = friends.contains { other in
      required.contains { self.node(other)?.metadata.labels[$0.topologyKey] != nil }
    }
    if !isMet, hasAny || !required.allSatisfy({ meets($0, of: pod, pod) }) { return rules }
    for other in placed {
      guard let there = self.node(other) else { continue }
      for term in affinity.requiredPodAntiAffinity
      where meets(term, of: pod, other.pod) && isSameDomain(term.topologyKey, there, node) {
        return "node(s) didn't match pod anti-affinity rules"
      }
    }
    for other in placed {
      guard let there = self.node(other) else { continue }
      for term in other.pod.spec.value.spec.affinity?.requiredPodAntiAffinity ?? []
      where meets(term, of: other.pod, pod) && isSameDomain(term.topologyKey, there, node) {
        return "node(s) didn't satisfy existing pods anti-affinity rules"
      }
    }
    return nil
  }

  private func affinityScores(_ pod: PodRef, _ feasible: [Node]) -> [Int64]? {
    var raw = feasible.map { _ in Int64(0) }
    var hasTerms = false
    func add(_ weight: Int64, _ key: String, _ there: Node) {
      guard there.metadata.labels[key] != nil else { return }
      hasTerms = true
      for (index, node) in feasible.enumerated() where isSameDomain(key, there, node) {
        raw[index] += weight
      }
    }
    let own = pod.spec.value.spec.affinity ?? Affinity()
    for other in placed {
      guard let there = node(other) else { continue }
      let theirs = other.pod.spec.value.spec.affinity ?? Affinity()
      for (mine, sign) in [(own.preferredPodAffinity, 1), (own.preferredPodAntiAffinity, -1)] {
        for preferred in mine where meets(preferred.term, of: pod, other.pod) {
          add(preferred.weight * Int64(sign), preferred.term.topologyKey, there)
        }
      }
      for (list, sign) in [
        (theirs.preferredPodAffinity, 1), (theirs.preferredPodAntiAffinity, -1),
      ] {
        for preferred in list where meets(preferred.term, of: other.pod, pod) {
          add(preferred.weight * Int64(sign), preferred.term.topologyKey, there)
        }
      }
      for term in theirs.requiredPodAffinity where meets(term, of: other.pod, pod) {
        add(1, term.topologyKey, there)
      }
    }
    if !hasTerms { return nil }
    let (least, most) = (raw.min() ?? 0, raw.max() ?? 0)
    return raw.map {
      most == least ? 0 : Int64(100 * (Double($0 - least) / Double(most - least)))
    }
  }

  // MARK: The other scores

  private func taintScores(_ pod: PodRef, _ feasible: [Node]) -> [Int64] {
    let raw = feasible.map { node in
      Int64(
        node.taints.filter { taint in
          taint.effect == .preferNoSchedule
            && !pod.spec.value.spec.tolerations.contains { $0.tolerates(taint) }
        }.count)
    }
    let most = raw.max() ?? 0
    return raw.map { most == 0 ? 100 : 100 - 100 * $0 / most }
  }

  private func preferenceScores(_ pod: PodRef, _ feasible: [Node]) -> [Int64]? {
    let preferred = pod.spec.value.spec.affinity?.preferredNodeTerms ?? []
    if preferred.isEmpty { return nil }
    let raw = feasible.map { node in
      preferred.reduce(Int64(0)) { sum, entry in
        entry.term.matchExpressions.allSatisfy { $0.matches(node.metadata.labels) }
          ? sum + entry.weight : sum
      }
    }
    let most = raw.max() ?? 0
    return raw.map { most == 0 ? 0 : 100 * $0 / most }
  }

  private func leastAllocated(_ pod: PodRef, _ node: Node) -> Int64 {
    let capacity = ResourceVector(node.status.allocatable)
    let all = pods(on: node) + [pod]
    let cpu = all.reduce(0) { $0 + $1.spec.value.nonZeroRequests.milliCPU }
    let memory = all.reduce(0) { $0 + $1.spec.value.nonZeroRequests.memory }
    func free(_ used: Int64, _ size: Int64) -> Int64 {
      used > size ? 0 : (size - used) * 100 / size
    }
    return (free(cpu, capacity.milliCPU) + free(memory, capacity.memory)) / 2
  }

  private func balanced(_ pod: PodRef, _ node: Node) -> Int64 {
    let capacity = ResourceVector(node.status.allocatable)
    func evenness(_ pods: [PodRef]) -> Int64 {
      let cpu = pods.reduce(0) { $0 + $1.spec.value.requests.milliCPU }
      let memory = pods.reduce(0) { $0 + $1.spec.value.requests.memory }
      let difference =
        min(1, Double(cpu) / Double(capacity.milliCPU))
        - min(1, Double(memory) / Double(capacity.memory))
      return Int64((1 - abs(difference / 2)) * 100)
    }
    let before = evenness(pods(on: node))
    return 50 + (50 + evenness(pods(on: node) + [pod]) - before) / 2
  }
}
