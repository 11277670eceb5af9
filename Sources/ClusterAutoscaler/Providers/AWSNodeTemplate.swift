import KubernetesObjects

/// The node that the next machine of an Auto Scaling group is thought to become while the group
/// has had none.
///
/// Everything that the instance type has counts as allocatable, so a pod may be thought to fit
/// that will not. Follows `cloudprovider/aws/aws_manager.go` (`buildNodeFromTemplate`) of
/// cluster-autoscaler 1.36.
public enum AWSNodeTemplate {
  /// What the keys of tags begin with that say something of the nodes of a group.
  public static let tagPrefix = "k8s.io/cluster-autoscaler/node-template/"
  /// Pods a node may run, unless a tag says otherwise.
  public static let podSlots: Int64 = 110

  /// Nil if the group has no zone or its instance type is not known.
  public static func make(_ group: AWSGroupDescription) -> NodeTemplate? {
    guard let zone = group.availabilityZones.first, let machine = group.machine else { return nil }
    let name = "\(group.name)-asg"
    var node = Node(metadata: ObjectMeta(name: name, namespace: ""))
    node.status.capacity = capacity(machine, group.tags)
    node.status.allocatable = node.status.capacity
    for (key, value) in values(group.tags, "label/") where !key.isEmpty {
      node.metadata.labels[key] = value
    }
    node.metadata.labels[WellKnownLabel.arch] = machine.architecture
    node.metadata.labels[WellKnownLabel.os] = "linux"
    node.metadata.labels[WellKnownLabel.instanceType] = machine.name
    node.metadata.labels[WellKnownLabel.region] = String(zone.dropLast())
    node.metadata.labels[WellKnownLabel.zone] = zone
    node.metadata.labels[WellKnownLabel.hostname] = name
    node.taints = values(group.tags, "taint/").compactMap(taint)
    return NodeTemplate(node: node, pods: [kubeProxy(group.name)])
  }

  private static func capacity(
    _ machine: AWSMachineType, _ tags: [(key: String, value: String)]
  ) -> ResourceList {
    var capacity = ResourceList()
    capacity[ResourceName.pods] = Quantity(value: podSlots)
    capacity[ResourceName.cpu] = Quantity(value: machine.vCPUs)
    capacity[ResourceName.memory] = Quantity(value: machine.memoryMiB << 20)
    if machine.gpus > 0 { capacity["nvidia.com/gpu"] = Quantity(value: machine.gpus) }
    for (key, value) in values(tags, "resources/") where !key.isEmpty {
      if let quantity = try? Quantity(parsing: value) { capacity[key] = quantity }
    }
    return capacity
  }

  /// The static pod that every node is thought to run (`cloudprovider/utils.go`).
  private static func kubeProxy(_ group: String) -> Pod {
    var container = Container(name: "kube-proxy")
    container.resources.requests[ResourceName.cpu] = Quantity(milliValue: 100)
    var metadata = ObjectMeta(
      name: "kube-proxy-\(group)", namespace: "kube-system",
      labels: ["component": "kube-proxy", "tier": "node"])
    metadata.annotations["kubernetes.io/config.source"] = "file"
    metadata.annotations["kubernetes.io/config.mirror"] = "1234567890abcdef"
    return Pod(
      metadata: metadata, spec: Shared(PodBlueprint(PodSpec(containers: [container]))))
  }

  // MARK: Tags

  private static func values(
    _ tags: [(key: String, value: String)], _ kind: String
  ) -> [(key: String, value: String)] {
    let prefix = tagPrefix + kind
    return tags.compactMap { tag in
      tag.key.hasPrefix(prefix) ? (String(tag.key.dropFirst(prefix.count)), tag.value) : nil
    }
  }

  /// From `<value>:<effect>`; anything else is no taint.
  private static func taint(_ tag: (key: String, value: String)) -> Taint? {
    let parts = tag.value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let effect = Taint.Effect(rawValue: String(parts[1])) else {
      return nil
    }
    return Taint(key: tag.key, value: String(parts[0]), effect: effect)
  }

  /// What the tags `…/autoscaling-options/<name>` set; a value that cannot be read sets nothing.
  public static func options(_ tags: [(key: String, value: String)]) -> NodeGroupOptions {
    var options = NodeGroupOptions()
    for (key, value) in values(tags, "autoscaling-options/") {
      switch key {
      case "scaledownutilizationthreshold":
        options.scaleDownUtilizationThreshold = Double(value)
      case "scaledowngpuutilizationthreshold":
        options.scaleDownGPUUtilizationThreshold = Double(value)
      case "scaledownunneededtime": options.scaleDownUnneededTime = FlagText.duration(value)
      case "scaledownunreadytime": options.scaleDownUnreadyTime = FlagText.duration(value)
      case "ignoredaemonsetsutilization":
        options.ignoreDaemonSetsUtilization = FlagText.bool(value)
      default: break
      }
    }
    return options
  }
}
