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

  init(_ counted: [GroupMember], _ instances: [Instance]) {
    for member in counted {
      let index = tallies.firstIndex { $0.zone == member.zone } ?? tallies.count
      if index == tallies.count { tallies.append(Tally(zone: member.zone)) }
      tallies[index].members += 1
      guard !member.isProtectedFromScaleIn else { continue }
      tallies[index].candidates.append(
        TerminationCandidate(
          instance: member.instance, zone: member.zone, launchSource: member.launchSource,
          launchTime: instances[Int(member.instance.number)].launchTime))
    }
  }

  var withCandidates: Int { tallies.count { !$0.candidates.isEmpty } }

  /// The zones with the most members among those that have a candidate.
  var fullest: [Int] {
    ZoneBalance.fullest(
      members: tallies.map(\.members), hasCandidate: tallies.map { !$0.candidates.isEmpty })
  }

  /// The candidates of some zones in the order of launch.
  func candidates(in zones: [Int]) -> [TerminationCandidate] {
    guard zones.count > 1 else { return tallies[zones[0]].candidates }
    return zones.flatMap { tallies[$0].candidates }.sorted { $0.instance < $1.instance }
  }

  mutating func remove(_ victim: TerminationCandidate) {
    guard let index = tallies.firstIndex(where: { $0.zone == victim.zone }) else { return }
    tallies[index].members -= 1
    tallies[index].candidates.removeAll { $0.instance == victim.instance }
  }
}
