public import ClusterSimulation
import Dispatch
public import ExperimentStore
import Scenarios
import Statistics
import Synchronization
import Traces

/// Why an experiment could not be run to its end; all runs that ended are in its store.
public enum ExperimentFailure: Error, Sendable, CustomStringConvertible {
  case store(StoreFailure)
  case assembly(point: String, AssemblyError)
  /// No run has the figures that these responses name.
  case unknownMetrics([DesignedExperiment.Response], known: [String])

  public var description: String {
    switch self {
    case .store(let failure): failure.description
    case .assembly(let point, let error): "\(point): \(error)"
    case .unknownMetrics(let responses, _):
      "no run has " + responses.map(\.metric).joined(separator: ", ")
    }
  }
}

/// Plays what an experiment's store lacks, several runs at once.
///
/// A run depends on its point and its number only, and a stopping rule sees runs in the order of
/// their numbers: neither the number of workers nor a kill in between can move a row.
public struct ExperimentRunner: Sendable {
  /// How far it is, told after each run by whichever thread ran it.
  public struct Progress: Sendable, Hashable {
    /// Runs that the store holds.
    public var done: Int
    /// Runs that it will hold; a stopping rule may raise it.
    public var total: Int
    /// Seconds, at the speed so far.
    public var secondsToGo: Double
  }

  let experiment: DesignedExperiment
  let store: ExperimentStore
  let version: String
  let workers: Int

  /// - Parameter workers: runs at once; at most as many threads as the machine has cores.
  public init(
    _ experiment: DesignedExperiment, store: ExperimentStore, version: String, workers: Int
  ) {
    precondition(workers > 0, "someone has to work")
    self.experiment = experiment
    self.store = store
    self.version = version
    self.workers = workers
  }

  /// Plays all that is missing.
  ///
  /// - Complexity: a bit of memory for each run, and what one run takes for each worker.
  /// - Throws: where the store cannot be written, a setup is impossible, or no run has a response.
  public func run(
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) throws(ExperimentFailure) {
    let size = experiment.isAntithetic ? 2 : 1
    var targets: [Int]
    switch experiment.replications {
    case .fixed(let count): targets = experiment.points.map { _ in count }
    case .sequential(_, let rule): targets = experiment.points.map { _ in rule.minimum * size }
    }
    try play(targets, below: 1, progress)
    try checkResponses()
    try play(targets, progress)
    guard case .sequential(let response, let rule) = experiment.replications else { return }
    var open = Array(targets.indices)
    while !open.isEmpty {
      var still: [Int] = []
      for point in open {
        let units = try units(of: response, point: point, first: targets[point])
        guard case .more(let count) = rule.decide(RunningMoments(units)) else { continue }
        targets[point] += count * size
        still.append(point)
      }
      open = still
      try play(targets, progress)
    }
  }

  /// A response that no first run has is a mistake in the file; better now than after hours.
  private func checkResponses() throws(ExperimentFailure) {
    let known: [String]
    do { known = try store.metricNames() } catch { throw .store(error) }
    let unknown = experiment.unknownResponses(among: known)
    if !unknown.isEmpty { throw .unknownMetrics(unknown, known: known) }
  }

  private func units(
    of response: Int, point: Int, first count: Int
  ) throws(ExperimentFailure) -> [Double] {
    do {
      return try experiment.units(of: response, point: point, first: count, in: store)
    } catch {
      throw .store(error)
    }
  }

  // MARK: Playing

  private func play(
    _ targets: [Int], below limit: Int = .max,
    _ progress: @escaping @Sendable (Progress) -> Void
  ) throws(ExperimentFailure) {
    let queue: RunQueue
    do { queue = try RunQueue(targets, below: limit, lackingIn: store) } catch {
      throw .store(error)
    }
    guard queue.missing > 0 else { return }
    let shared = Mutex(queue)
    let failure = Mutex<ExperimentFailure?>(nil)
    let start = ContinuousClock.now
    DispatchQueue.concurrentPerform(iterations: min(workers, queue.missing)) { _ in
      while failure.withLock({ $0 == nil }), let place = shared.withLock({ $0.next() }) {
        do throws(ExperimentFailure) {
          try play(place)
        } catch {
          failure.withLock { $0 = $0 ?? error }
          return
        }
        let spent = (ContinuousClock.now - start) / .seconds(1)
        progress(shared.withLock { $0.finish(after: spent) })
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
  }

  private func play(_ place: RunQueue.Place) throws(ExperimentFailure) {
    let run = try replay(point: place.point, replication: place.replication)
    do { try store.add(run) } catch { throw .store(error) }
  }

  /// One run by itself, not stored.
  public func replay(
    point: Int, replication: Int
  ) throws(ExperimentFailure) -> StoredRun {
    let start = ContinuousClock.now
    let setup = experiment.setup(point: point, replication: replication)
    var run: ClusterRun
    do { run = try ClusterRun(setup) } catch {
      throw .assembly(point: experiment.label(of: point), error)
    }
    run.run(until: run.horizon)
    let summary = run.summary(version: version)
    return StoredRun(
      point: point, replication: replication, seed: setup.scenario.seed, digest: summary.digest,
      events: summary.events, wallSeconds: (ContinuousClock.now - start) / .seconds(1),
      metrics: DesignedExperiment.figures(of: summary).map { StoredRun.Figure($0.name, $0.value) })
  }
}
