public import ClusterSimulation
import Documents
import Foundation
import KubeScheduler
public import ScenarioFiles
import Scenarios

extension LoadedScenario {
  /// Reads the scheduler's configuration that the scenario names; nil if it names none.
  ///
  /// What is wrong with the file joins the diagnostics, and an error takes the scenario away.
  public mutating func readScheduler() -> SchedulerSettings? {
    // A file that is not there has been reported where it is named.
    guard let reference = schedulerConfiguration,
      FileManager.default.fileExists(atPath: reference.path)
    else { return nil }
    let loaded = SchedulerConfiguration.load(reference.path)
    diagnostics += loaded.diagnostics
    guard let configuration = loaded.configuration else {
      scenario = nil
      return nil
    }
    var queue = QueueOptions.kubernetes1_36
    queue.initialBackoff = configuration.initialBackoff
    queue.maxBackoff = configuration.maxBackoff
    return SchedulerSettings(profiles: configuration.profiles, queue: queue)
  }
}
