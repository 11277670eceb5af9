import AWSObjects
import Documents
import Scenarios

extension ScenarioReader {
  func cloud(_ cursor: DocumentCursor) -> CloudSpec {
    var cloud = CloudSpec(region: Region("us-east-1"), nodeGroups: [])
    guard cursor.expectMapping() else { return cloud }
    // Without a region the first zone's stands in, so that every zone is not wrong as well.
    let zone = cursor.node["nodeGroups"]?.elements?.first?["zones"]?.elements?.first?.scalarText
    if let name = cursor.required("region")?.string() {
      cloud.region = Region(name)
    } else if let zone {
      cloud.region = AvailabilityZone(zone).region
    }
    cloud.nodeGroups =
      cursor.field("nodeGroups")?.elements().enumerated().map { index, element in
        nodeGroup(element, index, in: cloud.region)
      } ?? []
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
    cursor.reportUnknownFields()
    return group
  }

  func behaviors(_ cursor: DocumentCursor) -> [BehaviorSpec] {
    cursor.entries().compactMap { key, value in
      guard value.expectMapping() else { return nil }
      var behavior = BehaviorSpec(name: key)
      behavior.startup = value.field("startup")?.law()
      behavior.runsFor = value.field("runsFor")?.law()
      behavior.termination = value.field("termination")?.law()
      if let cursor = value.field("exitCode"), let code = cursor.int() {
        if (0...255).contains(code) {
          behavior.exitCode = Int32(code)
        } else {
          cursor.error("an exit code is from 0 to 255, found \(code)")
        }
      }
      value.reportUnknownFields()
      return behavior
    }
  }
}
