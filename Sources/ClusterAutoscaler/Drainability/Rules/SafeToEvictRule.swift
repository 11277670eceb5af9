import KubernetesObjects

/// A pod annotated `safe-to-evict: "true"` may always go (`rules/safetoevict` 1.36).
struct SafeToEvictRule: DrainabilityRule {
  func outcome(of pod: Pod, in context: DrainContext) -> DrainOutcome {
    pod.metadata.annotations[DrainAnnotation.safeToEvict] == "true" ? .drain : .undefined
  }
}
