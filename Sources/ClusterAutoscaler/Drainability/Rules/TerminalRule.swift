import KubernetesObjects

/// A pod that will not run again may go (`rules/terminal` 1.36).
struct TerminalRule: DrainabilityRule {
  func outcome(of pod: Pod, in context: DrainContext) -> DrainOutcome {
    switch pod.status.phase {
    case .failed: .drain
    case .succeeded: pod.spec.value.spec.restartPolicy == .always ? .undefined : .drain
    case .pending, .running, .unknown: .undefined
    }
  }
}
