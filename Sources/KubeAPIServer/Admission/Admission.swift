public import KubernetesObjects

/// What admission in one namespace depends on.
public struct AdmissionPolicies: Sendable {
  public var release: KubernetesRelease
  /// Those of the pod's namespace, in name order.
  public var limitRanges: [LimitRange]
  public var priorityClasses: [PriorityClass]

  public init(
    release: KubernetesRelease = .v1_36, limitRanges: [LimitRange] = [],
    priorityClasses: [PriorityClass] = []
  ) {
    self.release = release
    self.limitRanges = limitRanges
    self.priorityClasses = priorityClasses
  }
}

/// A spec as the API server stores it, and the annotations admission adds to the pod.
public struct AdmittedPod: Sendable {
  public var spec: PodSpec
  public var annotations: Labels
}

/// What the API server does to pods and nodes before it stores them: defaulting, the mutating
/// admission plugins, validation, the validating plugins, in this order.
///
/// Quotas come last and depend on what else is there: `QuotaEvaluator`.
public enum Admission {
  /// Admits a pod; what it does is the same for all pods of one template in one namespace, except
  /// for the name in refusals.
  public static func admit(
    _ original: PodSpec, named name: String, namespace: String, policies: AdmissionPolicies
  ) throws(APIError) -> AdmittedPod {
    var spec = original
    spec.applyPodDefaults()
    var annotations = Labels()
    for range in policies.limitRanges {
      if let note = LimitRanger.applyDefaults(of: range, to: &spec) {
        annotations[LimitRanger.annotation] = note
      }
    }
    do {
      try PriorityAdmission.resolve(&spec, namespace: namespace, policies: policies)
    } catch {
      throw .forbidden(.pods, name, because: error.message)
    }
    DefaultTolerations.add(to: &spec)
    let causes = ResourceValidation.causes(in: spec)
    if !causes.isEmpty { throw .invalid(.pods, name, causes: causes) }
    for range in policies.limitRanges {
      let violations = LimitRanger.violations(of: range, by: spec)
      if !violations.isEmpty {
        throw .forbidden(.pods, name, because: APIError.aggregate(violations))
      }
    }
    return AdmittedPod(spec: spec, annotations: annotations)
  }

  /// A new node is kept free until it says that it is ready ([36]
  /// `plugin/pkg/admission/nodetaint`). Release 1.11 had the plugin off.
  public static func admit(_ node: Node, release: KubernetesRelease = .v1_36) -> Node {
    let taint = Taint(key: Taint.Key.notReady, effect: .noSchedule)
    var admitted = node
    if release == .v1_36,
      !admitted.taints.contains(where: { $0.key == taint.key && $0.effect == taint.effect })
    {
      admitted.taints.append(taint)
    }
    return admitted
  }
}
