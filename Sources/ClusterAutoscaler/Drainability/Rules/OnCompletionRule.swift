import KubernetesObjects

/// A pod annotated `safe-to-evict: on-completion` is let run to its end (`rules/oncompletion`
/// 1.36).
struct OnCompletionRule: DrainabilityRule {
  func outcome(of pod: Pod, in context: DrainContext) -> DrainOutcome {
    pod.metadata.annotations[DrainAnnotation.safeToEvict] == "on-completion"
      ? .wait : .undefined
  }
}
