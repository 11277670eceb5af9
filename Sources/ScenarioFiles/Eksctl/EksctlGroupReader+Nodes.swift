import AWSObjects
import Documents
import KubernetesObjects
import Scenarios

extension EksctlGroupReader {
  /// Labels, taints, pod limit, reservation and image.
  func readNodes(_ cursor: DocumentCursor, _ group: inout EksctlNodeGroup) {
    group.labels = cursor.field("labels")?.texts() ?? [:]
    // As eksctl adds them (defaults.go) and as EKS labels managed nodes.
    group.labels["alpha.eksctl.io/cluster-name"] = cluster
    group.labels["alpha.eksctl.io/nodegroup-name"] = group.name
    if group.isManaged {
      group.labels["eks.amazonaws.com/capacityType"] =
        group.autoScaling.mixedInstances?.usesSpot == true ? "SPOT" : "ON_DEMAND"
    }
    group.taints = cursor.field("taints")?.eksctlTaints() ?? []
    if let limit = cursor.field("maxPodsPerNode") {
      group.maxPods = limit.count().map(Int64.init)
    }
    if let kubelet = cursor.field("kubeletExtraConfig"), kubelet.expectMapping() {
      readKubelet(kubelet, &group)
    }
    if let family = cursor.field("amiFamily") { group.image = image(family) }
  }

  private func readKubelet(_ cursor: DocumentCursor, _ group: inout EksctlNodeGroup) {
    // What changes scheduling or eviction and is not modeled for a group.
    let weighty = [
      "cpuManagerPolicy", "evictionHard", "evictionMinimumReclaim", "evictionSoft",
      "evictionSoftGracePeriod", "memoryManagerPolicy", "podsPerCore", "reservedSystemCPUs",
      "systemReserved", "topologyManagerPolicy",
    ]
    for (key, value) in cursor.entries() {
      switch key {
      case "kubeReserved": group.kubeReserved = value.eksctlReserved()
      case "maxPods": group.maxPods = value.count().map(Int64.init) ?? group.maxPods
      case _ where weighty.contains(key):
        value.warning("the kubelet's \(key) is not modeled for a node group")
      default: break
      }
    }
  }

  private func image(_ cursor: DocumentCursor) -> String? {
    guard let family = cursor.string() else { return nil }
    // eksctl compares without regard to case.
    let name = family.lowercased()
    if name == "amazonlinux2023" { return "amazon-linux-2023" }
    if name == "amazonlinux2" { return "amazon-linux-2" }
    if name.hasPrefix("bottlerocket") { return "bottlerocket" }
    if name.hasPrefix("windows") {
      cursor.warning("Windows nodes are not modeled: they boot as slowly, but are Linux nodes")
      return "windows"
    }
    if name.hasPrefix("ubuntu") {
      cursor.warning("how long \(family) boots is not known: the era's image stands in")
      return nil
    }
    let known = ["AmazonLinux2023", "AmazonLinux2", "Bottlerocket", "Ubuntu2404"]
    cursor.error(
      "unknown value '\(family)'",
      suggestion: Spelling.suggestion(for: family, among: known)
        ?? "such as " + known.joined(separator: ", "))
    return nil
  }

  /// The group's tags: its own and those that eksctl and EKS put there for cluster-autoscaler.
  func readTags(_ cursor: DocumentCursor, _ group: inout EksctlNodeGroup) {
    group.tags = cursor.field("tags")?.texts() ?? [:]
    group.tags["kubernetes.io/cluster/\(cluster)"] = "owned"
    let policies = cursor.field("iam")?.field("withAddonPolicies")
    let wantsAutoscaler = policies?.field("autoScaler")?.bool() ?? false
    // pkg/cfn/builder/nodegroup.go for one's own groups; EKS does it for each managed one.
    if wantsAutoscaler || group.isManaged {
      group.tags["k8s.io/cluster-autoscaler/enabled"] = "true"
      group.tags["k8s.io/cluster-autoscaler/\(cluster)"] = "owned"
    }
    if group.isManaged {
      group.tags["eks:cluster-name"] = cluster
      group.tags["eks:nodegroup-name"] = group.name
    }
    guard cursor.field("propagateASGTags")?.bool() == true else { return }
    let prefix = "k8s.io/cluster-autoscaler/node-template"
    for (key, value) in group.labels { group.tags["\(prefix)/label/\(key)"] = value }
    for taint in group.taints {
      group.tags["\(prefix)/taint/\(taint.key)"] = "\(taint.value):\(taint.effect.rawValue)"
    }
  }

  /// What bears on scaling or cost and is not modeled, each named.
  func doubts(_ cursor: DocumentCursor) {
    let unmodeled = [
      "additionalVolumes": "further volumes are not on the bill",
      "capacityReservation": "capacity reservations are not modeled",
      "cpuCredits": "CPU credits are not modeled",
      "efaEnabled": "EFA interfaces and their huge pages are not modeled",
      "instanceMarketOptions": "purchase options are not modeled: instances are on demand",
      "launchTemplate": "the launch template is not read: its type and volume may be others",
      "maxInstanceLifetime": "no instance is replaced for its age",
      "outpostARN": "Outposts are not modeled: machines are those of the region",
      "overrideBootstrapCommand": "what the command changes at the kubelet is not modeled",
      "placement": "placement groups are not modeled",
      "preBootstrapCommands": "the time that these commands take is not in the boot",
    ]
    for (key, message) in unmodeled.sorted(by: { $0.key < $1.key }) {
      guard let field = cursor.field(key), field.node.boolValue != false else { continue }
      field.warning(message)
    }
    if let repair = cursor.field("nodeRepairConfig"), repair.field("enabled")?.bool() == true {
      repair.warning("node repair is not modeled: an ill node stays")
    }
  }
}

extension DocumentCursor {
  /// A mapping of text to text.
  fileprivate func texts() -> [String: String] {
    var map: [String: String] = [:]
    for (key, value) in entries() { map[key] = value.string() ?? "" }
    return map
  }

  /// A list of `{key, value, effect}`, or the older mapping of key to `value:effect`.
  fileprivate func eksctlTaints() -> [Taint] {
    guard node.entries != nil else {
      return elements().compactMap { element in
        guard element.expectMapping(), let key = element.required("key")?.string(),
          let effect = element.required("effect")?.word(Taint.Effect.self)
        else { return nil }
        let value = element.field("value")?.string() ?? ""
        element.reportUnknownFields()
        return Taint(key: key, value: value, effect: effect)
      }
    }
    return entries().compactMap { key, cursor in
      guard let text = cursor.string() else { return nil }
      let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      guard let effect = parts.last.flatMap(Taint.Effect.init(rawValue:)) else {
        cursor.error("not a taint: \"\(text)\"", suggestion: "such as true:NoSchedule")
        return nil
      }
      return Taint(key: key, value: parts.dropLast().joined(separator: ":"), effect: effect)
    }
  }

  fileprivate func eksctlReserved() -> KubeReservedSpec? {
    guard expectMapping() else { return nil }
    var reserved = KubeReservedSpec()
    if let memory = field("memory")?.mebibytes() {
      reserved.memoryMiB = Int64(memory.rounded(.up))
    }
    if let cpu = field("cpu"), let text = cpu.string() {
      if let quantity = try? Quantity(parsing: text), quantity.sign >= 0 {
        reserved.cpuMillis = quantity.milliValue
      } else {
        cpu.error("not an amount of CPU: \"\(text)\"", suggestion: "such as 100m or 0.5")
      }
    }
    return reserved
  }
}
