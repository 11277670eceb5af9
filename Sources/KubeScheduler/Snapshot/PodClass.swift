import KubernetesObjects

/// All pods that no rule of the scheduler can tell apart: same namespace, labels, spec and owner.
///
/// A deployment's hundred thousand pods are one class, and everything that follows from a class
/// is worked out once.
struct PodClass: Sendable {
  let namespace: String
  let labels: Labels
  let spec: Shared<PodBlueprint>
  let owner: OwnerReference?
  let isTerminating: Bool
  let isPreempted: Bool
  /// The pod's name, if its volumes go by it: then it is alone in its class.
  let name: String
  let priority: Int32
  let placement: Int32
  let request: RequestShape
  let requestIndex: Int32
  let ports: [HostPort]
  let volumes: [PodVolume]
  let requiredAffinity: [AffinityTerm]
  let requiredAntiAffinity: [AffinityTerm]
  let preferredAffinity: [PreferredAffinity]
  var podCount: Int32 = 0
  var tallies: [TallyLink] = []
  var plan: ClassPlan?

  init(
    _ pod: PodRef, placement: Int32, request: RequestShape, requestIndex: Int32
  ) {
    namespace = pod.namespace
    labels = pod.labels
    spec = pod.spec
    owner = pod.owner
    isTerminating = pod.isTerminating
    isPreempted = pod.isPreempted
    priority = pod.priority
    self.placement = placement
    self.request = request
    self.requestIndex = requestIndex
    ports = pod.spec.value.hostPorts.map(HostPort.init)
    volumes = PodVolume.volumes(of: pod)
    let isNamed = volumes.contains { volume in
      if case .claim(_, isEphemeral: true) = volume { true } else { false }
    }
    name = isNamed ? pod.name : ""
    let affinity = pod.spec.value.spec.affinity
    func resolve(_ term: PodAffinityTerm) -> AffinityTerm {
      AffinityTerm(term, namespace: pod.namespace, labels: pod.labels)
    }
    requiredAffinity = (affinity?.requiredPodAffinity ?? []).map(resolve)
    requiredAntiAffinity = (affinity?.requiredPodAntiAffinity ?? []).map(resolve)
    preferredAffinity =
      (affinity?.preferredPodAffinity ?? []).map {
        PreferredAffinity(term: resolve($0.term), weight: Int32(clamping: $0.weight))
      }
      + (affinity?.preferredPodAntiAffinity ?? []).map {
        PreferredAffinity(term: resolve($0.term), weight: -Int32(clamping: $0.weight))
      }
  }

  var hasAffinity: Bool {
    !requiredAffinity.isEmpty || !requiredAntiAffinity.isEmpty || !preferredAffinity.isEmpty
  }

  func isSame(as pod: PodRef) -> Bool {
    isTerminating == pod.isTerminating && isPreempted == pod.isPreempted && labels == pod.labels
      && namespace == pod.namespace && owner == pod.owner && (name.isEmpty || name == pod.name)
  }
}

/// That a class counts in a tally, and how much.
struct TallyLink: Sendable, BitwiseCopyable {
  var tally: Int32
  var weight: Int32
  /// How many terms the weight is the sum of: weights may cancel, terms do not.
  var terms: Int32
}
