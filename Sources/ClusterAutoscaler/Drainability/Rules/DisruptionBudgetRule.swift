import KubernetesObjects

/// A pod whose budget allows no disruption stays (`rules/pdb` 1.36).
struct DisruptionBudgetRule: DrainabilityRule {
  func outcome(of pod: Pod, in context: DrainContext) -> DrainOutcome {
    context.budgets.matching(pod).contains { $0.disruptionsAllowed < 1 }
      ? .block(.notEnoughPdb) : .undefined
  }
}
