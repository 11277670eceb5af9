/// What an account may run at once in its region; nil is without limit.
public struct Quotas: Sendable, Hashable {
  /// On-demand vCPUs by bucket (since 2019-11).
  public var onDemandVCPUs: [QuotaBucket: Int] = [:]
  /// Spot vCPUs by bucket (since 2020).
  public var spotVCPUs: [QuotaBucket: Int] = [:]
  /// On-demand instances by type (before 2019-11); the usual limit was 20.
  public var instances: [String: Int] = [:]

  public init() {}
}

/// The families that share a vCPU quota (EC2 user guide 2023-06, `ec2-on-demand-instances.md`).
public enum QuotaBucket: String, Sendable, Hashable, CaseIterable {
  /// A, C, D, H, I, M, R, T and Z.
  case standard
  case dl, f, g, hpc, inf, p, trn, u, x

  /// The bucket of an instance type such as `m5.large`.
  public static func of(_ instanceType: String) -> QuotaBucket {
    let family = instanceType.prefix { $0 != "." }
    for bucket in [QuotaBucket.dl, .hpc, .inf, .trn] where family.hasPrefix(bucket.rawValue) {
      return bucket
    }
    if family.hasPrefix("vt") { return .g }
    // `u-6tb1` and `u7i`; `x1`, `x2idn`; `im4gn` and `is4gen` are of the I family.
    let letter = family.prefix { $0.isLetter }
    return switch letter.first {
    case "f": .f
    case "g": .g
    case "p": .p
    case "u": .u
    case "x": .x
    default: .standard
    }
  }
}
