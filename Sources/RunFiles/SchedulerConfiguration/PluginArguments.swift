import Documents
import KubeScheduler
import KubernetesObjects

/// Reads `pluginConfig`: the arguments of a profile's plugins
/// (`apis/config/v1/defaults.go` and `apis/config/validation` of kube-scheduler 1.36).
enum PluginArguments {
  private static let known = [
    "NodeResourcesFit", "NodeResourcesBalancedAllocation", "PodTopologySpread",
    "InterPodAffinity", "DefaultPreemption", "NodeAffinity", "VolumeBinding", "DynamicResources",
  ]

  static func read(
    _ cursor: DocumentCursor, of name: DocumentCursor, named text: String,
    into profile: inout SchedulerProfile
  ) {
    cursor.ignore("apiVersion")
    if let kind = cursor.field("kind"), let found = kind.string(), found != "\(text)Args" {
      kind.error("expected '\(text)Args', found '\(found)'")
    }
    switch text {
    case "NodeResourcesFit": fit(cursor, &profile)
    case "NodeResourcesBalancedAllocation":
      if let resources = cursor.field("resources") {
        profile.balancedResources = self.resources(resources)
        for resource in resources.elements() where resource.field("weight")?.int() ?? 1 != 1 {
          resource.error("the weight of a balanced resource must be 1")
        }
      }
    case "PodTopologySpread": spread(cursor, &profile)
    case "InterPodAffinity":
      if let weight = cursor.field("hardPodAffinityWeight").flatMap({
        SchedulerConfigurationReader.number($0, 0...100)
      }) {
        profile.hardPodAffinityWeight = Int32(weight)
      }
      if let ignored = cursor.field("ignorePreferredTermsOfExistingPods"), ignored.bool() == true {
        profile.ignoresPreferencesOfPlacedPods = true
      }
    case "DefaultPreemption": preemption(cursor, &profile)
    case "NodeAffinity":
      if let affinity = cursor.field("addedAffinity")?.nodeAffinity() {
        profile.addedAffinity = AddedNodeAffinity(
          required: affinity.requiredNodeTerms, preferred: affinity.preferredNodeTerms)
      }
    case "VolumeBinding":
      warn(cursor, "not modeled: volumes are not scored", "shape")
      cursor.ignore("bindTimeoutSeconds")
    case "DynamicResources":
      cursor.ignore("filterTimeout", "bindingTimeout")
    default:
      name.error(
        "no plugin called '\(text)' takes arguments",
        suggestion: Spelling.suggestion(for: text, among: known))
      return
    }
    cursor.reportUnknownFields()
  }

  private static func warn(_ cursor: DocumentCursor, _ message: String, _ fields: String...) {
    for field in fields { cursor.field(field)?.warning(message) }
  }

  // MARK: NodeResourcesFit

  private enum Strategy: String, CaseIterable {
    case leastAllocated = "LeastAllocated"
    case mostAllocated = "MostAllocated"
    case requestedToCapacityRatio = "RequestedToCapacityRatio"
  }

  private static func fit(_ cursor: DocumentCursor, _ profile: inout SchedulerProfile) {
    profile.ignoredResources =
      cursor.field("ignoredResources")?.elements().compactMap { $0.string() } ?? []
    profile.ignoredResourceGroups =
      cursor.field("ignoredResourceGroups")?.elements().compactMap { entry in
        guard let group = entry.string() else { return nil }
        if group.contains("/") {
          entry.error("a group is the part before the '/': '\(group.prefix { $0 != "/" })'")
        }
        return group
      } ?? []
    guard let strategy = cursor.field("scoringStrategy"), strategy.expectMapping() else { return }
    let type = strategy.field("type")?.word(Strategy.self) ?? .leastAllocated
    let resources = strategy.field("resources").map(self.resources) ?? []
    let scored = resources.isEmpty ? ScoringStrategy.cpuAndMemory : resources
    let ratio = strategy.field("requestedToCapacityRatio")
    switch type {
    case .leastAllocated: profile.scoringStrategy = .leastAllocated(scored)
    case .mostAllocated: profile.scoringStrategy = .mostAllocated(scored)
    case .requestedToCapacityRatio:
      let points = ratio.map(shape) ?? []
      if points.isEmpty {
        (ratio ?? strategy).error("'requestedToCapacityRatio.shape' needs at least one point")
      }
      profile.scoringStrategy = .requestedToCapacityRatio(scored, shape: points)
    }
    strategy.reportUnknownFields()
  }

