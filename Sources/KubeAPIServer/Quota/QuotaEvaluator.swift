public import KubernetesObjects

/// Holds pods against the quotas of their namespace.
///
/// Follows apiserver `admission/plugin/resourcequota` and `pkg/quota/v1/evaluator/core/pods.go`
/// 1.36.
public enum QuotaEvaluator {
  static let podCount = "count/pods"

  /// What a pod is charged: effective requests and limits, and itself.
  ///
  /// A pod that has ended, or whose grace has run out, counts as an object only.
  public static func usage(of spec: PodSpec, isFinished: Bool = false) -> ResourceList {
    var usage = ResourceList()
    usage[podCount] = Quantity(value: 1)
    if isFinished { return usage }
    usage.add(
      charges(
        requests: EffectiveResources.requestList(of: spec),
        limits: EffectiveResources.limitList(of: spec)))
    return usage
  }

  private static func charges(requests: ResourceList, limits: ResourceList) -> ResourceList {
    var result = ResourceList()
    result[ResourceName.pods] = Quantity(value: 1)
    let compute = [ResourceName.cpu, ResourceName.memory, ResourceName.ephemeralStorage]
    for name in compute {
      if let request = requests[name] {
        result[name] = request
        result["requests.\(name)"] = request
      }
      if let limit = limits[name] { result["limits.\(name)"] = limit }
    }
    for entry in requests.entries where !compute.contains(entry.name) {
      if entry.name.hasPrefix(ResourceName.hugePagesPrefix) { result[entry.name] = entry.quantity }
      result["requests.\(entry.name)"] = entry.quantity
    }
    return result
  }

  /// The quotas after the pod has been charged to all that match it.
  ///
  /// Throws the first quota's refusal: a container that leaves out what is counted, or too much in
  /// all. Quotas are asked in the order given.
  public static func charge(
    _ spec: PodSpec, named name: String, to quotas: [ResourceQuota]
  ) throws(APIError) -> [ResourceQuota] {
    let matching = quotas.indices.filter { quotas[$0].matches(spec) }
    for index in matching {
      let missing = missing(in: spec, quotas[index])
      if !missing.isEmpty {
        throw .forbidden(
          .pods, name,
          because: "failed quota: \(quotas[index].metadata.name): must specify \(missing)")
      }
    }
    let usage = usage(of: spec)
    let negative = usage.entries.filter { $0.quantity.sign < 0 }.map(\.name)
    if !negative.isEmpty {
      throw .forbidden(
        .pods, name,
        because: "quota usage is negative for resource(s): \(negative.joined(separator: ","))")
    }
    var charged = quotas
    for index in matching {
      charged[index].used = try used(by: usage, named: name, quotas[index])
    }
    return charged
  }

  private static func used(
    by usage: ResourceList, named name: String, _ quota: ResourceQuota
  ) throws(APIError) -> ResourceList {
    var used = quota.used
    var exceeded: [(name: String, requested: Quantity, used: Quantity, hard: Quantity)] = []
    for entry in usage.entries where !entry.quantity.isZero {
      guard let hard = quota.hard[entry.name] else { continue }
      let before = quota.used[entry.name] ?? .zero
      let after = before + entry.quantity
      used[entry.name] = after
      if after > hard { exceeded.append((entry.name, entry.quantity, before, hard)) }
    }
    guard exceeded.isEmpty else {
      let requested = exceeded.map { "\($0.name)=\($0.requested)" }.joined(separator: ",")
      let before = exceeded.map { "\($0.name)=\($0.used)" }.joined(separator: ",")
      let limited = exceeded.map { "\($0.name)=\($0.hard)" }.joined(separator: ",")
      throw .forbidden(
        .pods, name,
        because: "exceeded quota: \(quota.metadata.name), requested: \(requested), "
          + "used: \(before), limited: \(limited)")
    }
    return used
  }

  // Counting cpu or memory obliges every container to say how much; the real program keeps this
  // for compatibility and extends it to nothing else.
  private static let mandatory = [
    "cpu", "limits.cpu", "limits.memory", "memory", "requests.cpu", "requests.memory",
  ]

  /// `cpu for: c1,c2; memory for: c2`; empty if nothing is missing.
  private static func missing(in spec: PodSpec, _ quota: ResourceQuota) -> String {
    let podLevel = charges(
      requests: spec.resources?.requests ?? ResourceList(),
      limits: spec.resources?.limits ?? ResourceList())
    return mandatory.filter { quota.hard[$0] != nil && podLevel[$0] == nil }
      .compactMap { name -> String? in
        let containers = (spec.containers + spec.initContainers).filter { container in
          charges(
            requests: container.resources.requests, limits: container.resources.limits)[name]
            == nil
        }
        if containers.isEmpty { return nil }
        return "\(name) for: " + containers.map(\.name).sorted().joined(separator: ",")
      }
      .joined(separator: "; ")
  }

  /// What a quota's usage is when all its pods are counted anew, for the resources it limits.
  ///
  /// - Complexity: linear in the pods.
  public static func recount(
    _ quota: ResourceQuota, pods: some Sequence<(spec: PodSpec, isFinished: Bool)>
  ) -> ResourceList {
    var used = ResourceList()
    for entry in quota.hard.entries { used[entry.name] = .zero }
    for pod in pods where quota.matches(pod.spec) {
      for entry in usage(of: pod.spec, isFinished: pod.isFinished).entries
      where quota.hard[entry.name] != nil {
        used[entry.name] = (used[entry.name] ?? .zero) + entry.quantity
      }
    }
    return used
  }
}
