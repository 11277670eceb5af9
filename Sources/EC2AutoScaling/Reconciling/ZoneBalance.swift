import AWSObjects

/// Where a group launches and where it shrinks first: its zones are kept even.
///
/// Follows the Auto Scaling user guide (2023-06), `auto-scaling-benefits.md`.
enum ZoneBalance {
  /// How many members each zone has, in the order of the zones; others are not counted.
  static func counts(_ members: [AvailabilityZone], in zones: [AvailabilityZone]) -> [Int] {
    zones.map { zone in members.count { $0 == zone } }
  }

  /// The indexes of the smallest counts.
  static func emptiest(_ counts: [Int]) -> [Int] {
    guard let fewest = counts.min() else { return [] }
    return counts.indices.filter { counts[$0] == fewest }
  }

  /// The indexes of the largest counts among the zones that have a candidate for termination.
  static func fullest(members: [Int], hasCandidate: [Bool]) -> [Int] {
    let eligible = members.indices.filter { hasCandidate[$0] }
    guard let most = eligible.map({ members[$0] }).max() else { return [] }
    return eligible.filter { members[$0] == most }
  }
}