  private static func resources(_ cursor: DocumentCursor) -> [ScoringStrategy.Resource] {
    cursor.elements().compactMap { entry in
      guard entry.expectMapping() else { return nil }
      defer { entry.reportUnknownFields() }
      let weight = entry.field("weight").flatMap {
        SchedulerConfigurationReader.number($0, 1...100)
      }
      guard let name = entry.required("name")?.string() else { return nil }
      return ScoringStrategy.Resource(name, weight: weight ?? 1)
    }
  }

  private static func shape(_ ratio: DocumentCursor) -> [ScoringStrategy.ShapePoint] {
    guard ratio.expectMapping() else { return [] }
    defer { ratio.reportUnknownFields() }
    var points: [ScoringStrategy.ShapePoint] = []
    for entry in ratio.field("shape")?.elements() ?? [] where entry.expectMapping() {
      let utilization = entry.required("utilization").flatMap {
        SchedulerConfigurationReader.number($0, 0...100)
      }
      let score = entry.required("score").flatMap {
        SchedulerConfigurationReader.number($0, 0...10)
      }
      entry.reportUnknownFields()
      guard let utilization, let score else { continue }
      if let last = points.last, utilization <= last.utilization {
        entry.error("the utilization must rise from point to point")
        continue
      }
      points.append(.init(utilization: utilization, score: score))
    }
    return points
  }

  // MARK: DefaultPreemption

  private static func preemption(_ cursor: DocumentCursor, _ profile: inout SchedulerProfile) {
    if let percentage = cursor.field("minCandidateNodesPercentage").flatMap({
      SchedulerConfigurationReader.number($0, 0...100)
    }) {
      profile.minCandidateNodesPercentage = Int(percentage)
    }
    if let number = cursor.field("minCandidateNodesAbsolute").flatMap({
      SchedulerConfigurationReader.number($0, 0...Int64(Int32.max))
    }) {
      profile.minCandidateNodesAbsolute = Int(number)
    }
    if profile.minCandidateNodesPercentage == 0, profile.minCandidateNodesAbsolute == 0 {
      cursor.error(
        "both minCandidateNodesPercentage and minCandidateNodesAbsolute cannot be zero")
    }
  }

  // MARK: PodTopologySpread

  private enum Defaulting: String, CaseIterable {
    case list = "List"
    case system = "System"
  }

  private static func spread(_ cursor: DocumentCursor, _ profile: inout SchedulerProfile) {
    let defaulting = cursor.field("defaultingType")?.word(Defaulting.self) ?? .system
    let field = cursor.field("defaultConstraints")
    let constraints = (field?.elements() ?? []).compactMap(constraint)
    switch defaulting {
    case .list: profile.spreadDefaults = .list(constraints)
    case .system:
      profile.spreadDefaults = .system
      if let field, !constraints.isEmpty {
        field.error(
          "with the defaultingType System there may be none", suggestion: "defaultingType: List")
      }
    }
  }

  private static func constraint(_ cursor: DocumentCursor) -> TopologySpreadConstraint? {
    guard cursor.expectMapping() else { return nil }
    let maxSkew = cursor.required("maxSkew").flatMap {
      SchedulerConfigurationReader.number($0, 1...Int64(Int32.max))
    }
    let key = cursor.required("topologyKey")?.string()
    let when = cursor.required("whenUnsatisfiable")?
      .word(TopologySpreadConstraint.WhenUnsatisfiable.self)
    cursor.field("labelSelector")?.error(
      "a default constraint has no selector: it is taken from the pod's services and owner")
    cursor.reportUnknownFields()
    guard let maxSkew, let key, let when else { return nil }
    return TopologySpreadConstraint(
      maxSkew: maxSkew, topologyKey: key, whenUnsatisfiable: when, labelSelector: nil)
  }
}
