import Foundation
import KubernetesObjects
import ScenarioFiles
import Scenarios
import Testing
import TimeUnits

/// `spec.arrivals`, and nodes that only the manifests bring.
@Suite struct ArrivalLoaderTests {
  private static let node = """
    apiVersion: v1
    kind: Node
    metadata: {name: n}
    status: {allocatable: {cpu: 4, memory: 8Gi, pods: 110}}

    """

  private static func pods(_ names: String..., namespace: String = "default") -> String {
    names.map { name in
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: \(name), namespace: \(namespace)}
      spec: {containers: [{name: c, image: i}]}

      """
    }.joined(separator: "---\n")
  }

  private static func scenario(_ lines: String) -> String {
    """
    apiVersion: seatrial/v1
    kind: Scenario
    metadata: {name: s}
    spec:
      horizon: 1h
    \(lines)

    """
  }

  private static let plain = scenario(
    """
      manifests: [nodes.yaml]
      arrivals:
        - {pods: pods.yaml, lifetimes: times.csv}
    """)

  private static func said(
    _ table: String, pods: String = pods("a", "b", "c"), scenario: String = plain
  ) throws -> [String] {
    try ScenarioFolder.diagnostics(
      scenario, ["nodes.yaml": node, "pods.yaml": pods, "times.csv": table])
  }

  private static let head = "name,created_s,deleted_s\n"

  @Test("pods arrive in the order of time; decimals are exact, an empty deletion stays")
  func reads() throws {
    let files = [
      "s.yaml": Self.plain, "nodes.yaml": Self.node, "pods.yaml": Self.pods("a", "b", "c"),
      "times.csv": Self.head + "b,7.000000001,\na,0.5,12\ndefault/c,7,7\n",
    ]
    let models = try ScenarioFolder.library.get()
    let loaded = try ScenarioFolder.with(files) { folder in
      ScenarioLoader.load("\(folder)/s.yaml", models: models)
    }
    #expect(loaded.diagnostics.isEmpty && loaded.scenario?.arrivals.count == 1)
    #expect(loaded.arrivals.map(\.pod.metadata.name) == ["a", "c", "b"])
    #expect(
      loaded.arrivals.map(\.created.nanoseconds) == [500_000_000, 7_000_000_000, 7_000_000_001])
    #expect(loaded.arrivals.map(\.deleted) == [.seconds(12), .seconds(7), nil])
    // One spec, held once.
    let first = loaded.arrivals[0].pod.spec
    #expect(loaded.arrivals.allSatisfy { $0.pod.spec.isIdentical(to: first) })
  }

  @Test("every mistake of a table is said at once, each with its line and column")
  func mistakes() throws {
    let table = Self.head + "a,0,10\nbb,5,\na,1,2\nb,x,\nc,20,10\n"
    #expect(
      try Self.said(table)
        == [
          "times.csv:3:1: error: name: no pod of pods.yaml is called 'bb' (did you mean 'b'?)",
          "times.csv:4:1: error: name: 'a' has a row already, in line 2",
          "times.csv:5:3: error: created_s: expected a number of seconds, found \"x\"",
          "times.csv:6:6: error: deleted_s: 'c' is deleted before it is created",
        ])
    #expect(
      try Self.said(Self.head + "a,-1,\nb,1e3,\nc,,5\n").map { $0.prefix(28) } == [
        "times.csv:2:3: error: create", "times.csv:3:3: error: create",
        "times.csv:4:1: error: create",
      ])
    #expect(
      try Self.said("name,created,deleted_s\na,1,\n").first?.hasPrefix(
        "times.csv:1:1: error: column 'created_s' is missing") == true)
  }

  @Test("a pod without a row and rows after the horizon are warnings, of many one line")
  func warnings() throws {
    #expect(
      try Self.said(Self.head + "a,1,\nb,3600.5,\n") == [
        "pods.yaml:11:1: warning: 'c' has no row in times.csv: it is never created",
        "times.csv: warning: 1 of 2 rows are beyond the horizon of 1h: their pods are never created",
      ])
    let many = Self.pods(
      "p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "q0", "q1")
    let said = try Self.said(Self.head, pods: many)
    #expect(said.count == 11)
    #expect(
      said[0] == "pods.yaml: warning: 2 more pods have no row in times.csv: they are never created")
  }

  @Test("names that several pods have need their namespace; a name arrives once in a scenario")
  func names() throws {
    let both = Self.pods("a") + "---\n" + Self.pods("a", namespace: "other")
    #expect(
      try Self.said(Self.head + "a,1,\ndefault/a,1,\nother/a,1,\n", pods: both) == [
        "times.csv:2:1: error: name: several pods of pods.yaml are called 'a' "
          + "(write it as namespace/name)"
      ])
    let twice = Self.scenario(
      """
        manifests: [nodes.yaml, pods.yaml]
        arrivals:
          - {pods: pods.yaml, lifetimes: times.csv}
      """)
    #expect(
      try Self.said(Self.head + "a,1,\n", pods: Self.pods("a"), scenario: twice)
        == ["times.csv:2:1: error: name: 'a' is a pod of spec.manifests already"])
  }

  @Test("files that are missing and fields that are unknown are said where the scenario names them")
  func files() throws {
    let scenario = Self.scenario(
      """
        manifests: [nodes.yaml]
        arrivals:
          - {pods: pods.yaml, lifetimes: time.csv}
          - {pod: pods.yaml, lifetimes: times.csv}
      """)
    #expect(
      try Self.said(Self.head + "a,1,\nb,1,\nc,1,\n", scenario: scenario) == [
        "s.yaml:8:36: error: spec.arrivals[0].lifetimes: no such file: 'time.csv' "
          + "(did you mean 'times.csv'?)",
        "s.yaml:9:7: error: spec.arrivals[1]: 'pods' is missing",
        "s.yaml:9:8: error: spec.arrivals[1].pod: unknown key 'pod' (did you mean 'pods'?)",
      ])
  }

  @Test("a scenario needs nodes, of groups or of manifests; a load on a dump's nodes is doubted")
  func nodes() throws {
    let none = "s.yaml:5:3: error: spec.cloud: the scenario has no nodes "
    let said = try Self.said("", scenario: Self.scenario("  manifests: []"))
    #expect(said.count == 1 && said[0].hasPrefix(none) && said[0].contains("get nodes -o json"))
    let empty = Self.scenario("  cloud: {region: us-east-1, nodeGroups: []}")
    #expect(try Self.said("", scenario: empty).first?.contains("has no nodes") == true)
    let given = Self.scenario("  cloud: {region: us-east-1}\n  manifests: [nodes.yaml]")
    #expect(try Self.said("", scenario: given).isEmpty)
    let loaded = Self.scenario("  nodeLoad: {parameters: middle}\n  manifests: [nodes.yaml]")
    #expect(try Self.said("", scenario: loaded).first?.contains("are not under load") == true)
  }

  @Test("show tells where the arrivals come from")
  func shows() throws {
    let files = [
      "s.yaml": Self.plain, "nodes.yaml": Self.node, "pods.yaml": Self.pods("a"),
      "times.csv": Self.head + "a,1,\n",
    ]
    let models = try ScenarioFolder.library.get()
    let text = try ScenarioFolder.with(files) { folder in
      let loaded = ScenarioLoader.load("\(folder)/s.yaml", models: models)
      return EffectiveScenario(loaded, models: models)?.text
    }
    let lines = try #require(text).split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("spec.arrivals[0].pods") && $0.contains("pods.yaml") })
    #expect(
      lines.contains { $0.hasPrefix("spec.arrivals[0].lifetimes") && $0.contains("s.yaml:8") })
    #expect(!lines.contains { $0.hasPrefix("EKS control plane") })
  }
}
