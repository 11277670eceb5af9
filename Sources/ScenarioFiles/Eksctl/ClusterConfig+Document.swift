import AWSObjects
public import Documents
import Scenarios

extension ClusterConfig {
  // Fields that bear neither on scheduling nor on scaling nor on what a run's bill has.
  private static let others = [
    "accessConfig", "addons", "addonsConfig", "capabilities", "cloudWatch", "gitops", "iam",
    "iamIdentityMappings", "identityProviders", "kubeAPIServerConfig", "kubernetesNetworkConfig",
    "localZones", "privateCluster", "remoteNetworkConfig", "secretsEncryption", "upgradePolicy",
    "zonalShiftConfig",
  ]

  /// Reads a ClusterConfig; nil after reporting if it is none. Every mistake is reported; a group
  /// with one is still there, with stand-ins.
  public init?(_ document: DocumentNode, file: String, sink: DiagnosticSink) {
    let root = DocumentCursor(document, file: file, sink: sink)
    guard root.expectMapping() else { return nil }
    root.expectText("apiVersion", "eksctl.io/v1alpha5")
    root.expectText("kind", "ClusterConfig")
    self.init(name: "", region: Region("us-west-2"), version: nil, nodeGroups: [])
    if let metadata = root.required("metadata"), metadata.expectMapping() {
      name = metadata.required("name")?.string() ?? ""
      if let text = metadata.required("region")?.string() { region = Region(text) }
      version = metadata.field("version")?.string()
      metadata.ignore("annotations", "tags", "forceUpdateVersion", "rollbackConfig")
      metadata.reportUnknownFields()
    }
    let zones = root.field("availabilityZones")?.zones(in: region) ?? []
    let subnets = root.field("vpc").map { EksctlSubnets($0, in: region) } ?? EksctlSubnets()
    let reader = EksctlGroupReader(
      cluster: name, version: version, region: region, zones: zones, subnets: subnets)
    for field in ["nodeGroups", "managedNodeGroups"] {
      for element in root.field(field)?.elements() ?? [] {
        if let group = reader.read(element, isManaged: field == "managedNodeGroups") {
          nodeGroups.append(group)
        }
      }
    }
    Self.doubts(root)
    root.ignore(Self.others)
    root.reportUnknownFields()
  }

  /// Whether a document is an eksctl ClusterConfig.
  static func isOne(_ document: DocumentNode) -> Bool {
    document["kind"]?.scalarText == "ClusterConfig"
  }

  private static func doubts(_ root: DocumentCursor) {
    if let profiles = root.field("fargateProfiles") {
      profiles.warning("Fargate is not modeled: pods of these profiles wait for nodes")
    }
    if let mode = root.field("autoModeConfig"), mode.field("enabled")?.bool() == true {
      mode.warning("EKS Auto Mode is not modeled: no node comes or goes by it")
    }
    if let karpenter = root.field("karpenter") {
      karpenter.warning("Karpenter is not modeled: no node comes or goes by it")
    }
    if let outpost = root.field("outpost") {
      outpost.warning("Outposts are not modeled: their machines are those of a region")
    }
    if let fit = root.field("kubeSchedulerConfig") {
      fit.warning(
        "the scheduler's configuration is not taken from here", suggestion: "spec.scheduler.config")
    }
    if let manager = root.field("kubeControllerManagerConfig") {
      manager.warning("the controller manager's configuration is not modeled")
    }
    if let tier = root.field("controlPlaneScalingConfig")?.field("tier"),
      tier.string() != "standard"
    {
      tier.warning("provisioned control planes are not modeled: the fee is the standard one")
    }
  }
}

extension DocumentCursor {
  func expectText(_ name: String, _ wanted: String) {
    guard let cursor = required(name), let found = cursor.string(), found != wanted else { return }
    cursor.error("unknown \(name) '\(found)'", suggestion: "this program reads '\(wanted)'")
  }

  /// Names of zones of `region`; a wrong one is reported and left out.
  func zones(in region: Region) -> [AvailabilityZone] {
    elements().compactMap { element in
      guard let text = element.string() else { return nil }
      let zone = AvailabilityZone(text)
      if zone.isWellFormed, zone.region == region { return zone }
      element.error("'\(text)' is not a zone of \(region)", suggestion: "such as \(region)a")
      return nil
    }
  }
}

/// `vpc.subnets`: which zone a subnet of a name lies in.
struct EksctlSubnets {
  /// By the name of the subnet. Looked up, and walked in the order of `names`.
  private(set) var zoneByName: [String: AvailabilityZone] = [:]
  private(set) var names: [String] = []

  init() {}

  init(_ vpc: DocumentCursor, in region: Region) {
    guard let subnets = vpc.field("subnets") else { return }
    for kind in ["private", "public"] {
      for (name, subnet) in subnets.field(kind)?.entries() ?? [] {
        let zone = AvailabilityZone(subnet.node["az"]?.scalarText ?? name)
        guard zone.isWellFormed, zone.region == region else { continue }
        if zoneByName.updateValue(zone, forKey: name) == nil { names.append(name) }
      }
    }
  }

  /// Every zone that has a subnet, in the order of the file, once each.
  var zones: [AvailabilityZone] {
    var zones: [AvailabilityZone] = []
    for name in names {
      if let zone = zoneByName[name], !zones.contains(zone) { zones.append(zone) }
    }
    return zones
  }
}
