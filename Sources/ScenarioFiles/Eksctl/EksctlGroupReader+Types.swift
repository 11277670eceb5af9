import AWSObjects
import Documents
import Scenarios

// Which machines a group has, and how they are bought.
extension EksctlGroupReader {
  func readTypes(_ cursor: DocumentCursor, _ group: inout EksctlNodeGroup) {
    let single = cursor.field("instanceType")?.string()
    var types = cursor.field("instanceTypes")?.texts().map(\.text) ?? []
    var policy = MixedInstancesPolicy(instanceTypes: [])
    if let spread = cursor.field("instancesDistribution"), spread.expectMapping() {
      types += spread.field("instanceTypes")?.texts().map(\.text) ?? []
      readPurchase(spread, &policy)
      group.autoScaling.capacityRebalance = spread.field("capacityRebalance")?.bool() ?? false
      spread.reportUnknownFields()
    }
    if cursor.field("spot")?.bool() == true {
      policy.onDemandPercentageAboveBaseCapacity = 0
      policy.spotAllocationStrategy = managedStrategy
      // EKS user guide, `managed-node-groups.md`: managed spot groups have it.
      group.autoScaling.capacityRebalance = true
    }
    if let single, single != "mixed" { types.insert(single, at: 0) }
    if let selector = cursor.field("instanceSelector"),
      selector.node.entries?.isEmpty == false, types.isEmpty
    {
      selector.error(
        "the types that EC2 has for a selector are not known", suggestion: "give instanceType")
    }
    if !types.isEmpty { group.instanceTypes = types }
    if policy.usesSpot || group.instanceTypes.count > 1 {
      policy.instanceTypes = group.instanceTypes
      group.autoScaling.mixedInstances = policy
    }
  }

  /// What EKS asks for in a managed spot group (EKS user guide, `managed-node-groups.md`):
  /// price-capacity-optimized from version 1.28 on, capacity-optimized before.
  private var managedStrategy: MixedInstancesPolicy.SpotAllocationStrategy {
    let parts = version?.split(separator: ".").compactMap { Int($0) } ?? []
    guard parts.count >= 2, (parts[0], parts[1]) < (1, 28) else { return .priceCapacityOptimized }
    return .capacityOptimized
  }

  private func readPurchase(_ cursor: DocumentCursor, _ policy: inout MixedInstancesPolicy) {
    policy.onDemandBaseCapacity = cursor.field("onDemandBaseCapacity")?.count() ?? 0
    if let percent = cursor.field("onDemandPercentageAboveBaseCapacity"),
      let value = percent.count()
    {
      if value > 100 { percent.error("expected a percentage from 0 to 100, found \(value)") }
      policy.onDemandPercentageAboveBaseCapacity = Swift.min(100, value)
    }
    if let strategy = cursor.field("spotAllocationStrategy")?
      .word(MixedInstancesPolicy.SpotAllocationStrategy.self)
    {
      policy.spotAllocationStrategy = strategy
    }
    if let pools = cursor.field("spotInstancePools")?.count() {
      policy.spotInstancePools = Swift.max(1, pools)
    }
    policy.spotMaxPrice = cursor.field("maxPrice")?.positive()
  }
}
