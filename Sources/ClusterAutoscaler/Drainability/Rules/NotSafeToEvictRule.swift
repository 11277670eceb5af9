import KubernetesObjects

/// A pod annotated `safe-to-evict: "false"` stays (`rules/notsafetoevict` 1.36).
struct NotSafeToEvictRule: DrainabilityRule {
  func outcome(of pod: Pod, in context: DrainContext) -> DrainOutcome {
    pod.metadata.annotations[DrainAnnotation.safeToEvict] == "false"
      ? .block(.notSafeToEvictAnnotation) : .undefined
  }
}
