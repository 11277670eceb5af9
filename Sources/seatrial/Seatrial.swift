import ArgumentParser
import Foundation

/// The command line: `seatrial COMMAND …`.
@main
struct Seatrial: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seatrial",
    abstract: "Live through a Kubernetes cluster on AWS before you pay for it.",
    discussion: """
      Begin with: seatrial run models/scenarios/first-voyage.yaml
      Exit status: 0 done; 1 an expectation or a check failed; 64 the command line is wrong; 65 an \
      input file is wrong; 66 an input file is missing; 70 a bug of ours; 73 an output cannot be \
      written.
      """,
    version: Version.text,
    subcommands: [
      Run.self, Validate.self, Show.self, DryRun.self, Conformance.self, Detect.self, Import.self,
      Experiment.self,
      Bench.self,
    ])

  static func main() {
    // A file that may not grow (`ulimit -f`) is then a failed write that can be told, as a full
    // disk is.
    signal(SIGXFSZ, SIG_IGN)
    main(nil)
  }
}

enum Version {
  static let text = "0.1.0"
}
