import AWSObjects
import Documents
import KubernetesObjects
import Scenarios

/// Reads the entries of `nodeGroups` and `managedNodeGroups`.
struct EksctlGroupReader {
  let cluster: String
  /// Nil is eksctl's own default.
  let version: String?
  let region: Region
  /// The cluster's own; empty if it names none.
  let zones: [AvailabilityZone]
  let subnets: EksctlSubnets

  // Fields that bear neither on scheduling nor on scaling nor on what a run's bill has.
  private static let others = [
    "ami", "asgMetricsCollection", "bottlerocket", "classicLoadBalancerNames", "clusterDNS",
    "containerRuntime", "disableIMDSv1", "disablePodIMDS", "ebsOptimized", "enclaveEnabled",
    "instanceName", "instancePrefix",
    "privateNetworking", "releaseVersion", "securityGroups", "ssh", "targetGroupARNs",
    "updateConfig", "volumeEncrypted", "volumeKmsKeyID", "volumeName",
  ]

  /// One group, with stand-ins for what is wrong; nil if it is no mapping.
  func read(_ cursor: DocumentCursor, isManaged: Bool) -> EksctlNodeGroup? {
    guard cursor.expectMapping() else { return nil }
    let place = SourcePlace(
      file: cursor.file, line: cursor.node.line, column: cursor.node.column)
    var group = EksctlNodeGroup(
      name: cursor.required("name")?.string() ?? cursor.path, isManaged: isManaged,
      origin: GroupOrigin(place: place, path: cursor.path))
    readTypes(cursor, &group)
    readSizes(cursor, &group)
    group.zones = readZones(cursor)
    readNodes(cursor, &group)
    readVolume(cursor, &group)
    readTags(cursor, &group)
    for process in cursor.field("asgSuspendProcesses")?.elements() ?? [] {
      if let name = process.word(AutoScalingGroup.Process.self) {
        group.autoScaling.suspendedProcesses.append(name)
      }
    }
    group.autoScaling.detailedMonitoring = cursor.field("enableDetailedMonitoring")?.bool() ?? false
    doubts(cursor)
    cursor.ignore(Self.others)
    cursor.reportUnknownFields()
    return group
  }

  // MARK: Sizes

  /// As `validation.go` fills them in.
  private func readSizes(_ cursor: DocumentCursor, _ group: inout EksctlNodeGroup) {
    let least = cursor.field("minSize")
    let most = cursor.field("maxSize")
    let wanted = cursor.field("desiredCapacity")
    let desired = wanted.map { $0.count() ?? 0 }
    group.min = least.map { $0.count() ?? 0 } ?? desired ?? 2
    group.max = most.map { $0.count() ?? Int(Int32.max) } ?? Swift.max(1, desired ?? group.min)
    group.desired = desired ?? group.min
    if group.min > group.max {
      (least ?? most ?? cursor).error(
        "minSize \(group.min) is above maxSize \(group.max)")
      group.max = Swift.max(group.min, group.desired)
    } else if group.desired > group.max {
      wanted?.error(
        "desiredCapacity \(group.desired) is above maxSize \(group.max)",
        suggestion: "minSize <= desiredCapacity <= maxSize")
      group.desired = group.max
    } else if group.desired < group.min {
      wanted?.error(
        "desiredCapacity \(group.desired) is below minSize \(group.min)",
        suggestion: "minSize <= desiredCapacity <= maxSize")
      group.desired = group.min
    }
  }

  // MARK: Machines

  /// The group's, those of its subnets, the cluster's, those of all subnets, or else as many as
  /// eksctl draws: two in us-east-1 and three elsewhere (`pkg/az/az.go`), here the first ones.
  private func readZones(_ cursor: DocumentCursor) -> [AvailabilityZone] {
    if let local = cursor.field("localZones") {
      local.warning("local zones are not modeled: zones of the region stand in")
    }
    let named = cursor.field("subnets")?.texts().map(\.text) ?? []
    if let own = cursor.field("availabilityZones")?.zones(in: region), !own.isEmpty { return own }
    var found: [AvailabilityZone] = []
    for name in named {
      if let zone = subnets.zoneByName[name], !found.contains(zone) { found.append(zone) }
    }
    for known in [found, zones, subnets.zones] where !known.isEmpty { return known }
    return (region.name == "us-east-1" ? ["a", "b"] : ["a", "b", "c"])
      .map { AvailabilityZone("\(region)\($0)") }
  }

  private func readVolume(_ cursor: DocumentCursor, _ group: inout EksctlNodeGroup) {
    if let size = cursor.field("volumeSize"), let gibibytes = size.double() {
      if gibibytes > 0 { group.volume.gibibytes = gibibytes } else { size.error("no size") }
    }
    if let type = cursor.field("volumeType"), let text = type.string() {
      let known = ["gp2", "gp3", "io1", "io2", "sc1", "st1", "standard"]
      if let kind = RootVolumeSpec.Kind(rawValue: text) {
        group.volume.type = kind
      } else if known.contains(text) {
        type.warning("volumes of type \(text) are not modeled: gp3 stands in")
      } else {
        type.error(
          "unknown value '\(text)'",
          suggestion: Spelling.suggestion(for: text, among: known)
            ?? "one of " + known.joined(separator: ", "))
      }
    }
    let iops = cursor.field("volumeIOPS")?.double()
    let throughput = cursor.field("volumeThroughput")?.double()
    if group.volume.type == .gp3 {
      group.volume.iops = iops
      group.volume.throughput = throughput
    }
  }
}
