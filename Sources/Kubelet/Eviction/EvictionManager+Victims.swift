import KubernetesObjects

extension EvictionManager {
  /// Who goes for one of the starved thresholds of a pass: `all` of them, `observations` and `pods`
  /// as that pass saw them.
  ///
  /// Complexity: linear in pods and in the critical ones that are spared.
  public func victims(
    of starvation: Starvation, among all: [Starvation], observations: SignalObservations,
    pods: [EvictionPod]
  ) -> EvictionVictims {
    let signal = starvation.threshold.signal
    let ranks = pods.map { EvictionRank($0, for: signal, layout: configuration.layout) }
    let candidates = pods.indices.filter { !pods[$0].isCritical }
    guard let first = candidates.lazy.map({ ranks[$0] }).min() else {
      return EvictionVictims(best: [], spared: Array(pods.indices))
    }
    // Only thresholds for the same resource are named.
    let named = all.filter { $0.resource == starvation.resource }
    let best = candidates.filter { !(first < ranks[$0]) }.map { index in
      PodEviction(
        pod: index, gracePeriod: gracePeriod(for: pods[index], starvation.threshold),
        grounds: .starvation(starvation.resource, ranks[index]),
        texts: texts(for: pods[index], starvation.resource, named, observations))
    }
    let spared = pods.indices.filter { pods[$0].isCritical && ranks[$0] < first }
    return EvictionVictims(best: best, spared: spared)
  }

  /// A hard threshold grants a second; a soft one the pod's own period up to the longest allowed.
  private func gracePeriod(for pod: EvictionPod, _ threshold: EvictionThreshold) -> Duration {
    if threshold.isHard { return Self.immediateGracePeriod }
    let longest = configuration.maximumPodGracePeriod
    return pod.terminationGracePeriodSeconds.map { min(longest, .seconds($0)) } ?? longest
  }

  private func texts(
    for pod: EvictionPod, _ resource: StarvedResource, _ starvations: [Starvation],
    _ observations: SignalObservations
  ) -> [PodEvictionText] {
    var texts: [PodEvictionText] = []
    for starvation in starvations {
      guard let observation = observations[starvation.threshold.signal] else { continue }
      let text =
        configuration.release == .v1_11
        ? PodEvictionText(until1_25: pod, starved: resource)
        : PodEvictionText(
          pod, starved: resource, threshold: starvation.threshold, observation: observation)
      if !texts.contains(text) { texts.append(text) }
    }
    return texts
  }
}
