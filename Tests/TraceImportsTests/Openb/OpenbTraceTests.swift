import Documents
import KubernetesObjects
import Testing
import TimeUnits
import TraceImports

@Suite struct OpenbTraceTests {
  static let nodes = """
    sn,cpu_milli,memory_mib,gpu,model
    n0,32000,262144,0,
    n1,64000,262144,2,P100
    """
  static let header =
    "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,"
    + "deletion_time,scheduled_time\n"

  static func read(
    nodes: String = Self.nodes, _ pods: String, gpus: OpenbTrace.GPUs = .whole
  ) -> (trace: ArrivalTrace, complaints: [String]) {
    let sink = DiagnosticSink()
    let trace = OpenbTrace.read(
      nodes: nodes, file: "nodes.csv", pods: header + pods, file: "pods.csv", gpus: gpus,
      sink: sink)
    return (trace, sink.sorted.map(\.description))
  }

  @Test("A node has what its row says, and the GPU's model as a label")
  func nodes() throws {
    let trace = Self.read("").trace
    let node = try #require(trace.nodes.last)
    #expect(node.status.allocatable["cpu"] == Quantity(value: 64))
    #expect(node.status.allocatable["memory"] == Quantity(value: 256 << 30))
    #expect(node.status.allocatable["nvidia.com/gpu"] == Quantity(value: 2))
    #expect(node.metadata.labels[OpenbTrace.modelLabel] == "P100")
    #expect(trace.nodes[0].status.allocatable["nvidia.com/gpu"] == nil)
  }

  @Test("A share of a GPU takes a whole one, or its thousandths, as asked")
  func shares() {
    let row = "p,6000,12288,1,460,P100|T4,LS,Running,10,20,10\n"
    let whole = Self.read(row).trace.pods[0]
    #expect(whole.pod.spec.value.requests.scalar("nvidia.com/gpu") == 1)
    let shared = Self.read(row, gpus: .shared).trace.pods[0]
    #expect(shared.pod.spec.value.requests.scalar("alibabacloud.com/gpu-milli") == 460)
    #expect(whole.created == .seconds(10) && whole.deleted == .seconds(20))
    let terms = whole.pod.spec.value.spec.affinity?.requiredNodeTerms
    #expect(terms?[0].matchExpressions[0].values == ["P100", "T4"])
  }

  @Test("Pods stand in the order of their creation, those of one second in the table's")
  func order() {
    let trace = Self.read(
      """
      a,1,1,0,0,,LS,Running,20,30,
      b,1,1,0,0,,LS,Running,10,,
      c,1,1,0,0,,LS,Running,10,30,

      """
    ).trace
    #expect(trace.pods.map(\.pod.metadata.name) == ["b", "c", "a"])
    #expect(trace.pods[0].deleted == nil)
  }

  @Test("What is wrong with a table is said with file, line and column")
  func mistakes() {
    #expect(
      Self.read("p,lots,1,0,0,,LS,Running,1,2,1\nq,1,1,0,0,,LS,Running,9,2,1\n").complaints == [
        "pods.csv:2:3: error: cpu_milli: expected a whole number, found \"lots\"",
        "pods.csv:3:25: error: deletion_time: deleted at 2, before its creation at 9",
      ])
    #expect(
      Self.read(nodes: "sn,cpu,memory_mib,gpu\n", "").complaints
        == ["nodes.csv:1:1: error: column 'cpu_milli' is missing"])
    #expect(
      Self.read("p,-5,1,0,0,,LS,Running,1,2,1\n").complaints
        == ["pods.csv:2:3: error: cpu_milli: expected a number from 0 to 1000000000, found -5"])
  }
}
