import Documents

/// Fields as every answer of EC2 Auto Scaling writes them.
extension DocumentCursor {
  /// A whole number of at least 0.
  func answerCount() -> Int? {
    guard let value = int() else { return nil }
    guard (0...Int64(Int32.max)).contains(value) else {
      error("expected a number from 0 to \(Int32.max), found \(value)")
      return nil
    }
    return Int(value)
  }

  /// `us-east-1a`.
  func zone() -> AvailabilityZone? {
    guard let text = string() else { return nil }
    let zone = AvailabilityZone(text)
    if zone.isWellFormed { return zone }
    error("'\(text)' is not a zone", suggestion: "such as us-east-1a")
    return nil
  }

  /// `LaunchConfigurationName`, or `LaunchTemplate` or `LaunchTemplateSpecification`.
  func launchSource(template field: String = "LaunchTemplate") -> AWSAnswer.LaunchSource? {
    let configuration = self.field("LaunchConfigurationName")?.string()
    let template = self.field(field)
    if let configuration { return .configuration(name: configuration) }
    guard let template, template.expectMapping() else { return nil }
    let id = template.field("LaunchTemplateId")?.string()
    let name = template.field("LaunchTemplateName")?.string()
    let version = template.field("Version")?.string()
    template.reportUnknownFields(strangers: .warning)
    if id == nil, name == nil {
      template.error("a launch template needs LaunchTemplateId or LaunchTemplateName")
      return nil
    }
    return .template(id: id, name: name, version: version)
  }

  /// `Tags`.
  func tags() -> [AWSAnswer.Tag] {
    elements().compactMap { element in
      guard element.expectMapping(), let key = element.required("Key")?.string() else {
        return nil
      }
      return AWSAnswer.Tag(
        key: key, value: element.field("Value")?.string() ?? "",
        isPropagated: element.field("PropagateAtLaunch")?.bool() ?? true)
    }
  }

  func strings() -> [String] { elements().compactMap { $0.string() } }
}

extension AWSAnswer.Group {
  /// Fields of the API that say nothing about scaling, and what a run leaves to others.
  private static let others = [
    "AutoScalingGroupARN", "CreatedTime", "LoadBalancerNames", "TargetGroupARNs",
    "EnabledMetrics", "ServiceLinkedRoleARN", "TrafficSources", "PlacementGroup", "Context",
    "DesiredCapacityType", "PredictedCapacity", "WarmPoolSize", "AvailabilityZoneIds",
    "InstanceMaintenancePolicy", "DeletionProtection", "AvailabilityZoneDistribution",
    "AvailabilityZoneImpairmentPolicy", "CapacityReservationSpecification",
    "InstanceLifecyclePolicy",
  ]

  /// Reads one element of `AutoScalingGroups`; nil after reporting if its sizes or zones are wrong.
  init?(_ cursor: DocumentCursor) {
    guard cursor.expectMapping() else { return nil }
    let name = cursor.required("AutoScalingGroupName")?.string()
    let minCursor = cursor.required("MinSize")
    let maxCursor = cursor.required("MaxSize")
    let desiredCursor = cursor.required("DesiredCapacity")
    let least = minCursor?.answerCount()
    let most = maxCursor?.answerCount()
    let desired = desiredCursor?.answerCount()
    if let least, let most, least > most {
      minCursor?.error("MinSize \(least) is above MaxSize \(most)")
    } else if let least, let most, let desired, !(least...most).contains(desired) {
      let bound = desired > most ? "above MaxSize \(most)" : "below MinSize \(least)"
      desiredCursor?.error(
        "DesiredCapacity \(desired) is \(bound)",
        suggestion: "an Auto Scaling group keeps MinSize <= DesiredCapacity <= MaxSize")
    }
    let zones = cursor.required("AvailabilityZones")?.elements().map { $0.zone() }
    if zones?.isEmpty == true { cursor.error("a group needs at least one zone") }
    self.init(
      name: name ?? "", minSize: least ?? 0, maxSize: most ?? 0, desiredCapacity: desired ?? 0,
      zones: (zones ?? []).compactMap { $0 }, line: cursor.node.line, column: cursor.node.column,
      path: cursor.path)
    readLaunch(cursor)
    readRules(cursor)
    instances =
      cursor.field("Instances")?.elements().compactMap { AWSAnswer.GroupInstance($0) } ?? []
    cursor.ignore(Self.others)
    cursor.reportUnknownFields(strangers: .warning)
    if name == nil || least == nil || most == nil || desired == nil || self.zones.isEmpty {
      return nil
    }
  }

