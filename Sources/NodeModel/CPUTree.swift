/// A worker node's cgroups and who gets how much of its CPU: system.slice beside kubepods, in that
/// the guaranteed pods, the burstable ones together and the best-effort ones together, in a pod its
/// containers.
///
/// The same weighted max-min shares as `CPUAllocation.cores` of the kubelet's rules, for this one
/// shape of tree and without allocating: it is asked at every change of a node.
struct CPUTree: Sendable {
  /// What one pod wants, and what its siblings leave it.
  private struct Member: Sendable {
    var weight = 0.0
    var want = 0.0
    var share = 0.0
    var isSatisfied = false
    var containers = 0
  }

  private var pods: [Member] = []
  private var members: [Member] = []
  private var places: [Int] = []

  /// Shares `cores` out; writes every container's share and returns the daemons'.
  ///
  /// Complexity: linear where there is enough for all, else quadratic in siblings at worst.
  mutating func share(
    cores: Double, daemonWant: Double, hardware: NodeHardware, groups: [PodGroup],
    containers: inout [NodeMachine.Slot]
  ) -> Double {
    pods.removeAll(keepingCapacity: true)
    for group in groups { pods.append(Member(weight: group.weight)) }
    for index in containers.indices where containers[index].isAlive {
      let group = Int(containers[index].group)
      pods[group].want += containers[index].want
      pods[group].containers += 1
    }
    var total = daemonWant
    var isHeldUp = false
    for index in groups.indices {
      if pods[index].want > groups[index].quota {
        pods[index].want = groups[index].quota
        isHeldUp = true
      }
      total += pods[index].want
    }
    if total <= cores, !isHeldUp {
      for index in containers.indices { containers[index].share = containers[index].want }
      return daemonWant
    }
    let daemonShare = shareAmongGroups(cores, daemonWant, hardware, groups)
    for index in containers.indices where containers[index].isAlive {
      let group = Int(containers[index].group)
      if pods[group].containers == 1 {
        containers[index].share = min(containers[index].want, pods[group].share)
      } else if pods[group].containers > 1 {
        shareWithin(UInt32(group), pods[group].share, &containers)
        pods[group].containers = 0
      }
    }
    return daemonShare
  }

  private mutating func shareAmongGroups(
    _ cores: Double, _ daemonWant: Double, _ hardware: NodeHardware, _ groups: [PodGroup]
  ) -> Double {
    var wants = (guaranteed: 0.0, burstable: 0.0, bestEffort: 0.0)
    var burstableWeight = 0.0
    for (index, group) in groups.enumerated() {
      switch group.qos {
      case .guaranteed: wants.guaranteed += pods[index].want
      case .burstable:
        wants.burstable += pods[index].want
        burstableWeight += group.weight
      case .bestEffort: wants.bestEffort += pods[index].want
      }
    }
    begin()
    add(hardware.systemWeight, daemonWant)
    add(hardware.podWeight, wants.guaranteed + wants.burstable + wants.bestEffort)
    fill(cores)
    let daemonShare = members[0].share
    let forPods = members[1].share
    // Under kubepods stand each guaranteed pod, and the two groups of the others.
    begin()
    places.removeAll(keepingCapacity: true)
    add(max(hardware.leastWeight, burstableWeight), wants.burstable)
    add(hardware.leastWeight, wants.bestEffort)
    for (index, group) in groups.enumerated() where group.qos == .guaranteed {
      places.append(index)
      add(group.weight, pods[index].want)
    }
    fill(forPods)
    let (forBurstable, forBestEffort) = (members[0].share, members[1].share)
    for (place, index) in places.enumerated() { pods[index].share = members[place + 2].share }
    shareAmongPods(.burstable, forBurstable, groups)
    shareAmongPods(.bestEffort, forBestEffort, groups)
    return daemonShare
  }

  private mutating func shareAmongPods(
    _ qos: PodGroupClass, _ cores: Double, _ groups: [PodGroup]
  ) {
    begin()
    places.removeAll(keepingCapacity: true)
    for (index, group) in groups.enumerated() where group.qos == qos && pods[index].want > 0 {
      places.append(index)
      add(group.weight, pods[index].want)
    }
    fill(cores)
    for (place, index) in places.enumerated() { pods[index].share = members[place].share }
  }

  private mutating func shareWithin(
    _ group: UInt32, _ cores: Double, _ containers: inout [NodeMachine.Slot]
  ) {
    begin()
    places.removeAll(keepingCapacity: true)
    for index in containers.indices where containers[index].isAlive {
      guard containers[index].group == group else { continue }
      places.append(index)
      add(containers[index].load.weight, containers[index].want)
    }
    fill(cores)
    for (place, index) in places.enumerated() { containers[index].share = members[place].share }
  }

  // MARK: One level

  private mutating func begin() { members.removeAll(keepingCapacity: true) }

  private mutating func add(_ weight: Double, _ want: Double) {
    members.append(Member(weight: weight, want: want))
  }

  /// Gives each what it wants if that is no more than its fair share of what is left, and goes on
  /// until nobody is satisfied any more; the rest share by weight.
  private mutating func fill(_ cores: Double) {
    var left = max(0, cores)
    var weight = members.reduce(0) { $0 + $1.weight }
    var isChanged = true
    while isChanged, weight > 0 {
      isChanged = false
      let unit = left / weight
      for index in members.indices where !members[index].isSatisfied {
        if members[index].want <= unit * members[index].weight {
          members[index].share = members[index].want
          members[index].isSatisfied = true
          left = max(0, left - members[index].want)
          weight -= members[index].weight
          isChanged = true
        }
      }
    }
    guard weight > 0 else { return }
    let unit = left / weight
    for index in members.indices where !members[index].isSatisfied {
      members[index].share = unit * members[index].weight
    }
  }
}
