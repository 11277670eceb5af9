import AWSObjects
import Documents
import KubernetesObjects
import Scenarios

extension ScenarioReader {
  func cloud(_ cursor: DocumentCursor) -> CloudSpec {
    var cloud = CloudSpec(region: Region("us-east-1"), nodeGroups: [])
    guard cursor.expectMapping() else { return cloud }
    // Without a region the first zone's stands in, so that every zone is not wrong as well.
    let zone = cursor.node["nodeGroups"]?.elements?.first?["zones"]?.elements?.first?.scalarText
    let given = givenGroups(cursor)
    let region = given.isNamed ? cursor.field("region") : cursor.required("region")
    if let name = region?.string() {
      cloud.region = Region(name)
    } else if let region = given.region {
      cloud.region = region
    } else if let zone {
      cloud.region = AvailabilityZone(zone).region
    }
    cloud.nodeGroups =
      cursor.field("nodeGroups")?.elements().enumerated().map { index, element in
        nodeGroup(element, index, in: cloud.region)
      } ?? []
    cloud.nodeGroups += given.groups
    cloud.version = given.version
    readCapacity(cursor, into: &cloud)
    cursor.reportUnknownFields()
    return cloud
  }

  private func nodeGroup(
    _ cursor: DocumentCursor, _ index: Int, in region: Region
  ) -> NodeGroupSpec {
    // Stands in for a group that is no mapping; such a name is in nobody's way.
    var group = NodeGroupSpec(
      name: "nodeGroups[\(index)]", instanceType: "", zones: [AvailabilityZone("\(region)a")],
      min: 0, desired: 0, max: 0)
    guard cursor.expectMapping() else { return group }
    if let name = cursor.required("name")?.string() { group.name = name }
    group.instanceType = cursor.required("instanceType")?.string() ?? ""
    if let zones = cursor.field("zones") {
      // One element each, so that complaints find their place.
      group.zones = zones.elements().map { zone in
        AvailabilityZone(zone.string() ?? "\(region)a")
      }
      if zones.node.elements == nil { group.zones = [AvailabilityZone("\(region)a")] }
    } else {
      group.zones = ["a", "b", "c"].map { AvailabilityZone("\(region)\($0)") }
    }
    let min = cursor.required("min")?.count()
    let max = cursor.required("max")?.count()
    let desired = cursor.field("desired").map { $0.count() }
    group.min = min ?? 0
    group.max = max ?? Int(Int32.max)
    // Without a desired capacity EC2 Auto Scaling takes the minimum.
    group.desired =
      switch desired {
      case .some(.some(let given)): given
      default: group.min
      }
    group.image = cursor.field("image")?.string()
    group.volume = cursor.field("volume").flatMap(volume)
    group.kubeReserved = cursor.field("kubeReserved").flatMap(kubeReserved)
    group.autoScaling = autoScaling(cursor)
    cursor.reportUnknownFields()
    return group
  }

  private func kubeReserved(_ cursor: DocumentCursor) -> KubeReservedSpec? {
    guard cursor.expectMapping() else { return nil }
    var reserved = KubeReservedSpec()
    if let memory = cursor.field("memory")?.mebibytes() {
      reserved.memoryMiB = Int64(memory.rounded(.up))
    }
    if let cpu = cursor.field("cpu"), let text = cpu.string() {
      if let quantity = try? Quantity(parsing: text), quantity.sign >= 0 {
        reserved.cpuMillis = quantity.milliValue
      } else {
        cpu.error("not an amount of CPU: \"\(text)\"", suggestion: "such as 100m or 0.5")
      }
    }
    cursor.reportUnknownFields()
    return reserved
  }

  private func volume(_ cursor: DocumentCursor) -> RootVolumeSpec? {
    guard cursor.expectMapping() else { return nil }
    var volume = RootVolumeSpec(
      type: cursor.required("type")?.word(RootVolumeSpec.Kind.self) ?? .gp2)
    if let size = cursor.field("size")?.mebibytes() { volume.gibibytes = size / 1_024 }
    if let iops = cursor.field("iops") { volume.iops = iops.positive() }
    if let throughput = cursor.field("throughput") { volume.throughput = throughput.positive() }
    if let credits = cursor.field("credits")?.word(RootVolumeSpec.Credits.self) {
      volume.credits = credits
    }
    if volume.type == .gp2 {
      for name in ["iops", "throughput"] where cursor.node[name] != nil {
        cursor.error("a gp2 volume has no \(name) of its own: it follows the size")
      }
    }
    cursor.reportUnknownFields()
    return volume
  }
}
