import Documents

extension AWSAnswer {
  /// `nodegroup` of `aws eks describe-nodegroup`.
  public struct ManagedNodegroup: Sendable, Hashable {
    public struct Taint: Sendable, Hashable {
      public var key: String
      public var value: String
      /// `NO_SCHEDULE`, `NO_EXECUTE` or `PREFER_NO_SCHEDULE`.
      public var effect: String
    }

    public var name: String
    public var clusterName: String
    public var version: String?
    public var isSpot: Bool
    public var minSize: Int
    public var maxSize: Int
    public var desiredSize: Int
    public var instanceTypes: [String]
    /// GiB; nil where a launch template has it.
    public var diskSize: Int64?
    /// Such as `AL2_x86_64`.
    public var amiType: String?
    public var labels: [String: String]
    public var taints: [Taint]
    public var tags: [String: String]
    public var autoScalingGroups: [String]
  }

  /// `cluster` of `aws eks describe-cluster`.
  public struct Cluster: Sendable, Hashable {
    public var name: String
    public var version: String
    public var status: String
    /// `EXTENDED` or `STANDARD`; nil in answers of before 2024.
    public var supportType: String?
    /// Whether EKS Auto Mode brings the nodes.
    public var hasAutoMode: Bool
    public var tags: [String: String]
  }

  /// One element of `SpotPriceHistory`: the price from a time on.
  public struct SpotPrice: Sendable, Hashable {
    public var instanceType: String
    public var zone: AvailabilityZone
    /// Such as `Linux/UNIX`.
    public var product: String
    public var usdPerHour: Double
    /// RFC 3339, as the service wrote it.
    public var timestamp: String
  }

  /// One element of `Datapoints` of `aws cloudwatch get-metric-statistics`.
  public struct Datapoint: Sendable, Hashable {
    /// RFC 3339, as the service wrote it.
    public var timestamp: String
    public var average: Double?
    public var maximum: Double?
    public var sum: Double?
    public var unit: String?
  }
}

extension DocumentCursor {
  /// A mapping of text to text.
  func textMap() -> [String: String] {
    var map: [String: String] = [:]
    for (key, value) in entries() { map[key] = value.string() ?? "" }
    return map
  }
}

extension AWSAnswer.ManagedNodegroup {
  init?(_ cursor: DocumentCursor) {
    guard cursor.expectMapping(), let name = cursor.required("nodegroupName")?.string(),
      let scaling = cursor.required("scalingConfig"), scaling.expectMapping(),
      let least = scaling.required("minSize")?.answerCount(),
      let most = scaling.required("maxSize")?.answerCount(),
      let desired = scaling.required("desiredSize")?.answerCount()
    else { return nil }
    let taints = cursor.field("taints")?.elements().compactMap { taint -> Taint? in
      guard let key = taint.required("key")?.string(),
        let effect = taint.required("effect")?.string()
      else { return nil }
      return Taint(key: key, value: taint.field("value")?.string() ?? "", effect: effect)
    }
    let groups = cursor.field("resources")?.field("autoScalingGroups")?.elements()
    self.init(
      name: name, clusterName: cursor.field("clusterName")?.string() ?? "",
      version: cursor.field("version")?.string(),
      isSpot: cursor.field("capacityType")?.string() == "SPOT", minSize: least, maxSize: most,
      desiredSize: desired, instanceTypes: cursor.field("instanceTypes")?.strings() ?? [],
      diskSize: cursor.field("diskSize")?.int(), amiType: cursor.field("amiType")?.string(),
      labels: cursor.field("labels")?.textMap() ?? [:], taints: taints ?? [],
      tags: cursor.field("tags")?.textMap() ?? [:],
      autoScalingGroups: groups?.compactMap { $0.field("name")?.string() } ?? [])
  }
}

extension AWSAnswer.Cluster {
  init?(_ cursor: DocumentCursor) {
    guard cursor.expectMapping(), let name = cursor.required("name")?.string(),
      let version = cursor.required("version")?.string()
    else { return nil }
    self.init(
      name: name, version: version, status: cursor.field("status")?.string() ?? "ACTIVE",
      supportType: cursor.field("upgradePolicy")?.field("supportType")?.string(),
      hasAutoMode: cursor.field("computeConfig")?.field("enabled")?.bool() ?? false,
      tags: cursor.field("tags")?.textMap() ?? [:])
  }
}

extension AWSAnswer.SpotPrice {
  init?(_ cursor: DocumentCursor) {
    guard cursor.expectMapping(), let type = cursor.required("InstanceType")?.string(),
      let zone = cursor.required("AvailabilityZone")?.zone(),
      let price = cursor.required("SpotPrice"), let text = price.string(),
      let timestamp = cursor.required("Timestamp")?.string()
    else { return nil }
    guard let usd = Double(text), usd > 0, usd.isFinite else {
      price.error("not a price above zero: \"\(text)\"")
      return nil
    }
    self.init(
      instanceType: type, zone: zone,
      product: cursor.field("ProductDescription")?.string() ?? "Linux/UNIX", usdPerHour: usd,
      timestamp: timestamp)
  }
}

extension AWSAnswer.Datapoint {
  init?(_ cursor: DocumentCursor) {
    guard cursor.expectMapping(), let timestamp = cursor.required("Timestamp")?.string() else {
      return nil
    }
    self.init(
      timestamp: timestamp, average: cursor.field("Average")?.double(),
      maximum: cursor.field("Maximum")?.double(), sum: cursor.field("Sum")?.double(),
      unit: cursor.field("Unit")?.string())
  }
}
