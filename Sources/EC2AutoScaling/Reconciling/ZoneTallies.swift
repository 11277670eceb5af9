import AWSObjects

/// How many members each zone holds, and which of them may go.
struct ZoneTallies {
  struct Tally {
    var zone: AvailabilityZone
    var members = 0
    var candidates: [TerminationCandidate] = []
  }

  /// A zone that is no longer enabled counts like any other, since its instances are still there.
  private(set) var tallies: [Tally] = []
  private var onDemand = 0
  private var spot = 0

  init(
    _ counted: [GroupMember], _ instances: [Instance], _ group: AutoScalingGroup,
    _ market: MarketConditions
  ) {
    for member in counted {
      let index = tallies.firstIndex { $0.zone == member.zone } ?? tallies.count
      if index == tallies.count { tallies.append(Tally(zone: member.zone)) }
      tallies[index].members += 1
      let instance = instances[Int(member.instance.number)]
      count(instance.purchaseOption, 1)
      guard !member.isProtectedFromScaleIn else { continue }
      tallies[index].candidates.append(
        TerminationCandidate(
          instance: member.instance, zone: member.zone, launchSource: member.launchSource,
          launchTime: instance.launchTime, purchaseOption: instance.purchaseOption,
          allocationRank: AllocationStrategies.rank(of: instance.pool, group, market)))
    }
  }

  var withCandidates: Int { tallies.count { !$0.candidates.isEmpty } }

  func members(of option: PurchaseOption) -> Int { option == .onDemand ? onDemand : spot }

  private mutating func count(_ option: PurchaseOption, _ change: Int) {
    if option == .onDemand { onDemand += change } else { spot += change }
  }

  /// The zones with the most members among those that have a candidate; nil is of any option.
  func fullest(of option: PurchaseOption?) -> [Int] {
    ZoneBalance.fullest(
      members: tallies.map(\.members),
      hasCandidate: tallies.map { tally in
        tally.candidates.contains { option == nil || $0.purchaseOption == option }
      })
  }

  /// The candidates of some zones in the order of launch.
  func candidates(in zones: [Int], of option: PurchaseOption?) -> [TerminationCandidate] {
    let all =
      zones.count == 1
      ? tallies[zones[0]].candidates
      : zones.flatMap { tallies[$0].candidates }.sorted { $0.instance < $1.instance }
    guard let option else { return all }
    return all.filter { $0.purchaseOption == option }
  }

  mutating func remove(_ victim: TerminationCandidate) {
    guard let index = tallies.firstIndex(where: { $0.zone == victim.zone }) else { return }
    tallies[index].members -= 1
    count(victim.purchaseOption, -1)
    tallies[index].candidates.removeAll { $0.instance == victim.instance }
  }
}