  private mutating func readLaunch(_ cursor: DocumentCursor) {
    launchSource = cursor.launchSource()
    guard let policy = cursor.field("MixedInstancesPolicy"), policy.expectMapping() else { return }
    var mixed = AWSAnswer.MixedInstances()
    if let template = policy.field("LaunchTemplate"), template.expectMapping() {
      launchSource = template.launchSource(template: "LaunchTemplateSpecification") ?? launchSource
      for override in template.field("Overrides")?.elements() ?? [] {
        guard override.expectMapping() else { continue }
        if let type = override.field("InstanceType")?.string() { mixed.instanceTypes.append(type) }
        if override.field("InstanceRequirements") != nil { mixed.hasRequirements = true }
        if let weight = override.field("WeightedCapacity")?.string(), weight != "1" {
          mixed.hasWeights = true
        }
        override.ignore("LaunchTemplateSpecification", "ImageId")
        override.reportUnknownFields(strangers: .warning)
      }
      template.reportUnknownFields(strangers: .warning)
    }
    if let spread = policy.field("InstancesDistribution"), spread.expectMapping() {
      mixed.onDemandBaseCapacity = spread.field("OnDemandBaseCapacity")?.answerCount() ?? 0
      if let percent = spread.field("OnDemandPercentageAboveBaseCapacity") {
        mixed.onDemandPercentageAboveBaseCapacity = percent.percent() ?? 100
      }
      if let strategy = spread.field("SpotAllocationStrategy")?.string() {
        mixed.spotAllocationStrategy = strategy
      }
      if let price = spread.field("SpotMaxPrice")?.string(), !price.isEmpty {
        mixed.spotMaxPrice = Double(price)
      }
      if let strategy = spread.field("OnDemandAllocationStrategy")?.string() {
        mixed.onDemandAllocationStrategy = strategy
      }
      if let pools = spread.field("SpotInstancePools")?.answerCount() {
        mixed.spotInstancePools = max(1, pools)
      }
      spread.reportUnknownFields(strangers: .warning)
    }
    policy.reportUnknownFields(strangers: .warning)
    mixedInstances = mixed
  }

  private mutating func readRules(_ cursor: DocumentCursor) {
    if let text = cursor.field("HealthCheckType") { healthCheckTypes = text.healthCheckTypes() }
    if let grace = cursor.field("HealthCheckGracePeriod")?.answerCount() {
      healthCheckGracePeriod = Int64(grace)
    }
    if let cooldown = cursor.field("DefaultCooldown")?.answerCount() {
      defaultCooldown = Int64(cooldown)
    }
    for process in cursor.field("SuspendedProcesses")?.elements() ?? [] {
      guard process.expectMapping(),
        let name = process.required("ProcessName")?.processName()
      else { continue }
      suspendedProcesses.append(name)
    }
    if let policies = cursor.field("TerminationPolicies")?.strings(), !policies.isEmpty {
      terminationPolicies = policies
    }
    newInstancesProtected = cursor.field("NewInstancesProtectedFromScaleIn")?.bool() ?? false
    capacityRebalance = cursor.field("CapacityRebalance")?.bool() ?? false
    defaultInstanceWarmup = cursor.field("DefaultInstanceWarmup")?.int()
    maxInstanceLifetime = cursor.field("MaxInstanceLifetime")?.int()
    if maxInstanceLifetime == 0 { maxInstanceLifetime = nil }
    warmPool = cursor.field("WarmPoolConfiguration").flatMap { AWSAnswer.WarmPoolConfiguration($0) }
    if let subnets = cursor.field("VPCZoneIdentifier")?.string() {
      self.subnets = subnets.split(separator: ",").map { String($0.filter { $0 != " " }) }
    }
    tags = cursor.field("Tags")?.tags() ?? []
    status = cursor.field("Status")?.string()
  }
}

