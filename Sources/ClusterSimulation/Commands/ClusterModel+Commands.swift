import Scenarios
import SimulationKernel
import Traces

extension ClusterModel {
  /// Runs the timeline's command and tells what it printed.
  mutating func runCommand(_ index: Int, in context: inout ClusterContext) {
    let entry = timeline[index]
    // The command is told before what it sets in motion, and its output after.
    context.record(.command(text: entry.text))
    let outcome = run(entry.command, in: &context)
    context.record(
      .commandOutput(text: entry.text, outcome.output, accepted: outcome.accepted))
  }

  private mutating func run(
    _ command: Command, in context: inout ClusterContext
  ) -> CommandOutcome {
    switch command {
    case .kubectl(let command): run(command, in: &context)
    case .aws(let command, let region): run(command, region: region, in: &context)
    }
  }
}
