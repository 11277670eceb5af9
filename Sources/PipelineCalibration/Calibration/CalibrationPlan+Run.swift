import SimulationKernel

/// All draws that were kept.
public struct CalibrationResults: Sendable {
  public var draws: Int
  /// In the order in which they were drawn.
  public var kept: [KeptDraw]
  /// Draws that agree with A alone.
  public var agreeingWithSmall: Int

  /// The share of the prior's volume that was kept.
  public var keptShare: Double { Double(kept.count) / Double(draws) }
}

extension CalibrationPlan {
  /// Draws from the prior and keeps what agrees with both published rates.
  ///
  /// - Parameters:
  ///   - threads: 1 for one block after the other; nil, the default, for all processors. The
  ///     results are the same.
  ///   - progress: told how many blocks of how many are done.
  /// - Complexity: some 10 solutions for two draws of three, and 1 500 for each that is kept.
  public func run(
    threads: Int? = nil, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) -> CalibrationResults {
    let capacity = self.capacity
    let fixedWorkers = fixedWorkerCapacity
    let blocks = (draws + blockSize - 1) / blockSize
    let parts = IndexedBlocks.map(
      blocks, threads: threads, done: { progress($0, blocks) }
    ) { block in
      let first = block * blockSize
      return draw(
        first..<min(draws, first + blockSize), block: UInt64(block), capacity, fixedWorkers)
    }
    return CalibrationResults(
      draws: draws, kept: parts.flatMap(\.kept),
      agreeingWithSmall: parts.reduce(0) { $0 + $1.agreeingWithSmall })
  }

  /// The capacity of a system whose pods have the plan's cores.
  public var capacity: PipelineCapacity {
    PipelineCapacity(
      pods: PodTable(cores: shape.podCores, threadCounts: threadCounts),
      nodeCores: shape.nodeCores)
  }

  /// The same where pods in proportion to nodes share the workers of the tuned system.
  public var fixedWorkerCapacity: PipelineCapacity {
    let pods = Double(proportionalPods(nodes: shape.largeNodes))
    return PipelineCapacity(
      pods: PodTable(
        cores: min(shape.podCores, shape.workerCores / pods), threadCounts: threadCounts),
      nodeCores: shape.nodeCores)
  }

  /// One parameter's stream for a block of draws.
  func stream(_ parameter: CalibratedParameter, block: UInt64) -> RandomStream {
    RandomStreams(seed: seed).stream("calibration." + parameter.rawValue, entity: block)
  }

  private func draw(
    _ numbers: Range<Int>, block: UInt64, _ capacity: PipelineCapacity,
    _ fixedWorkers: PipelineCapacity
  ) -> CalibrationResults {
    var streams = CalibratedParameter.allCases.map { stream($0, block: block) }
    var results = CalibrationResults(draws: numbers.count, kept: [], agreeingWithSmall: 0)
    for number in numbers {
      let parameters = prior.sample(using: &streams)
      guard canReachSmall(parameters) else { continue }
      let rules = TuningRules(self, parameters, capacity, fixedWorkers: fixedWorkers)
      let threads = rules.frozenThreads()
      let small = rules.rate(
        pods: shape.smallPods, threads: threads, nodes: shape.smallNodes)
      guard agrees(small, published.smallRate) else { continue }
      results.agreeingWithSmall += 1
      let wanted =
        (published.tunedRate * (1 - tolerance))...(published.tunedRate * (1 + tolerance))
      guard rules.mayBeTuned(nodes: shape.largeNodes, within: wanted) else { continue }
      let tuned = rules.tuned(nodes: shape.largeNodes)
      guard agrees(tuned.rate, published.tunedRate) else { continue }
      results.kept.append(
        KeptDraw(
          index: number, parameters: parameters, frozenThreads: threadCounts[threads],
          smallRate: small, tuned: tuned,
          outlooks: nodeCounts.map { outlook(rules, threads: threads, nodes: $0, tuned) }))
    }
    return results
  }

  private func outlook(
    _ rules: TuningRules, threads: Int, nodes: Int, _ large: TunedDesign
  ) -> KeptDraw.Outlook {
    KeptDraw.Outlook(
      nodes: nodes, tuned: nodes == shape.largeNodes ? large : rules.tuned(nodes: nodes),
      untuned: UntunedRule.allCases.map { rule in
        switch rule {
        case .proportional: rules.proportional(threads: threads, nodes: nodes)
        case .whileItHelps: rules.whileItHelps(threads: threads, nodes: nodes)
        case .fixedWorkers: rules.onFixedWorkers(threads: threads, nodes: nodes)
        }
      })
  }

  private func agrees(_ rate: Double, _ published: Double) -> Bool {
    abs(rate / published - 1) <= tolerance
  }

  /// Whether the cores of A allow its rate at all: no solution is needed for most draws.
  private func canReachSmall(_ parameters: CheckParameters) -> Bool {
    let least = published.smallRate * (1 - tolerance)
    return Double(shape.smallPods) * shape.podCores / parameters.podWork >= least
      && Double(shape.smallNodes * shape.nodeCores) / parameters.cassandraWork >= least
  }
}

extension CalibrationPlan {
  /// What the rules make of given costs, whether they agree with the published rates or not.
  public func outcome(of parameters: CheckParameters) -> KeptDraw {
    let rules = TuningRules(self, parameters, capacity, fixedWorkers: fixedWorkerCapacity)
    let threads = rules.frozenThreads()
    let tuned = rules.tuned(nodes: shape.largeNodes)
    return KeptDraw(
      index: 0, parameters: parameters, frozenThreads: threadCounts[threads],
      smallRate: rules.rate(pods: shape.smallPods, threads: threads, nodes: shape.smallNodes),
      tuned: tuned,
      outlooks: nodeCounts.map { outlook(rules, threads: threads, nodes: $0, tuned) })
  }
}
