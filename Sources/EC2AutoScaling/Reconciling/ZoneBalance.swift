public import AWSObjects

/// Where a group launches and where it shrinks first: its zones are kept even.
///
/// Follows the Auto Scaling user guide (2023-06), `auto-scaling-benefits.md`.
public enum ZoneBalance {
  /// The enabled zones with the fewest of `members`, all of them, in the group's order.
  public static func emptiest(
    _ zones: [AvailabilityZone], holding members: [AvailabilityZone]
  ) -> [AvailabilityZone] {
    let counts = zones.map { zone in members.count { $0 == zone } }
    guard let fewest = counts.min() else { return [] }
    return zip(zones, counts).filter { $0.1 == fewest }.map(\.0)
  }

  /// The zones with the most of `members` among those that have a candidate, all of them.
  ///
  /// A zone that is no longer enabled counts like any other, since its instances are still there.
  public static func fullest(
    holding members: [AvailabilityZone], candidates: [AvailabilityZone]
  ) -> [AvailabilityZone] {
    var zones: [AvailabilityZone] = []
    for zone in candidates where !zones.contains(zone) { zones.append(zone) }
    let counts = zones.map { zone in members.count { $0 == zone } }
    guard let most = counts.max() else { return [] }
    return zip(zones, counts).filter { $0.1 == most }.map(\.0)
  }
}
