import Foundation
import Testing

@Suite struct DesignDiagnosticTests {
  @Test("a sound experiment says nothing")
  func sound() throws {
    #expect(try DesignFolder.diagnostics(DesignFolder.spec) == [])
  }

  @Test("all mistakes of the file come at once, with places and suggestions")
  func mistakes() throws {
    let wrong = DesignFolder.spec
      .replacing("replications: 3", with: "replications: 0")
      .replacing("baseline:", with: "basline:")
      .replacing("metric: seatrial_cost_usd", with: "metrc: seatrial_cost_usd")
      .replacing("{response: cost, at", with: "{response: waitd, at")
    #expect(
      try DesignFolder.diagnostics(wrong) == [
        "experiment.yaml:9:17: error: spec.replications: must be from 1 to 1000000, not 0",
        "experiment.yaml:10:3: error: spec.basline: unknown key 'basline' (did you mean "
          + "'baseline'?)",
        "experiment.yaml:12:7: error: spec.responses[0]: give 'metric', or 'expectation' with "
          + "its text",
        "experiment.yaml:12:20: error: spec.responses[0].metrc: unknown key 'metrc' (did you "
          + "mean 'metric'?)",
        "experiment.yaml:16:18: error: spec.expect[0].response: no response is called 'waitd' "
          + "(did you mean 'waited'?)",
      ])
  }

  @Test("a factor's path that leads nowhere is told where the experiment gives it")
  func path() throws {
    let group = DesignFolder.spec.replacing("nodeGroups[w]", with: "nodeGroups[v]")
    let said = try DesignFolder.diagnostics(group)
    #expect(
      said == [
        "experiment.yaml:7:76: error: spec.factors[0].levels[0]: spec.cloud.nodeGroups has "
          + "nothing called 'v' (did you mean 'w'?)",
        "experiment.yaml:7:86: error: spec.factors[0].levels[1]: spec.cloud.nodeGroups has "
          + "nothing called 'v' (did you mean 'w'?)",
      ])
    let key = DesignFolder.spec.replacing("instanceType\"", with: "instancType\"")
    #expect(
      try DesignFolder.diagnostics(key).first?.hasPrefix(
        "experiment.yaml:7:75: error: spec.factors[0].levels[0]: "
          + "spec.cloud.nodeGroups[0].instancType: unknown key 'instancType' (did you mean "
          + "'instanceType'?)") == true)
  }

  @Test("a manifest's object that is not there, and a value that does not fit it, are told alike")
  func object() throws {
    let object = DesignFolder.spec.replacing("Deployment/web", with: "Deployment/wep")
    #expect(
      try DesignFolder.diagnostics(object).first
        == "experiment.yaml:8:78: error: spec.factors[1].levels[0]: no manifest has an object "
        + "Deployment/wep (did you mean 'Deployment/web'?)")
    let value = DesignFolder.spec.replacing("[7, 9]", with: "[7, many]")
    let said = try DesignFolder.diagnostics(value)
    #expect(
      said.contains {
        $0.hasPrefix("experiment.yaml:8:81: error: spec.factors[1].levels[1]: ")
          && $0.contains("\"many\"")
      }, "\(said)")
  }

  @Test("whole numbers that are too great, or begin at 0 on a logarithmic scale, are told")
  func wholeNumbers() throws {
    func said(_ range: String) throws -> [String] {
      try DesignFolder.diagnostics(
        DesignFolder.spec.replacing("levels: [7, 9]", with: range))
    }
    #expect(try said("from: 1, to: 1e19, whole: true").contains { $0.contains("within 2⁵³ of 0") })
    #expect(
      try said("from: 0.3, to: 9, whole: true, scale: log").contains {
        $0.contains("begin at 1, not at 0.3")
      })
    #expect(try said("from: 1.2, to: 1.8, whole: true").contains { $0.contains("no two whole") })
  }

  @Test("a factor or response called like a column of every table is told, and like one another")
  func columns() throws {
    #expect(
      try DesignFolder.diagnostics(
        DesignFolder.spec.replacing("name: waited", with: "name: digest")
      ).contains { $0.contains("a column 'digest' already") })
    #expect(
      try DesignFolder.diagnostics(
        DesignFolder.spec.replacing("name: waited", with: "name: type")
      ).contains { $0.contains("there is another 'type'") })
  }

  @Test("a claim about nothing but the baseline's difference from itself is told")
  func emptyClaim() throws {
    let claim = DesignFolder.spec.replacing(
      "at: {type: m5.large}, atMost: 1",
      with: "difference: true, at: {type: m5.large, replicas: 7}, atMost: 1")
    #expect(
      try DesignFolder.diagnostics(claim).contains {
        $0.contains("the baseline does not differ from itself")
      })
  }

  @Test("points that are not in the design are told where they are named")
  func points() throws {
    let baseline = DesignFolder.spec.replacing(
      "baseline: {type: m5.large, replicas: 7}", with: "baseline: {type: m5.large, replicas: 2}")
    #expect(
      try DesignFolder.diagnostics(baseline) == [
        "experiment.yaml:10:40: error: spec.baseline.replicas: no point has replicas=2 (there "
          + "are 7, 9)"
      ])
    let several = DesignFolder.spec.replacing(", replicas: 7}", with: "}")
    #expect(
      try DesignFolder.diagnostics(several) == [
        "experiment.yaml:10:13: error: spec.baseline: 2 points are such: a baseline is one"
      ])
  }

  @Test("a scenario's own mistakes are told once, however many points have them")
  func scenario() throws {
    let wrong = DesignFolder.scenario.replacing("horizon: 10m", with: "horizn: 10m")
    let said = try DesignFolder.diagnostics(DesignFolder.spec, ["scenario.yaml": wrong])
    #expect(said.count == Set(said).count)
    #expect(said.contains { $0.hasPrefix("scenario.yaml:5:3: error: spec.horizn: unknown key") })
    let missing = DesignFolder.spec.replacing("scenario.yaml", with: "scenery.yaml")
    #expect(
      try DesignFolder.diagnostics(missing) == [
        "experiment.yaml:5:13: error: spec.scenario: no such file: 'scenery.yaml'"
      ])
  }

  @Test("a range cannot be crossed, and a sampled design says how many points it has")
  func designs() throws {
    let range = DesignFolder.spec.replacing("levels: [7, 9]", with: "from: 1, to: 9, whole: true")
    #expect(
      try DesignFolder.diagnostics(range).contains {
        $0.contains("a full factorial needs the levels of 'replicas'")
      })
    let sampled = "  design: {kind: sobol}\n" + range
    #expect(
      try DesignFolder.diagnostics(sampled).contains {
        $0.contains("spec.design: 'points' is missing: how many to sample")
      })
  }

  @Test(
    "a sampled design of no points is told and not made",
    arguments: ["latinHypercube", "sobol", "sobolIndices"])
  func noPoints(_ kind: String) throws {
    let sampled = "  design: {kind: \(kind), points: 0}\n" + DesignFolder.spec
    let said = try DesignFolder.diagnostics(sampled)
    #expect(said.first?.contains("spec.design.points: must be from") == true, "\(said)")
  }
}
