public import AWSObjects

/// Why EC2 does not launch an instance for a group: the fact, and the service's sentence.
///
/// Wordings as quoted in public issues (ITISFoundation/osparc-simcore#3629,
/// 2i2c-org/infrastructure#3334, gruntwork-io/intro-to-terraform#6) and in the Auto Scaling user
/// guide 2023-06, `ts-as-instancelaunchfailure.md`.
public enum LaunchRefusal: Sendable, Hashable {
  /// EC2 has none of the pool now; `elsewhere` are zones that have some, in order.
  case insufficientInstanceCapacity(CapacityPool, elsewhere: [AvailabilityZone])
  /// The quota of 2019: instances of one type.
  case instanceLimitExceeded(requested: Int, limit: Int)
  /// The quota since 2019-11: vCPUs of a bucket of families.
  case vcpuLimitExceeded(limit: Int)
  case maxSpotInstanceCountExceeded
  case spotMaxPriceTooLow(offered: Double, needed: Double)

  /// EC2's error code.
  public var code: String {
    switch self {
    case .insufficientInstanceCapacity: "InsufficientInstanceCapacity"
    case .instanceLimitExceeded: "InstanceLimitExceeded"
    case .vcpuLimitExceeded: "VcpuLimitExceeded"
    case .maxSpotInstanceCountExceeded: "MaxSpotInstanceCountExceeded"
    case .spotMaxPriceTooLow: "SpotMaxPriceTooLow"
    }
  }

  private var sentence: String {
    let contact =
      "Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this "
      + "limit."
    switch self {
    case .insufficientInstanceCapacity(let pool, _) where pool.purchaseOption == .spot:
      return "Could not launch Spot Instances. \(code) - There is no Spot capacity available that "
        + "matches your request."
    case .insufficientInstanceCapacity(let pool, let elsewhere):
      let choice =
        elsewhere.isEmpty
        ? ""
        : " You can currently get \(pool.instanceType) capacity by not specifying an Availability "
          + "Zone in your request or choosing \(elsewhere.map(\.name).joined(separator: ", "))."
      return "We currently do not have sufficient \(pool.instanceType) capacity in the "
        + "Availability Zone you requested (\(pool.zone)). Our system will be working on "
        + "provisioning additional capacity." + choice
    case .instanceLimitExceeded(let requested, let limit):
      return "You have requested more instances (\(requested)) than your current instance limit of "
        + "\(limit) allows for the specified instance type. \(contact)"
    case .vcpuLimitExceeded(let limit):
      return "You have requested more vCPU capacity than your current vCPU limit of \(limit) "
        + "allows for the instance bucket that the specified instance type belongs to. \(contact)"
    case .maxSpotInstanceCountExceeded:
      return "Could not launch Spot Instances. \(code) - Max spot instance count exceeded."
    case .spotMaxPriceTooLow(let offered, let needed):
      return "Could not launch Spot Instances. \(code) - Your Spot request price of \(offered) is "
        + "lower than the minimum required Spot request fulfillment price of \(needed)."
    }
  }

  /// The `StatusMessage` of the failed scaling activity.
  public var statusMessage: String { sentence + " Launching EC2 instance failed." }
}
