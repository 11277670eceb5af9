import KubernetesObjects

extension ResourceQuota {
  /// Whether the quota counts anything of pods, and all its scopes fit this one.
  func matches(_ spec: PodSpec) -> Bool {
    hard.entries.contains { Self.isOfPods($0.name) } && scopes.allSatisfy { fits($0, spec) }
      && scopeSelector.allSatisfy { fits($0, spec) }
  }

  private static func isOfPods(_ name: String) -> Bool {
    let compute = [ResourceName.cpu, ResourceName.memory, ResourceName.ephemeralStorage]
    if name == ResourceName.pods || name == QuotaEvaluator.podCount || compute.contains(name) {
      return true
    }
    if name.hasPrefix(ResourceName.hugePagesPrefix) { return true }
    if name.hasPrefix("limits.") { return compute.contains(String(name.dropFirst(7))) }
    guard name.hasPrefix("requests.") else { return false }
    let resource = String(name.dropFirst(9))
    return compute.contains(resource) || resource.hasPrefix(ResourceName.hugePagesPrefix)
      || resource.contains("/")
  }

  private func fits(_ scope: String, _ spec: PodSpec) -> Bool {
    switch scope {
    case "Terminating": spec.activeDeadlineSeconds != nil
    case "NotTerminating": spec.activeDeadlineSeconds == nil
    case "BestEffort": QOSClass(of: spec) == .bestEffort
    case "NotBestEffort": QOSClass(of: spec) != .bestEffort
    case "PriorityClass": spec.priorityClassName != nil
    case "CrossNamespacePodAffinity": spec.affinity?.crossesNamespaces ?? false
    default: false
    }
  }

  private func fits(_ requirement: LabelRequirement, _ spec: PodSpec) -> Bool {
    guard requirement.key == "PriorityClass", requirement.operator != .exists else {
      return fits(requirement.key, spec)
    }
    var labels = Labels()
    labels["PriorityClass"] = spec.priorityClassName
    return requirement.matches(labels)
  }
}

extension Affinity {
  fileprivate var crossesNamespaces: Bool {
    let terms =
      requiredPodAffinity + requiredPodAntiAffinity + preferredPodAffinity.map(\.term)
      + preferredPodAntiAffinity.map(\.term)
    return terms.contains { !$0.namespaces.isEmpty || $0.namespaceSelector != nil }
  }
}
