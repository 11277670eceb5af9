extension AutoscalerOptions {
  /// What is right by itself and wrong together; the real program would not start.
  public var conflicts: [FlagProblem] {
    // Whether the provider knows prices shows only when the groups are there.
    var problems = ExpanderChain.problems(expander, providerHasPrices: true).map {
      FlagProblem(.error, flag: "expander", $0.description)
    }
    if !balancingLabels.isEmpty, !balancingIgnoreLabels.isEmpty {
      problems.append(
        FlagProblem(
          .error, flag: "balancing-label", "cannot be used together with --balancing-ignore-label")
      )
    }
    if cloudProvider == "aws", expander.contains(.price) {
      problems.append(
        FlagProblem(.error, flag: "expander", ExpanderProblem.noPriceModel.description))
    }
    return problems
  }
}
