import KubernetesObjects
import Testing
import TimeUnits
import TraceImports

@Suite struct ArrivalScenarioTests {
  private static func files(_ pods: String) -> [String: String] {
    let trace = OpenbTraceTests.read(
      nodes: "sn,cpu_milli,memory_mib,gpu,model\nn,1000,1024,0,\n", pods
    ).trace
    let scenario = ArrivalScenario(
      trace, name: "t", origin: "A table",
      writer: APIObjectWriter(start: CalendarTime(unixSeconds: 0)))
    return Dictionary(uniqueKeysWithValues: scenario.files)
  }

  @Test("times count from the first creation, and the run ends just after the last event")
  func rebased() throws {
    let files = Self.files(
      """
      b,600,100,0,0,,LS,Running,150,1000,
      a,800,100,0,0,,LS,Running,100,120,
      c,100,100,0,0,,LS,Running,300,,

      """)
    #expect(
      files["lifetimes.csv"] == """
        name,created_s,deleted_s
        a,0,20
        b,50,900
        c,200,

        """)
    let lines = try #require(files["scenario.yaml"]).split(separator: "\n").map(String.init)
    #expect(lines[1].contains("which was at 100 s of the trace"))
    #expect(lines.contains("  horizon: 960s"))
    #expect(lines.contains("  addons: []"))
    #expect(lines.contains("    - {pods: pods.json, lifetimes: lifetimes.csv}"))
    #expect(files["nodes.json"]?.contains(#""name":"n""#) == true)
  }
}
