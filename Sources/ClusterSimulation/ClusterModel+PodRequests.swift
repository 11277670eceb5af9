import ClusterState
import KubeAPIServer
import KubeControllers
import KubernetesObjects
import SimulationKernel
import Traces

extension ClusterModel {
  /// Creates a pod for an owner: named, admitted, charged to its quotas, stored.
  mutating func create(
    _ owned: OwnedPod, in context: inout ClusterContext
  ) throws(Refusal) -> AppliedObject {
    var name = owned.name
    if owned.generatesName {
      name = GeneratedName.name(base: owned.name, random: streams.nameBits())
    }
    let template = owned.template
    var labels = template.value.labels
    for pair in owned.extraLabels.pairs { labels[pair.key] = pair.value }
    let admitted = try blueprints.admit(owned, named: name, policies(in: owned.namespace))
    var annotations = template.value.annotations
    for pair in admitted.annotations.pairs { annotations[pair.key] = pair.value }
    let metadata = ObjectMeta(
      name: name, namespace: owned.namespace, uid: identifiers.nextUID(), labels: labels,
      annotations: annotations, owner: owned.owner)
    return try store(Pod(metadata: metadata, spec: admitted.blueprint), in: &context)
  }

  /// Creates a pod that a person wrote.
  mutating func create(
    _ pod: Pod, in context: inout ClusterContext
  ) throws(Refusal) -> AppliedObject {
    let metadata = pod.metadata
    let admitted = try BlueprintCache.admit(
      pod.spec.value.spec, metadata.name, metadata.namespace, policies(in: metadata.namespace))
    return try store(metadata, admitted, in: &context)
  }

  /// Creates one of many pods that share their spec.
  mutating func create(
    sharing pod: Pod, in context: inout ClusterContext
  ) throws(Refusal) -> AppliedObject {
    let metadata = pod.metadata
    if let known = blueprints.admitted(sharing: pod.spec, in: metadata.namespace) {
      return try store(metadata, known, in: &context)
    }
    let admitted = try blueprints.admit(
      sharing: pod.spec, named: metadata.name, in: metadata.namespace,
      policies(in: metadata.namespace))
    return try store(metadata, admitted, in: &context)
  }

  private mutating func store(
    _ metadata: ObjectMeta, _ admitted: BlueprintCache.Admitted,
    in context: inout ClusterContext
  ) throws(Refusal) -> AppliedObject {
    var pod = Pod(metadata: metadata, spec: admitted.blueprint)
    for pair in admitted.annotations.pairs { pod.metadata.annotations[pair.key] = pair.value }
    return try store(pod, in: &context)
  }

  func policies(in namespace: String) -> AdmissionPolicies {
    AdmissionPolicies(
      release: parameters.release,
      limitRanges: cluster.limitRanges.filter { $0.metadata.namespace == namespace }
        .sorted { $0.metadata.name < $1.metadata.name },
      priorityClasses: cluster.priorityClasses)
  }

  private mutating func store(
    _ pod: Pod, in context: inout ClusterContext
  ) throws(Refusal) -> AppliedObject {
    try charge(pod, in: &context)
    var pod = pod
    // [36] `pkg/registry/core/pod` says so as the pod is stored.
    if !pod.spec.value.spec.schedulingGates.isEmpty {
      pod.status.set(
        .scheduled, .false, reason: "SchedulingGated",
        message: "Scheduling is blocked due to non-empty scheduling gates", at: context.now)
    }
    let created = try write(.createPod(pod), in: &context)
    try createClaims(of: pod, in: &context)
    return created
  }

  // The quota controller keeps the usage current; here it is counted when somebody asks.
  private mutating func charge(
    _ pod: Pod, in context: inout ClusterContext
  ) throws(Refusal) {
    var quotas = cluster.resourceQuotas.filter {
      $0.metadata.namespace == pod.metadata.namespace
    }
    guard !quotas.isEmpty else { return }
    let pods = cluster.pods.ids.compactMap { cluster.pods[$0] }.filter {
      $0.metadata.namespace == pod.metadata.namespace
    }.map { (spec: $0.spec.value.spec, isFinished: $0.status.phase.isTerminal) }
    for index in quotas.indices {
      quotas[index].used = QuotaEvaluator.recount(quotas[index], pods: pods)
    }
    do throws(APIError) {
      quotas = try QuotaEvaluator.charge(
        pod.spec.value.spec, named: pod.metadata.name, to: quotas)
    } catch {
      throw .refused(code: error.code, reason: error.reason.rawValue, message: error.message)
    }
    for quota in quotas { _ = try write(.putResourceQuota(quota), in: &context) }
  }

  /// Says an Event of a controller, with the name of the pod it is about filled in.
  ///
  /// Like the real recorder it counts what repeats, combines what is similar, and drops what is too
  /// much for one object; what goes out takes a token of the controller's client.
  mutating func say(
    _ event: KubernetesEvent?, _ controller: Int, object: AppliedObject = .other,
    in context: inout ClusterContext
  ) {
    guard var event else { return }
    // The name stands at the end, if at all; a search of the whole text is dear for so many pods.
    if case .pod(let id) = object, event.message.hasSuffix("%pod"),
      let name = cluster.pods.read(id, { $0.metadata.name })
    {
      event.message = event.message.dropLast(4) + name
    }
    let reported = ReportedEvent(
      event.type == .warning ? .warning : .normal, reason: event.reason, message: event.message)
    let outcome = controllerManager.running[controller].correlator.observe(
      reported, about: "\(event.kind)/\(event.namespace)/\(event.name)", at: context.now)
    switch outcome {
    case .dropped: return
    case .created(let message):
      event.message = message
      context.record(.event(event, count: 1))
    case .counted(let message, let count):
      event.message = message
      context.record(.event(event, count: count))
    }
    _ = controllerManager.running[controller].client.effectTime(of: context.now)
  }
}
