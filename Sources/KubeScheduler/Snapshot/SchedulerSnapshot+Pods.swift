public import KubernetesObjects
import TimeUnits

extension SchedulerSnapshot {
  /// Counts a pod on a node: bound there, or assumed to be. A node that is not known yet is kept
  /// in mind.
  ///
  /// - Complexity: linear in the rules that count the pod.
  public mutating func addPod(_ pod: PodRef, to nodeName: String) {
    addPod(pod, to: row(named: nodeName))
  }

  public mutating func addPod(_ pod: PodRef, to node: NodeIndex) {
    version &+= 1
    if let old = rowOfPod[pod.key] {
      takeOut(pod.key, from: old)
      if old != node { releaseIfEmpty(old) }
    }
    if !nominations.isEmpty { removeNomination(of: pod.key) }
    let podClass = podClass(of: pod)
    let entry = PodEntry(
      key: pod.key, podClass: podClass, priority: classes.classes[Int(podClass)].priority,
      startTime: pod.startTime?.nanoseconds ?? .max)
    rowOfPod[pod.key] = node
    place(entry, on: node)
  }

  /// Takes a pod away; a pod that is not counted is ignored.
  public mutating func removePod(_ key: UInt32) {
    version &+= 1
    guard let node = rowOfPod.removeValue(forKey: key) else { return }
    takeOut(key, from: node)
    releaseIfEmpty(node)
  }

  private mutating func takeOut(_ key: UInt32, from node: NodeIndex) {
    if let place = rows[Int(node)].pods.firstIndex(where: { $0.key == key }) {
      take(at: place, from: node)
    }
  }

  /// Takes over a change of a counted pod, such as the start of its termination.
  public mutating func updatePod(_ pod: PodRef) {
    version &+= 1
    guard let node = rowOfPod[pod.key] else { return }
    addPod(pod, to: node)
  }

  // MARK: Rows

  mutating func place(_ entry: PodEntry, on node: NodeIndex) {
    let row = Int(node)
    rows[row].pods.append(entry)
    priorities.count(entry.priority, by: 1)
    let podClass = Int(entry.podClass)
    classes.classes[podClass].podCount += 1
    if let place = rows[row].classCounts.firstIndex(where: { $0.podClass == entry.podClass }) {
      rows[row].classCounts[place].count += 1
    } else {
      rows[row].classCounts.append(.init(podClass: entry.podClass, count: 1))
    }
    if !classes.classes[podClass].ports.isEmpty {
      rows[row].usedPorts += classes.classes[podClass].ports
    }
    if !classes.classes[podClass].volumes.isEmpty {
      storage.count(classes.classes[podClass], by: 1)
    }
    count(podClass, row: row, sign: 1)
  }

  /// Takes out one pod; the last one moves into its place, as the real node info does it.
  mutating func take(at place: Int, from node: NodeIndex) {
    let row = Int(node)
    let entry = rows[row].pods[place]
    priorities.count(entry.priority, by: -1)
    let last = rows[row].pods.removeLast()
    if place < rows[row].pods.count { rows[row].pods[place] = last }
    let podClass = Int(entry.podClass)
    classes.classes[podClass].podCount -= 1
    if let found = rows[row].classCounts.firstIndex(where: { $0.podClass == entry.podClass }) {
      rows[row].classCounts[found].count -= 1
      if rows[row].classCounts[found].count == 0 { rows[row].classCounts.remove(at: found) }
    }
    for port in classes.classes[podClass].ports {
      if let found = rows[row].usedPorts.firstIndex(of: port) {
        rows[row].usedPorts.remove(at: found)
      }
    }
    if !classes.classes[podClass].volumes.isEmpty {
      storage.count(classes.classes[podClass], by: -1)
    }
    count(podClass, row: row, sign: -1)
  }

  private mutating func count(_ podClass: Int, row: Int, sign: Int32) {
    amounts[row].count(classes.classes[podClass].request, sign: Int64(sign))
    for scalar in classes.classes[podClass].request.scalars {
      scalarRequested[scalar.column][row] &+= Int64(sign) &* scalar.value
    }
    for link in classes.classes[podClass].tallies {
      tallies.tallies[Int(link.tally)].count(
        row: row, weight: sign &* link.weight, terms: sign &* link.terms)
    }
  }

