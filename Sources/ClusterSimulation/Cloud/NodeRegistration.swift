import AWSObjects
import EC2AutoScaling
import KubernetesObjects

extension CloudWorld {
  /// The Node that an instance's kubelet registers, under a name that is not taken.
  func registration(
    of instance: Instance, group: String, isTaken: (String) -> Bool
  ) -> Node {
    let key = ShapeKey(group: group, instanceType: instance.instanceType)
    guard let shape = shapes[key] else {
      preconditionFailure("assembly gives every group the shapes of its types")
    }
    let name = Self.nodeName(instance, region, isTaken)
    var labels: Labels = [
      WellKnownLabel.hostname: name,
      "beta.kubernetes.io/arch": shape.architecture ?? "amd64",
      "beta.kubernetes.io/os": "linux",
      WellKnownLabel.zoneBeta: instance.zone.name,
      WellKnownLabel.regionBeta: region.name,
      WellKnownLabel.instanceTypeBeta: instance.instanceType,
    ]
    if release != .v1_11 {
      labels[WellKnownLabel.zone] = instance.zone.name
      labels[WellKnownLabel.region] = region.name
      labels[WellKnownLabel.instanceType] = instance.instanceType
      labels[WellKnownLabel.arch] = shape.architecture ?? "amd64"
      labels[WellKnownLabel.os] = "linux"
      labels["eks.amazonaws.com/nodegroup"] = group
      // What EKS writes for its node groups; here only where groups mix the two.
      if cloud.group(named: group)?.mixedInstancesPolicy != nil {
        labels["eks.amazonaws.com/capacityType"] =
          instance.purchaseOption == .spot ? "SPOT" : "ON_DEMAND"
      }
    }
    var node = Node(metadata: ObjectMeta(name: name, namespace: "", labels: labels))
    node.providerID = "aws:///\(instance.zone.name)/\(instance.id)"
    node.status.capacity = Self.list(shape.capacity, shape)
    node.status.allocatable = Self.list(shape.allocatable, shape)
    node.status.kubeletVersion = release == .v1_11 ? "v1.11.5" : "v1.36.2"
    traits[group]?.dress(&node)
    return node
  }

  private static func list(_ resources: NodeResources, _ shape: MachineShape) -> ResourceList {
    var list = ResourceList()
    list[ResourceName.cpu] = Quantity(milliValue: resources.cpuMillis)
    list[ResourceName.memory] = Quantity(value: resources.memoryBytes, format: .binarySI)
    list[ResourceName.pods] = Quantity(value: resources.pods, format: .decimalSI)
    list[ResourceName.ephemeralStorage] = Quantity(
      value: resources.ephemeralStorageBytes, format: .binarySI)
    for extra in shape.extendedResources {
      list[extra.name] = Quantity(value: extra.count, format: .decimalSI)
    }
    return list
  }

  /// `ip-192-168-12-34.ec2.internal`, as a VPC of eksctl names its machines; one for each instance.
  static func nodeName(
    _ instance: Instance, _ region: Region, _ isTaken: (String) -> Bool
  ) -> String {
    // Each instance has its own address: an odd multiplier walks through all 65 536 before any
    // comes again.
    let mixed = (instance.id.number &* 40_503 &+ 3_121) & 0xFFFF
    let domain = region.name == "us-east-1" ? "ec2" : "\(region.name).compute"
    let address = "\(mixed >> 8)-\(mixed & 0xFF).\(domain).internal"
    // A dump may name its machines likewise; ours then stand in another network.
    return isTaken("ip-192-168-\(address)") ? "ip-10-0-\(address)" : "ip-192-168-\(address)"
  }
}
