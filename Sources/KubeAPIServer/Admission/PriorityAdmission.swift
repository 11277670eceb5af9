import KubernetesObjects

/// Turns a priority class's name into a number.
///
/// Follows `plugin/pkg/admission/priority` 1.36.
enum PriorityAdmission {
  struct Refusal: Error {
    var message: String
  }

  static func resolve(
    _ spec: inout PodSpec, namespace: String, policies: AdmissionPolicies
  ) throws(Refusal) {
    let priorityClass = try priorityClass(for: spec, namespace: namespace, policies: policies)
    let priority = priorityClass?.value ?? 0
    let policy = priorityClass?.preemptionPolicy ?? .preemptLowerPriority
    if let given = spec.priority, given != priority {
      throw Refusal(
        message: "the integer value of priority (\(given)) must not be provided in pod spec; "
          + "priority admission controller computed \(priority) from the given PriorityClass name")
    }
    // An absent policy reads as the default one, which the class may override.
    if spec.preemptionPolicy == .never, policy != .never, policies.release == .v1_36 {
      throw Refusal(
        message: "the string value of PreemptionPolicy (Never) must not be provided in pod spec; "
          + "priority admission controller computed \(policy.rawValue) from the given "
          + "PriorityClass name")
    }
    spec.priorityClassName = priorityClass?.metadata.name
    spec.priority = priority
    spec.preemptionPolicy = policy
  }

  /// The named class, or the global default; nil if there is neither name nor default.
  private static func priorityClass(
    for spec: PodSpec, namespace: String, policies: AdmissionPolicies
  ) throws(Refusal) -> PriorityClass? {
    guard let name = spec.priorityClassName else {
      // Several defaults can exist after a race: the lowest counts.
      return policies.priorityClasses.filter(\.globalDefault)
        .min { ($0.value, $0.metadata.name) < ($1.value, $1.metadata.name) }
    }
    if let system = PriorityClass.system(name) {
      // Until 1.16 only the cluster's own namespace could use them.
      if policies.release == .v1_11, namespace != "kube-system" {
        throw Refusal(
          message: "pods with \(name) priorityClass is not permitted in \(namespace) namespace")
      }
      return system
    }
    guard let found = policies.priorityClasses.first(where: { $0.metadata.name == name }) else {
      throw Refusal(message: "no PriorityClass with name \(name) was found")
    }
    return found
  }
}
