public import AWSObjects
public import TimeUnits

extension Bill {
  /// Adds one control plane from `start` until `now`; a fee that changes meanwhile is two lines.
  ///
  /// `version` nil is a version in standard support.
  public mutating func addControlPlane(
    _ eks: EKSHistory, version: String? = nil, from start: SimulationTime, epoch: CalendarTime,
    at now: SimulationTime
  ) {
    let end = (now.nanoseconds + 999_999_999) / 1_000_000_000
    var from = start.nanoseconds / 1_000_000_000
    // One cluster counts once in each line.
    var counted: [Price] = []
    while from < end {
      let date = CalendarTime(unixSeconds: epoch.unixSeconds + from)
      let change = eks.nextFeeChange(of: version, after: date)
      let until = min(end, change.map { $0.unixSeconds - epoch.unixSeconds } ?? end)
      let isExtended = eks.isExtended(version, at: date)
      do throws(MissingPrice) {
        let fee = try eks.fee(of: version, at: date)
        let isNew = !counted.contains(fee)
        if isNew { counted.append(fee) }
        add(
          isExtended ? "EKS control plane, extended support" : "EKS control plane",
          isNew ? 1 : 0, until - from, fee)
      } catch {
        note(error)
      }
      from = until
    }
  }
}
