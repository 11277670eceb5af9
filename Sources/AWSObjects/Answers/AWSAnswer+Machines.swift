import Documents

extension AWSAnswer {
  /// A disk of a launch configuration or template.
  public struct BlockDevice: Sendable, Hashable {
    public var name: String
    /// `gp2`, `gp3` and others; nil is the image's own.
    public var volumeType: String?
    public var gibibytes: Int64?
    public var iops: Int64?
    /// MiB a second.
    public var throughput: Int64?
  }

  /// One element of `LaunchConfigurations`.
  public struct LaunchConfiguration: Sendable, Hashable {
    public var name: String
    public var instanceType: String
    /// US dollars an hour; nil is on demand.
    public var spotPrice: Double?
    public var blockDevices: [BlockDevice]
  }

  /// One element of `LaunchTemplateVersions`.
  public struct LaunchTemplateVersion: Sendable, Hashable {
    public var id: String
    public var name: String?
    public var version: Int64
    public var isDefault: Bool
    /// Nil where the template leaves it to who uses it.
    public var instanceType: String?
    public var isSpot: Bool
    public var blockDevices: [BlockDevice]
  }

  /// One instance of `Reservations[].Instances`.
  public struct MachineInstance: Sendable, Hashable {
    public var id: String
    public var instanceType: String
    public var zone: AvailabilityZone
    public var state: InstanceState
    /// RFC 3339, as the service wrote it.
    public var launchTime: String?
    public var privateDNSName: String?
    public var isSpot: Bool
    public var tags: [Tag]

    /// The group it belongs to, by EC2 Auto Scaling's own tag.
    public var groupName: String? {
      tags.first { $0.key == "aws:autoscaling:groupName" }?.value
    }
  }

  /// One element of `InstanceTypeOfferings`: a type that a place has.
  public struct Offering: Sendable, Hashable {
    public var instanceType: String
    /// A region, a zone, or a zone's id, by `locationType`.
    public var location: String
    public var locationType: String
  }

  /// One element of `Instances` of `describe-instance-topology`.
  public struct TopologyRow: Sendable, Hashable {
    public var id: String
    public var instanceType: String
    public var zone: AvailabilityZone
    /// From the widest to the nearest.
    public var networkNodes: [String]
  }
}

extension AWSAnswer.BlockDevice {
  init?(_ cursor: DocumentCursor) {
    guard cursor.expectMapping(), let name = cursor.required("DeviceName")?.string() else {
      return nil
    }
    let disk = cursor.field("Ebs")
    self.init(
      name: name, volumeType: disk?.field("VolumeType")?.string(),
      gibibytes: disk?.field("VolumeSize")?.int(), iops: disk?.field("Iops")?.int(),
      throughput: disk?.field("Throughput")?.int())
  }
}

extension AWSAnswer.LaunchConfiguration {
  init?(_ cursor: DocumentCursor) {
    guard cursor.expectMapping(), let name = cursor.required("LaunchConfigurationName")?.string(),
      let type = cursor.required("InstanceType")?.string()
    else { return nil }
    self.init(
      name: name, instanceType: type,
      spotPrice: cursor.field("SpotPrice")?.string().flatMap { Double($0) },
      blockDevices: cursor.field("BlockDeviceMappings")?.elements()
        .compactMap { AWSAnswer.BlockDevice($0) } ?? [])
  }
}

extension AWSAnswer.LaunchTemplateVersion {
  init?(_ cursor: DocumentCursor) {
    guard cursor.expectMapping(), let id = cursor.required("LaunchTemplateId")?.string(),
      let version = cursor.required("VersionNumber")?.int(),
      let data = cursor.required("LaunchTemplateData")
    else { return nil }
    let market = data.field("InstanceMarketOptions")?.field("MarketType")?.string()
    self.init(
      id: id, name: cursor.field("LaunchTemplateName")?.string(), version: version,
      isDefault: cursor.field("DefaultVersion")?.bool() ?? false,
      instanceType: data.field("InstanceType")?.string(), isSpot: market == "spot",
      blockDevices: data.field("BlockDeviceMappings")?.elements()
        .compactMap { AWSAnswer.BlockDevice($0) } ?? [])
  }
}

extension AWSAnswer.MachineInstance {
  init?(_ cursor: DocumentCursor) {
    guard cursor.expectMapping(), let id = cursor.required("InstanceId")?.string(),
      let type = cursor.required("InstanceType")?.string(),
      let zone = cursor.required("Placement")?.required("AvailabilityZone")?.zone(),
      let state = cursor.required("State")?.required("Name")?.word(InstanceState.self)
    else { return nil }
    self.init(
      id: id, instanceType: type, zone: zone, state: state,
      launchTime: cursor.field("LaunchTime")?.string(),
      privateDNSName: cursor.field("PrivateDnsName")?.string(),
      isSpot: cursor.field("InstanceLifecycle")?.string() == "spot",
      tags: cursor.field("Tags")?.tags() ?? [])
  }
}

extension AWSAnswer.Offering {
  init?(_ cursor: DocumentCursor) {
    guard cursor.expectMapping(), let type = cursor.required("InstanceType")?.string(),
      let location = cursor.required("Location")?.string()
    else { return nil }
    self.init(
      instanceType: type, location: location,
      locationType: cursor.field("LocationType")?.string() ?? "region")
  }
}

extension AWSAnswer.TopologyRow {
  init?(_ cursor: DocumentCursor) {
    guard cursor.expectMapping(), let id = cursor.required("InstanceId")?.string(),
      let type = cursor.required("InstanceType")?.string(),
      let zone = cursor.required("AvailabilityZone")?.zone()
    else { return nil }
    self.init(
      id: id, instanceType: type, zone: zone,
      networkNodes: cursor.field("NetworkNodes")?.strings() ?? [])
  }
}
