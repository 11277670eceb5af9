import ExperimentFiles
import Testing

/// What is said about experiment files that are wrong.
@Suite struct DiagnosticTests {
  @Test("Every mistake at once, with line, column, path and what would be right")
  func everything() throws {
    let said = try ExperimentFolder.diagnostics(
      """
      apiVersion: seatrial/v2
      kind: DetectorQuality
      metadata: {name: Big One}
      spec:
        replicatons: 3
        observations: 0
        variants:
          - {name: a, detector: published, history: 20, slack: 1}
          - {name: a, detector: normalised}
        streams:
          - {name: s, generator: constant, shifts: [{at: 1, size: 2}]}
          - {name: t, generator: gaussian, standardDeviation: -1, spikes: {probability: 2, size: 0}}
        runLengths: {draws: 1}

      """)
    let expected = [
      ("1:13", "apiVersion: unknown version 'seatrial/v2' (this is seatrial/v1)"),
      ("3:18", "metadata.name: a name has small letters, digits and dashes"),
      ("5:3", "spec.replicatons: unknown key 'replicatons' (did you mean 'replications'?)"),
      ("6:17", "spec.observations: must be from 1 to 10000000, not 0"),
      ("8:47", "spec.variants[0].history: with the new value these are 21 values"),
      ("8:51", "spec.variants[0].slack: unknown key 'slack'"),
      ("9:14", "spec.variants[1].name: there is another 'a'"),
      ("9:27", "(did you mean 'normalized'?)"),
      ("11:46", "spec.streams[0].shifts: sizes are in deviations of the noise"),
      ("12:57", "spec.streams[1].standardDeviation: must be greater than 0"),
      ("12:83", "spec.streams[1].spikes.probability: must be from 0 to 1, not 2"),
      ("12:92", "spec.streams[1].spikes.size: must not be 0"),
      ("13:15", "spec.runLengths: 'shifts' is missing"),
      ("13:23", "spec.runLengths.draws: must be from 2"),
    ]
    #expect(said.count == expected.count, "\(said.joined(separator: "\n"))")
    for (line, (place, text)) in zip(said, expected) {
      #expect(line.hasPrefix("experiment.yaml:\(place): error: ") && line.contains(text), "\(line)")
    }
  }

  @Test("A study of intervals has a confidence between 0 and 1, and trials")
  func coverage() throws {
    let said = try ExperimentFolder.diagnostics(
      """
      apiVersion: seatrial/v1
      kind: IntervalCoverage
      metadata: {name: a}
      spec: {macroReplications: 0, confidence: 1, replications: 3}

      """)
    let expected = ["must be from 1 to 100000", "must be between 0 and 1", "unknown key"]
    #expect(said.count == 3, "\(said)")
    for (line, text) in zip(said, expected) { #expect(line.contains(text), "\(line)") }
  }

  @Test("A kind that is not known, and files that hold none or several documents")
  func kinds() throws {
    let said = try ExperimentFolder.diagnostics(
      "apiVersion: seatrial/v1\nkind: DetectorQualty\nmetadata: {name: a}\nspec: {}\n")
    #expect(said.count == 1 && said[0].contains("did you mean 'DetectorQuality'?"))
    #expect(try ExperimentFolder.diagnostics("").first?.contains("holds 0") == true)
    #expect(
      try ExperimentFolder.diagnostics("a: 1\n---\nb: 2\n").first?.contains("holds 2") == true)
  }

  @Test("A file that is not there is missing, not wrong")
  func missing() {
    let loaded = ExperimentLoader.load("/nowhere/experiment.yaml")
    #expect(loaded.isMissing && loaded.experiment == nil)
  }
}