extension DocumentCursor {
  /// A whole number from 0 to 100.
  func percent() -> Int? {
    guard let value = int() else { return nil }
    if (0...100).contains(value) { return Int(value) }
    error("expected a percentage from 0 to 100, found \(value)")
    return nil
  }

  func processName() -> String? {
    guard let text = string() else { return nil }
    let known =
      AutoScalingGroup.Process.allCases.map(\.rawValue) + ["RemoveFromLoadBalancerLowPriority"]
    if known.contains(text) { return text }
    error(
      "unknown value '\(text)'",
      suggestion: Spelling.suggestion(for: text, among: known)
        ?? "one of " + known.joined(separator: ", "))
    return nil
  }

  func healthCheckTypes() -> [AutoScalingGroup.HealthCheckType] {
    guard let text = string() else { return [.ec2] }
    let known = AutoScalingGroup.HealthCheckType.allCases.map(\.rawValue)
    let others = ["EBS", "VPC_LATTICE"]
    return text.split(separator: ",").compactMap { word in
      let word = String(word)
      if let type = AutoScalingGroup.HealthCheckType(rawValue: word) { return type }
      if !others.contains(word) {
        error(
          "unknown health check type '\(word)'",
          suggestion: Spelling.suggestion(for: word, among: known + others)
            ?? "one of " + (known + others).joined(separator: ", "))
      }
      return nil
    }
  }
}

extension AWSAnswer.WarmPoolConfiguration {
  init?(_ cursor: DocumentCursor) {
    guard cursor.expectMapping() else { return nil }
    minSize = cursor.field("MinSize")?.answerCount() ?? 0
    if let capacity = cursor.field("MaxGroupPreparedCapacity")?.int(), capacity >= 0 {
      maxGroupPreparedCapacity = Int(capacity)
    }
    poolState = cursor.field("PoolState")?.string() ?? "Stopped"
    if let policy = cursor.field("InstanceReusePolicy"), policy.expectMapping() {
      reuseOnScaleIn = policy.field("ReuseOnScaleIn")?.bool() ?? false
    }
    cursor.ignore("Status")
    cursor.reportUnknownFields(strangers: .warning)
  }
}

extension AWSAnswer.GroupInstance {
  /// Reads an element of a group's `Instances`, or of `AutoScalingInstances`.
  init?(_ cursor: DocumentCursor) {
    guard cursor.expectMapping() else { return nil }
    let id = cursor.required("InstanceId")?.string()
    let zone = cursor.required("AvailabilityZone")?.zone()
    let state = cursor.required("LifecycleState")?.word(AWSAnswer.LifecycleState.self)
    let health = cursor.field("HealthStatus")?.string() ?? "Healthy"
    let isProtected = cursor.field("ProtectedFromScaleIn")?.bool() ?? false
    let type = cursor.field("InstanceType")?.string()
    let source = cursor.launchSource()
    let group = cursor.field("AutoScalingGroupName")?.string()
    cursor.ignore("WeightedCapacity", "ImageId", "AvailabilityZoneId")
    cursor.reportUnknownFields(strangers: .warning)
    guard let id, let zone, let state else { return nil }
    self.init(
      id: id, instanceType: type, zone: zone, lifecycleState: state,
      isHealthy: health.lowercased() == "healthy", isProtectedFromScaleIn: isProtected,
      launchSource: source, groupName: group)
  }
}
