import ClusterSimulation
import KubernetesObjects
import RunFiles
import ScenarioFiles
import Scenarios

/// Loading for the command line: what goes wrong ends the program with its status.
enum Loading {
  static func models() throws -> Models {
    do {
      return try ModelLibrary.load(try ModelLibrary.find())
    } catch let error as ModelLibrary.Missing {
      Console.complain("seatrial: \(error)")
      throw Status.missingInput
    } catch let error as ModelLibrary.Broken {
      Console.complain(error.description)
      throw Status.wrongInput
    }
  }

  static func setup(
    _ scenario: Scenario, manifests: ManifestSet, files: [LoadedScenario.CommandFile] = [],
    traces: [Int: RequestTrace] = [:], arrivals: [PodArrival] = [],
    scheduler: SchedulerSettings? = nil, models: Models
  ) throws -> ClusterSetup {
    do {
      return try SetupLoader.setup(
        scenario, manifests: manifests, files: files, traces: traces, arrivals: arrivals,
        scheduler: scheduler, models: models)
    } catch {
      try Console.report(error.diagnostics)
      throw Status.wrongInput
    }
  }
}
