import Glibc

/// What the kubelet writes into a cgroup for CPU requests and limits.
///
/// Follows `MilliCPUToShares` and `MilliCPUToQuota` of [36] `pkg/kubelet/cm/helpers_linux.go`.
public enum CPUShares {
  public static let minimum: Int64 = 2
  public static let maximum: Int64 = 262_144
  /// What a cgroup has that nobody set: `system.slice` and `user.slice`.
  public static let unset: Int64 = 1024
  public static let defaultPeriodMicroseconds: Int64 = 100_000
  static let minimumQuotaMicroseconds: Int64 = 1000

  /// cgroup v1 `cpu.shares` for a request; nothing asked for gives the minimum.
  public static func shares(milliCPU: Int64) -> Int64 {
    if milliCPU <= 0 { return minimum }
    if milliCPU >= maximum * 1000 / 1024 { return maximum }
    return max(minimum, milliCPU * 1024 / 1000)
  }

  /// `cpu.cfs_quota_us` for a limit; nil if there is none.
  public static func quotaMicroseconds(
    milliCPU: Int64, periodMicroseconds: Int64 = defaultPeriodMicroseconds
  ) -> Int64? {
    if milliCPU <= 0 { return nil }
    let (product, overflow) = milliCPU.multipliedReportingOverflow(by: periodMicroseconds)
    if overflow { return nil }
    return max(minimumQuotaMicroseconds, product / 1000)
  }

  /// cgroup v2 `cpu.weight` by the straight line from (2, 1) to (262144, 10000): the kubelet's own
  /// cgroups, and containers under runc before 1.3.2 or crun before 1.23.
  public static func weight(shares: Int64) -> Int64 {
    1 + (clamped(shares) - 2) * 9999 / 262_142
  }

  /// cgroup v2 `cpu.weight` by the curve that maps 2, 1024 and 262144 to 1, 100 and 10000: runc
  /// from 1.3.2, crun from 1.23 ([36] `pkg/kubelet/cm/cgroup_manager_linux.go` keeps the line).
  public static func curvedWeight(shares: Int64) -> Int64 {
    let shares = clamped(shares)
    if shares == minimum { return 1 }
    if shares == maximum { return 10_000 }
    let l = log2(Double(shares))
    return Int64(ceil(pow(10, (l * l + 125 * l) / 612 - 7.0 / 34)))
  }

  private static func clamped(_ shares: Int64) -> Int64 { min(max(shares, minimum), maximum) }
}
