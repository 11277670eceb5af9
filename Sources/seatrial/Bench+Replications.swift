import ClusterSimulation
import Documents
import ExperimentStore
import Experiments
import Foundation
import RunFiles
import ScenarioFiles
import Scenarios

/// What it costs to play one scenario many times, on one worker and on as many as there are cores.
struct ReplicationBenchmark {
  struct Side {
    var workers: Int
    var wallSeconds: Double
    var cpuSeconds: Double
  }

  let replications: Int
  let one: Side
  let many: Side
  /// MiB at the peak after a tenth of the replications, and after all.
  let peakOfTenth: Int
  let peak: Int

  var speedup: Double { one.wallSeconds / many.wallSeconds }
  /// The CPU time of one worker over that of all: 1 where working side by side costs nothing.
  var efficiency: Double { one.cpuSeconds / many.cpuSeconds }

  /// Plays a setup; every run goes into a store, as in an experiment.
  init(_ setup: ClusterSetup, replications: Int, workers: Int, folder: String) throws {
    self.replications = replications
    func side(_ workers: Int, _ count: Int, _ name: String) throws -> Side {
      let experiment = DesignedExperiment(
        name: name, seed: setup.scenario.seed, factors: [],
        points: [.init(setup: setup, values: [])], replications: .fixed(count),
        responses: [.init(name: "cost", metric: "seatrial_cost_usd")])
      let store = try ExperimentStore(
        "\(folder)/\(name).sqlite", of: StoreIdentity(name: name, parts: []))
      let (start, cpu) = (ContinuousClock.now, ProcessClock.processSeconds)
      try ExperimentRunner(
        experiment, store: store, version: Version.text, workers: workers
      ).run()
      return Side(
        workers: workers, wallSeconds: (ContinuousClock.now - start) / .seconds(1),
        cpuSeconds: ProcessClock.processSeconds - cpu)
    }
    _ = try side(workers, max(1, replications / 10), "tenth")
    peakOfTenth = ProcessClock.peakMebibytes
    many = try side(workers, replications, "many")
    one = try side(1, replications, "one")
    peak = ProcessClock.peakMebibytes
  }
}

extension Bench {
  /// The two-hour story of the anomaly pipeline.
  func measureReplications() throws {
    let models = try Loading.models()
    let folder = try ModelLibrary.find()
    let loaded = ScenarioLoader.load(
      "\(folder)/scenarios/anomalia-machina-7.yaml", models: models)
    try Console.report(
      loaded.diagnostics.filter { $0.severity == .error }, missing: loaded.isMissing)
    guard let scenario = loaded.scenario else { throw Status.bug }
    let setup = try Loading.setup(
      scenario, manifests: loaded.manifests, files: loaded.commandFiles, models: models)
    let path = NSTemporaryDirectory() + "seatrial-bench-\(getpid())"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let result = try ReplicationBenchmark(
      setup, replications: quick ? 50 : 1_000,
      workers: ProcessInfo.processInfo.activeProcessorCount, folder: path)
    Console.print(json ? Self.document(result) : Self.line(result))
  }

  private static func line(_ result: ReplicationBenchmark) -> String {
    "\(result.replications) replications of anomalia-machina-7: "
      + "1 worker \(number(result.one.wallSeconds)) s (CPU \(number(result.one.cpuSeconds)) s), "
      + "\(result.many.workers) workers \(number(result.many.wallSeconds)) s "
      + "(CPU \(number(result.many.cpuSeconds)) s): \(number(result.speedup)) × as fast, "
      + "CPU efficiency \(number(result.efficiency)); peak memory \(result.peakOfTenth) MiB after "
      + "a tenth of them, \(result.peak) MiB after all"
  }

  private static func document(_ result: ReplicationBenchmark) -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("replications", result.replications)
      for (name, side) in [("one", result.one), ("many", result.many)] {
        json.field(
          name,
          object: { json in
            json.field("workers", side.workers)
            json.field("wall_s", side.wallSeconds)
            json.field("cpu_s", side.cpuSeconds)
          })
      }
      json.field("speedup", result.speedup)
      json.field("cpu_efficiency", result.efficiency)
      json.field("peak_mib_tenth", result.peakOfTenth)
      json.field("peak_mib", result.peak)
    }
    return json.text
  }
}
