import AWSObjects
import Documents
import Foundation
import ProvisioningModel
import ScenarioFiles
import Testing
import TimeUnits

/// Plans of provisioning as files.
@Suite struct ProvisioningReaderTests {
  private static let root: String = {
    // …/Tests/ScenarioFilesTests/Provisioning/ProvisioningReaderTests.swift
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { url.deleteLastPathComponent() }
    return url.path
  }()

  private static func load(
    _ text: String, settings: [String] = []
  ) throws -> LoadedProvisioning {
    let name = "plan-\(ProcessInfo.processInfo.globallyUniqueString).yaml"
    let path = NSTemporaryDirectory() + name
    defer { try? FileManager.default.removeItem(atPath: path) }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let models = try ModelLibrary.load("\(root)/models")
    return ProvisioningLoader.load(
      path, models: models, settings: settings.compactMap { Setting($0) })
  }

  /// The diagnostics as `line:column: path: message (suggestion)`.
  private static func complaints(_ loaded: LoadedProvisioning) -> [String] {
    loaded.diagnostics.map { diagnostic in
      let hint = diagnostic.suggestion.map { " (\($0))" } ?? ""
      return "\(diagnostic.line):\(diagnostic.column): \(diagnostic.path): "
        + "\(diagnostic.message)\(hint)"
    }
  }

  private static func plan(
    _ phases: String, frame: String = "  region: us-east-1\n  dataRegion: us-east-2"
  ) -> String {
    """
    apiVersion: seatrial/v1
    kind: Provisioning
    metadata: {name: p}
    spec:
      date: 2018-10-15
    \(frame)
      perStep: {constant: 5m, mark: assumed, source: s}
      phases:
    \(phases)

    """
  }

