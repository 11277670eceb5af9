public import ClusterSimulation
import Dispatch
import Scenarios
import SimulationKernel
import Synchronization
public import Traces

/// Runs one setup many times, each time with other random streams, several at once.
///
/// A replication is a run of its own: its streams derive from the scenario's seed and its number,
/// so a result depends neither on how many run at once nor on which ends first.
public enum ReplicationRunner {
  /// The seed of a replication, from 0; to be given to `seatrial run --seed` to see it alone.
  public static func seed(of replication: Int, from seed: UInt64) -> UInt64 {
    RandomStreams(seed: seed).replication(UInt64(replication)).seed
  }

  /// Every run's summary, by number.
  ///
  /// - Parameters:
  ///   - progress: told after each run how many are done, by whichever thread ran it.
  /// - Throws: what makes the setup impossible.
  public static func run(
    _ setup: ClusterSetup, count: Int, version: String,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws(AssemblyError) -> [RunSummary] {
    // Whatever is wrong with the setup is wrong with all of them.
    _ = try ClusterRun(setup)
    let results = Mutex<[RunSummary?]>(Array(repeating: nil, count: count))
    let done = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: count) { number in
      var setup = setup
      setup.scenario.seed = seed(of: number, from: setup.scenario.seed)
      guard var run = try? ClusterRun(setup) else { return }
      run.run(until: run.horizon)
      let summary = run.summary(version: version)
      results.withLock { $0[number] = summary }
      progress(done.add(1, ordering: .relaxed).newValue)
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
