import KubernetesObjects

/// Whether two groups make nodes so alike that new ones may be spread over both.
///
/// Follows `processors/nodegroupset/{compare_nodegroups,aws_nodegroups,label_nodegroups}.go` of
/// cluster-autoscaler 1.36, for 1.13 `compare_nodegroups.go` of that release.
public enum SimilarGroups {
  /// Labels in which similar nodes may differ.
  static let ignoredLabels: Set<String> = [
    WellKnownLabel.hostname, WellKnownLabel.zone, WellKnownLabel.region, WellKnownLabel.zoneBeta,
    WellKnownLabel.regionBeta, "beta.kubernetes.io/fluentd-ds-ready", "kops.k8s.io/instancegroup",
  ]

  /// Further ones on AWS.
  static let ignoredLabelsOnAWS: Set<String> = [
    "alpha.eksctl.io/instance-id", "alpha.eksctl.io/nodegroup-name",
    "eks.amazonaws.com/nodegroup", "k8s.amazonaws.com/eniConfig", "lifecycle",
    "topology.ebs.csi.aws.com/zone", "topology.k8s.aws/zone-id",
  ]

  private static let ignoredLabels113: Set<String> = [
    WellKnownLabel.hostname, WellKnownLabel.zoneBeta, WellKnownLabel.regionBeta,
    "beta.kubernetes.io/fluentd-ds-ready",
  ]

  public static func areSimilar(
    _ a: NodeTemplate, _ b: NodeTemplate, options: AutoscalerOptions
  ) -> Bool {
    let isOld = options.release == .v1_13
    if !isOld, !options.balancingLabels.isEmpty {
      return options.balancingLabels.allSatisfy { label in
        let value = a.node.metadata.labels[label]
        return value != nil && value == b.node.metadata.labels[label]
      }
    }
    return haveSimilarCapacity(a, b, memoryRatio: isOld ? 0 : options.memoryDifferenceRatio)
      && areWithin(
        options.maxAllocatableDifferenceRatio, amounts(a.node.status.allocatable),
        amounts(b.node.status.allocatable))
      && areWithin(options.maxFreeDifferenceRatio, free(a), free(b))
      && haveSameLabels(a.node, b.node, options, isOld: isOld)
  }

  private typealias Amounts = [(name: String, milli: Int64)]

  private static func amounts(_ list: ResourceList) -> Amounts {
    list.entries.map { ($0.name, $0.quantity.milliValue) }
  }

  /// Memory may differ a little: machines of one type report different amounts.
  private static func haveSimilarCapacity(
    _ a: NodeTemplate, _ b: NodeTemplate, memoryRatio: Double
  ) -> Bool {
    let left = a.node.status.capacity.entries
    let right = b.node.status.capacity.entries
    guard left.map(\.name) == right.map(\.name) else { return false }
    return zip(left, right).allSatisfy { pair in
      pair.0.name == ResourceName.memory
        ? isWithin(memoryRatio, pair.0.quantity.milliValue, pair.1.quantity.milliValue)
        : pair.0.quantity == pair.1.quantity
    }
  }

  /// What the daemon pods leave of the allocatable cpu, memory, storage and what else they use.
  private static func free(_ template: NodeTemplate) -> Amounts {
    var used = ResourceVector()
    for pod in template.pods { used += pod.spec.value.requests }
    func rest(_ name: String, _ usedMilli: Int64) -> (name: String, milli: Int64) {
      (name, (template.node.status.allocatable[name]?.milliValue ?? 0) &- usedMilli)
    }
    return [
      rest(ResourceName.cpu, used.milliCPU), rest(ResourceName.memory, used.memory &* 1_000),
      rest(ResourceName.ephemeralStorage, used.ephemeralStorage &* 1_000),
    ] + used.scalars.map { rest($0.name, $0.value &* 1_000) }
  }

  private static func areWithin(_ ratio: Double, _ a: Amounts, _ b: Amounts) -> Bool {
    a.map(\.name) == b.map(\.name)
      && zip(a, b).allSatisfy { isWithin(ratio, $0.milli, $1.milli) }
  }

  private static func isWithin(_ ratio: Double, _ a: Int64, _ b: Int64) -> Bool {
    let larger = Double(max(a, b))
    return larger - Double(min(a, b)) <= larger * ratio
  }

  private static func haveSameLabels(
    _ a: Node, _ b: Node, _ options: AutoscalerOptions, isOld: Bool
  ) -> Bool {
    func compared(_ node: Node) -> [Labels.Pair] {
      node.metadata.labels.pairs.filter { pair in
        if isOld { return !ignoredLabels113.contains(pair.key) }
        return !ignoredLabels.contains(pair.key) && !ignoredLabelsOnAWS.contains(pair.key)
          && !options.balancingIgnoreLabels.contains(pair.key)
      }
    }
    return compared(a) == compared(b)
  }
}
