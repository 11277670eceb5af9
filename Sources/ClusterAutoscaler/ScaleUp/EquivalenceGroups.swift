import KubernetesObjects

/// Pods that no scheduler could tell apart, so that one stands for all.
///
/// Follows `core/scaleup/equivalence/groups.go` and `utils/utils.go` of cluster-autoscaler 1.36.
public enum EquivalenceGroups {
  /// So many different pods of one controller are remembered; every further kind stands alone.
  static let mostByController = 10

  /// The indices of the pods, group by group in order of first appearance.
  public static func group(_ pods: [AutoscalerPod]) -> [[Int]] {
    var groups: [[Int]] = []
    var byController: [UID: [Int]] = [:]
    for (index, pod) in pods.enumerated() {
      guard let owner = pod.pod.metadata.owner, !pod.pod.isDaemonSetPod else {
        groups.append([index])
        continue
      }
      let known = byController[owner.uid, default: []]
      if let match = known.first(where: { areEquivalent(pod.pod, pods[groups[$0][0]].pod) }) {
        groups[match].append(index)
        continue
      }
      if known.count < mostByController { byController[owner.uid] = known + [groups.count] }
      groups.append([index])
    }
    return groups
  }

  static func areEquivalent(_ a: Pod, _ b: Pod) -> Bool {
    a.metadata.labels == b.metadata.labels && haveEqualSpecs(a, b)
  }

  /// Whether two specs are equal but for what is made for each pod anew.
  static func haveEqualSpecs(_ a: Pod, _ b: Pod) -> Bool {
    a.spec.isIdentical(to: b.spec) || comparable(a) == comparable(b)
  }

  private static func comparable(_ pod: Pod) -> PodSpec {
    var spec = pod.spec.value.spec
    spec.volumes.removeAll { $0.source == .other("projected") }
    for index in spec.containers.indices {
      spec.containers[index].environment["JOB_COMPLETION_INDEX"] = nil
    }
    return spec
  }
}