  // MARK: Classes

  /// The class of a pod, made at the first pod of its kind.
  mutating func podClass(of pod: PodRef) -> Int32 {
    if let found = classes.find(pod) { return found }
    if classes.isCrowded { forgetIdleClasses() }
    let scalars = pod.spec.value.requests.scalars.filter { $0.value != 0 }.map {
      RequestShape.Scalar(column: scalarColumn($0.name), value: $0.value)
    }
    let index = classes.insert(pod, scalars: scalars)
    for tally in tallies.tallies.indices where tallies.isLive(tally) {
      link(Int(index), to: tally)
    }
    if classes.classes[Int(index)].hasAffinity { planEpoch += 1 }
    return index
  }

  private mutating func forgetIdleClasses() {
    let forgotten = Set(classes.forgetIdle())
    drop { tally in tally.key.rule.target.map(forgotten.contains) ?? false }
  }

  // MARK: Nominations

  /// Notes that a preempting pod is to get the room its victims leave on a node.
  public mutating func nominate(_ pod: PodRef, on node: NodeIndex) {
    version &+= 1
    removeNomination(of: pod.key)
    let podClass = podClass(of: pod)
    classes.classes[Int(podClass)].podCount += 1
    nominations.append(
      Nomination(
        key: pod.key, podClass: podClass, priority: classes.classes[Int(podClass)].priority,
        node: node))
  }

  public mutating func removeNomination(of key: UInt32) {
    guard let place = nominations.firstIndex(where: { $0.key == key }) else { return }
    version &+= 1
    classes.classes[Int(nominations[place].podClass)].podCount -= 1
    nominations.remove(at: place)
  }

  /// The node a pod is nominated to.
  public func nominatedNode(of key: UInt32) -> NodeIndex? {
    nominations.first { $0.key == key }?.node
  }

  // MARK: Selectors

  /// Adds or changes a Service: its pods count as one application in default spreading.
  public mutating func setService(namespace: String, name: String, selector: Labels) {
    version &+= 1
    services.removeAll { $0.namespace == namespace && $0.name == name }
    services.append(SelectingService(namespace: namespace, name: name, selector: selector))
    planEpoch += 1
  }

  public mutating func removeService(namespace: String, name: String) {
    version &+= 1
    services.removeAll { $0.namespace == namespace && $0.name == name }
    planEpoch += 1
  }

  /// The selector of a ReplicaSet or StatefulSet, for the default spreading of its pods; nil
  /// forgets it.
  public mutating func setSelector(
    _ selector: LabelSelector?, of kind: OwnerKind, namespace: String, name: String
  ) {
    version &+= 1
    let key = OwnerKey(kind: kind, namespace: namespace, name: name)
    if ownerSelectors[key] == selector { return }
    ownerSelectors[key] = selector
    planEpoch += 1
  }

  /// The labels of a namespace, for `namespaceSelector`s; nil forgets them.
  public mutating func setNamespace(_ name: String, labels: Labels?) {
    version &+= 1
    namespaceLabels[name] = labels
    drop { _ in true }
  }
}

/// How many placed pods have each priority: whether anyone could be preempted at all.
struct PriorityCounts: Sendable {
  private var counts: [(priority: Int32, count: Int)] = []

  mutating func count(_ priority: Int32, by change: Int) {
    if let place = counts.firstIndex(where: { $0.priority == priority }) {
      counts[place].count += change
    } else {
      counts.append((priority, change))
    }
  }

  func hasAny(below priority: Int32) -> Bool {
    counts.contains { $0.count > 0 && $0.priority < priority }
  }
}

/// A pod that waits for its victims to leave a node.
struct Nomination: Sendable {
  var key: UInt32
  var podClass: Int32
  var priority: Int32
  var node: NodeIndex
}

struct SelectingService: Sendable {
  var namespace: String
  var name: String
  var selector: Labels
}

struct OwnerKey: Sendable, Hashable {
  var kind: OwnerKind
  var namespace: String
  var name: String
}
