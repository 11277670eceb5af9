import AWSObjects
import Documents
import ScenarioFiles
import Scenarios
import Testing
import TimeUnits

/// Loads, machines and their mistakes, as a scenario writes them.
struct LoadReadingTests {
  private static func loaded(
    _ lines: String, _ files: [String: String] = [:]
  ) throws -> LoadedScenario {
    let models = try ScenarioFolder.library.get()
    let text = ScenarioFolder.scenario(lines)
    return try ScenarioFolder.with(files.merging(["s.yaml": text]) { $1 }) { folder in
      ScenarioLoader.load("\(folder)/s.yaml", models: models)
    }
  }

  private static let service = "  behaviour: {web: {service: {cpu: 20ms}}}\n"

  @Test("what is written is what is read")
  func reading() throws {
    let loaded = try Self.loaded(
      """
        behaviour:
          a: {process: {cpu: 2, memory: 50Mi, growth: {rate: 5Mi, per: cpuSecond, to: 1Gi}}}
          b: {jvm: {version: 8u191, maxHeap: 512Mi, threads: 3}}
          c: {service: {cpu: {exponential: 20ms}, requestMemory: 2Mi, workers: 8}}
          d: {model: anomaly-pipeline/consumer-jvm, termination: 4s}
        load:
        - {to: c, rate: 50, timeout: 2s, window: 5m}
        - {to: c, users: 10, think: 1s}
        - {to: c, person: {every: 15s}}
        nodeLoad: {parameters: drawn, set: {systemMemory: 500}}
      """)
    let scenario = try #require(loaded.scenario, "\(loaded.diagnostics)")
    let growth = ProcessLoadSpec.Growth(rate: 5, per: .cpuSecond, to: 1_024)
    #expect(
      scenario.behaviors[0].load
        == .process(ProcessLoadSpec(cpu: 2, memory: 50, growth: growth)))
    #expect(
      scenario.behaviors[1].load == .jvm(JVMLoadSpec(version: "8u191", maxHeap: 512, threads: 3)))
    #expect(scenario.behaviors[3].load == .jvm(JVMLoadSpec(version: "8u111")))
    #expect(scenario.behaviors[3].termination == .constant(.seconds(4)))
    #expect(scenario.loads.count == 3)
    #expect(scenario.loads[0].timeout == .seconds(2))
    #expect(scenario.loads[2].timeout == .seconds(60))
    #expect(scenario.nodeLoad.parameters == .drawn)
    #expect(scenario.nodeLoad.values.map(\.value) == [500])
    #expect(scenario.hasNodeLoad)
  }

  private static let located: [(lines: String, expected: String)] = [
    (
      "  behaviour: {web: {jvm: {version: newest}}}",
      "s.yaml:10:36: error: spec.behaviour.web.jvm.version: not a Java version: 'newest'"
    ),
    (
      "  behaviour: {web: {process: {memory: 512}}}",
      "s.yaml:10:39: error: spec.behaviour.web.process.memory: \"512\" is 512 bytes "
        + "(did you mean '512Mi'?)"
    ),
    (
      "  behaviour: {web: {process: {}, jvm: {}}}",
      "s.yaml:10:20: error: spec.behaviour.web: several kinds of load: process, jvm"
    ),
    (
      "  behaviour: {web: {model: anomaly-pipeline/consumer}}",
      "s.yaml:10:28: error: spec.behaviour.web.model: the models have no workload "
        + "'anomaly-pipeline/consumer' (did you mean 'anomaly-pipeline/consumer-jvm'?)"
    ),
    (
      "  behaviour: {web: {service: {memory: 1Mi}}}",
      "s.yaml:10:30: error: spec.behaviour.web.service: 'cpu' is missing"
    ),
    (
      service + "  load: [{to: web, rate: 0}]",
      "s.yaml:11:26: error: spec.load[0].rate: expected a number above 0"
    ),
    (
      service + "  load: [{to: web}]",
      "s.yaml:11:10: error: spec.load[0]: nothing says how requests come "
        + "(exactly one of rate, users, trace, person)"
    ),
    (
      service + "  load: [{to: wbe, rate: 5}]",
      "s.yaml:11:15: error: spec.load[0].to: nothing says how 'wbe' answers requests"
    ),
    (
      service + "  load: [{to: web, trace: {file: nowhere.csv}}]",
      "s.yaml:11:34: error: spec.load[0].trace.file: no such file, or not UTF-8 text: 'nowhere.csv'"
    ),
    (
      "  nodeLoad: {set: {systemMemroy: 5}}",
      "s.yaml:10:34: error: spec.nodeLoad.set.systemMemroy: unknown figure 'systemMemroy' "
        + "(did you mean 'systemMemory'?)"
    ),
    (
      "  nodeLoad: {parameters: random}",
      "s.yaml:10:26: error: spec.nodeLoad.parameters: unknown value 'random'"
    ),
  ]

  @Test("a mistake is found where it stands", arguments: located)
  func mistakes(lines: String, expected: String) throws {
    let said = try ScenarioFolder.diagnostics(ScenarioFolder.scenario(lines))
    #expect(said.contains { $0.hasPrefix(expected) }, "\(said)")
  }

  @Test("a node group's volume and reservation; a gp2 volume's rate is not for sale")
  func machines() throws {
    func group(_ more: String) -> String {
      "{name: a, instanceType: m5.large, min: 1, desired: 1, max: 1, \(more)}"
    }
    func scenario(_ more: String) -> String { ScenarioFolder.scenario(groups: group(more)) }
    let models = try ScenarioFolder.library.get()
    let text = scenario(
      "volume: {type: gp2, size: 100Gi, credits: spent}, "
        + "kubeReserved: {cpu: 100m, memory: 1740Mi}")
    let loaded = try ScenarioFolder.with(["s.yaml": text]) { folder in
      ScenarioLoader.load("\(folder)/s.yaml", models: models)
    }
    let read = try #require(loaded.scenario?.cloud.nodeGroups.first, "\(loaded.diagnostics)")
    #expect(read.volume == RootVolumeSpec(type: .gp2, gibibytes: 100, credits: .spent))
    #expect(read.kubeReserved == KubeReservedSpec(cpuMillis: 100, memoryMiB: 1_740))
    let said = try ScenarioFolder.diagnostics(scenario("volume: {type: gp2, iops: 9000}"))
    #expect(said.contains { $0.contains("a gp2 volume has no iops of its own") }, "\(said)")
  }

  @Test("eight mistakes are reported at once, each where it stands")
  func several() throws {
    let said = try ScenarioFolder.diagnostics(
      ScenarioFolder.scenario(
        """
          behaviour:
            web: {service: {cpu: 20}}
            hog: {process: {cpu: -1, growth: {rate: 5Mi, per: minute}}}
          load:
            - {to: web, rate: 5, users: 3}
            - {to: ghost, trace: {file: none.csv}}
            - [web]
          nodeLoad: {parameters: guess}
        """))
    let places = said.map { $0.split(separator: " ").first.map(String.init) ?? "" }
    #expect(
      places == [
        "s.yaml:11:26:", "s.yaml:12:26:", "s.yaml:12:55:", "s.yaml:14:7:", "s.yaml:15:12:",
        "s.yaml:15:33:", "s.yaml:16:7:", "s.yaml:17:26:",
      ], "\(said)")
    #expect(said.contains { $0.contains("spec.load[1].to: nothing says how 'ghost' answers") })
    #expect(said.contains { $0.contains("spec.load[1].trace.file: no such file") })
  }

  @Test("a CSV of counts: the column by name, from a row on, scaled; mistakes with their line")
  func traces() throws {
    func lines(_ trace: String) -> String { Self.service + "  load: [{to: web, trace: \(trace)}]" }
    let csv = "time,hits,bytes\nmon 1,10,1\ntue 1,20,2\ntue 2,30,3\n"
    let loaded = try Self.loaded(
      lines("{file: t.csv, column: bytes, from: tue, period: 5m, scale: 10}"), ["t.csv": csv])
    #expect(loaded.traces[0] == RequestTrace(period: .seconds(300), counts: [20, 30]))
    let plain = try Self.loaded(lines("{file: t.csv}"), ["t.csv": csv])
    #expect(plain.traces[0] == RequestTrace(period: .seconds(60), counts: [10, 20, 30]))
    let mistakes = [
      ("{file: t.csv, column: hit}", csv, "t.csv:1:1: error: there is no column 'hit'"),
      ("{file: t.csv, from: wed}", csv, "t.csv:1:1: error: no row begins with \"wed\""),
      ("{file: t.csv}", "time,hits\na,1\nb,many\n", "t.csv:3:1: error: no count in the column"),
      ("{file: t.csv}", "", "t.csv:1:1: error: "),
    ]
    for (trace, text, expected) in mistakes {
      let said = try ScenarioFolder.diagnostics(
        ScenarioFolder.scenario(lines(trace)), ["t.csv": text])
      #expect(said.contains { $0.hasPrefix(expected) }, "\(said)")
    }
  }

  @Test("a Java version says whether a JVM heeds its container's limit")
  func versions() {
    for (text, sees) in [
      ("8u111", false), ("8u131", false), ("8u190", false), ("8u191", true), ("1.8.0_111", false),
      ("1.8.0_292", true), ("8", true), ("9", false), ("10", true), ("11.0.2", true), ("17", true),
    ] {
      #expect(JVMVersion(text)?.seesContainerLimits == sees, "\(text)")
    }
    #expect(JVMVersion("newest") == nil)
    #expect(JVMVersion("8x") == nil)
    #expect(JVMVersion("") == nil)
  }
}