  @Test("the published phases: 38 steps before the cluster, 129 in all, and one without a count")
  func published() throws {
    let models = try ModelLibrary.load("\(Self.root)/models")
    let loaded = ProvisioningLoader.load(
      "\(Self.root)/models/scenarios/eks-provisioning.yaml", models: models)
    #expect(loaded.diagnostics.map(\.description) == [])
    let plan = try #require(loaded.plan)
    #expect(plan.isCrossRegion)
    #expect(plan.publishedSteps(through: "aws-cli") == 38)
    #expect(plan.publishedSteps(through: "test") == 129)
    let counts = plan.phases.filter { $0.steps.provenance.mark == .published }.map(\.steps.value)
    #expect(counts == [5, 12, 5, 10, 6, 12, 3, 29, 12, 5, 30])
    #expect(
      plan.phases.filter { $0.condition == .crossRegion }.map(\.name)
        == ["key-pairs", "cross-region-network"])
    // Nothing that nobody published is called published: no chance, and no time of a person.
    #expect(plan.phases.flatMap(\.setbacks).allSatisfy { $0.provenance.mark == .assumed })
    #expect(plan.phases.allSatisfy { $0.perStep.provenance.mark == .assumed })
  }

  @Test("every mistake of a file at its place, all at once")
  func mistakes() throws {
    let loaded = try Self.load(
      Self.plan(
        """
            - name: a
              steps: {count: 0, mark: published, source: s}
              setbacks:
                - {what: w, chance: -0.5, backTo: b, repeats: 1, finding: 5m, mark: assumed, source: s}
                - {what: w, chance: 0.5, backTo: bb, repeats: 2, finding: 5, mark: guessed}
            - name: b
              stepps: {count: 1, mark: published, source: s}
              steps: {count: -3, mark: published, source: s}
              onlyIf: crossregion
              waits: [{what: w, uniform: {from: 5m, to: 1m}, mark: assumed, source: s}]
        """, frame: "  region: us-east-9\n  dataRegion: us-east-2"))
    #expect(loaded.plan == nil)
    #expect(
      Self.complaints(loaded) == [
        "6:11: spec.region: unknown region 'us-east-9' (did you mean 'us-east-1'?)",
        "11:22: spec.phases[0].steps.count: a phase has 1 to 1000 steps, not 0",
        "13:29: spec.phases[0].setbacks[0].chance: a chance lies between 0 and 1, not -0.5",
        "13:43: spec.phases[0].setbacks[0].backTo: 'b' comes after 'a': a set-back leads back "
          + "('a' or a phase before it)",
        "14:11: spec.phases[0].setbacks[1]: 'source' is missing",
        "14:42: spec.phases[0].setbacks[1].backTo: no phase is called 'bb' (did you mean 'b'?)",
        "14:55: spec.phases[0].setbacks[1].repeats: a share of the steps is above 0 and at most 1",
        "14:67: spec.phases[0].setbacks[1].finding: a duration without its unit: \"5\" (5s or 5m?)",
        "14:76: spec.phases[0].setbacks[1].mark: unknown value 'guessed' "
          + "(one of published, measured, from source code, derived, assumed)",
        "16:7: spec.phases[1].stepps: unknown key 'stepps' (did you mean 'steps'?)",
        "17:22: spec.phases[1].steps.count: expected a number from 0 to 2147483647, found -3",
        "18:15: spec.phases[1].onlyIf: unknown value 'crossregion' (did you mean 'crossRegion'?)",
        "19:34: spec.phases[1].waits[0].uniform: 'to' is below 'from'",
      ])
  }

  @Test("a law of steps, phases and a frame that are not there are said once each")
  func missing() throws {
    let loaded = try Self.load(
      "apiVersion: seatrial/v1\nkind: Provisioning\nmetadata: {name: p}\nspec: {seed: -1}\n")
    #expect(
      Self.complaints(loaded) == [
        "4:7: spec: 'date' is missing", "4:7: spec: 'region' is missing",
        "4:7: spec: 'dataRegion' is missing", "4:7: spec: 'phases' is missing",
        "4:14: spec.seed: expected a whole number from 0 to 2^64 - 1, found \"-1\"",
      ])
  }

  @Test("chances above one in sum, and a region that EKS had not reached, are named")
  func sumsAndRegions() throws {
    let loaded = try Self.load(
      Self.plan(
        """
            - name: a
              steps: {count: 1, mark: published, source: s}
              setbacks:
                - {what: w, chance: 0.7, backTo: a, repeats: 1, finding: 5m, mark: assumed, source: s}
                - {what: w, chance: 0.4, backTo: a, repeats: 1, finding: 5m, mark: assumed, source: s}
        """, frame: "  region: us-east-2\n  dataRegion: us-east-2"))
    #expect(
      Self.complaints(loaded) == [
        "6:11: spec.region: EKS came to us-east-2 on 2018-11-09, the plan begins on 2018-10-15 "
          + "(on that day it was in us-east-1, us-west-2, eu-west-1)",
        "13:9: spec.phases[0].setbacks: the chances sum to 1.1, which is more than 1 "
          + "(the set-backs of one phase exclude one another)",
      ])
  }

  @Test("a setting's mistake names the setting; a good one takes effect and is shown as its origin")
  func settings() throws {
    let text = Self.plan("    - {name: a, steps: {count: 1, mark: published, source: s}}")
    let wrong = try Self.load(text, settings: ["spec.take=[up]"])
    #expect(
      wrong.diagnostics.map(\.description) == [
        "--set spec.take=[up]: error: spec.take[0]: no ladder is called 'up'"
      ])
    let right = try Self.load(text, settings: ["spec.phases[a].steps.count=4"])
    #expect(right.plan?.phases[0].steps.value == 4)
    let shown = try #require(EffectiveScenario(right))
    let steps = try #require(shown.entries.first { $0.path == "spec.phases[0].steps" })
    #expect(steps.value == "4")
    #expect(steps.origin.description == "--set spec.phases[a].steps.count=4")
    let law = try #require(shown.entries.first { $0.path == "spec.phases[0].perStep" })
    #expect(law.origin.description.hasSuffix(":8: assumed, s"))
  }

  @Test("the kind of a file is read from its one document")
  func kinds() throws {
    let path = NSTemporaryDirectory() + "kind-\(ProcessInfo.processInfo.globallyUniqueString).yaml"
    defer { try? FileManager.default.removeItem(atPath: path) }
    for (text, kind) in [
      ("kind: Provisioning\n", "Provisioning"), ("{\"kind\": \"Scenario\"}", "Scenario"),
      ("kind: a\n---\nkind: b\n", nil), ("spec:\n  kind: Provisioning\n", nil), (": :", nil),
    ] as [(String, String?)] {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      #expect(DocumentKind.of(path) == kind, "\(text)")
    }
    #expect(DocumentKind.of(path + ".absent") == nil)
  }
}
