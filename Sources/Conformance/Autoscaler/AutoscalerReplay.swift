import ClusterAutoscaler
import KubernetesObjects
import SimulationKernel
import TimeUnits

/// Plays a recorded case, drawing ties or following a recorded run through them.
public enum AutoscalerReplay {
  /// How often a run is followed with other draws where the recording does not show a tie.
  static let attempts: UInt64 = 64

  /// The first difference from the nearest recorded run; nil if one of them is matched.
  ///
  /// At every tie that a recording shows the recorded choice is taken if it is among ours. What it
  /// does not show, such as the order of unordered caches, is drawn anew in each attempt.
  static func difference(_ recording: AutoscalerRecording) -> String? {
    var first: String?
    for attempt in 0..<attempts {
      for run in recording.runs {
        guard let difference = difference(recording, run, seed: attempt) else { return nil }
        if first == nil { first = difference }
      }
    }
    return first ?? "no recorded run"
  }

  static func difference(
    _ recording: AutoscalerRecording, _ run: RecordedRun, seed: UInt64
  ) -> String? {
    let guide = AutoscalerGuide(run, tolerance: .milliseconds(350))
    let stream = RandomStreams(seed: seed).stream("conformance.cluster-autoscaler.ties")
    do throws(ExpanderProblem) {
      var world = try AutoscalerWorld(
        recording, ties: AutoscalerTies(stream, following: guide))
      world.run()
      return AutoscalerComparison(
        world.timeline, world.samples.last, against: run,
        tolerance: recording.options.scanInterval
      ).difference
    } catch {
      return "\(error)"
    }
  }
}
