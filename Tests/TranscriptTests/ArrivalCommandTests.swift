import Foundation
import TestSupport
import Testing

/// Traces and dumps as scenarios, from the command line.
@Suite struct ArrivalCommandTests {
  /// Traces of others that are not ours to pass on; nil where they are not at hand.
  private static let traces: String? = {
    let path = "\(TestRuns.root)/../shared/data/traces"
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  private static func with<Value>(
    _ files: [String: String], _ body: (String) throws -> Value
  ) throws -> Value {
    let folder =
      NSTemporaryDirectory() + "arrivals-\(ProcessInfo.processInfo.globallyUniqueString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, text) in files {
      try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }
    return try body(folder)
  }

  @Test("an openb trace becomes a scenario that runs, with who waited and why")
  func openb() throws {
    let files = [
      "n.csv": "sn,cpu_milli,memory_mib,gpu,model\nn0,4000,8192,1,T4\nn1,4000,8192,0,\n",
      "p.csv": """
      name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,\
      deletion_time,scheduled_time
      p0,1000,1024,1,500,,LS,Running,1005,4605,5
      p1,1000,1024,1,500,,LS,Running,2005,9005,6

      """,
    ]
    try Self.with(files) { folder in
      let kept = try TestRuns.command(
        ["import", "openb", "n.csv", "p.csv", "--out", "kept"], in: folder)
      #expect(kept.status == 0, "\(kept.errors)")
      #expect(kept.output.contains("seatrial run kept/scenario.yaml"))
      let run = try TestRuns.command(["run", "kept/scenario.yaml", "--out", "run"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      for text in [
        "2 nodes joined: n0, n1", "0/2 nodes are available: 2 Insufficient nvidia.com/gpu.",
        "1 pod of p1 gone", "Cost  none", "2:14:20 simulated",
      ] {
        #expect(run.output.contains(text), "\(text) in \(run.output)")
      }
      #expect(!run.output.contains("nodeGroups"))
      #expect(try TestRuns.command(["validate", "kept/scenario.yaml"], in: folder).status == 0)
    }
  }

  @Test("manifests that bring nodes run on these, without machines and add-ons")
  func manifests() throws {
    let dump = """
      apiVersion: v1
      kind: Node
      metadata: {name: mine}
      status: {allocatable: {cpu: 4, memory: 8Gi, pods: 110}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: p}
      spec: {nodeName: mine, containers: [{name: c, image: i, resources: {requests: {cpu: 2}}}]}

      """
    try Self.with(["dump.yaml": dump]) { folder in
      let run = try TestRuns.command(["run", "--manifests", "dump.yaml"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("  mine: Ready, pods 1/110, requested cpu 50 %, memory 0 %"))
      #expect(!run.output.contains("m5.large") && !run.output.contains("aws-node"))
      let more = try TestRuns.command(
        ["run", "--manifests", "dump.yaml", "--nodes", "1"], in: folder)
      #expect(more.output.contains("1 x m5.large") || more.output.contains("m5.large:"))
    }
  }

  @Test("the openb cluster of 1 523 nodes plays half a year; its end is told short")
  func cluster() throws {
    guard let traces = Self.traces else { return }
    try Self.with([:]) { folder in
      let kept = try TestRuns.command(
        [
          "import", "openb", "\(traces)/openb/openb_node_list_all_node.csv",
          "\(traces)/openb/openb_pod_list_default.csv", "--stay", "--out", "kept",
        ], in: folder)
      #expect(kept.status == 0, "\(kept.errors)")
      let run = try TestRuns.command(["run", "kept/scenario.yaml", "--out", "run"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("1523 nodes, all Ready"))
      #expect(run.output.contains("pods are still Pending, "))
      #expect(run.output.split(separator: "\n").count < 150)
    }
  }

  @Test(
    "every SimKube trace plays",
    arguments: [
      "bare-pods.sktrace", "dsb-scaling.sktrace", "trace.json", "bare-pods.sktrace.json",
      "dsb-scaling.sktrace.json",
    ])
  func simkube(name: String) throws {
    guard let traces = Self.traces else { return }
    try Self.with([:]) { folder in
      let kept = try TestRuns.command(
        ["import", "simkube", "\(traces)/simkube/\(name)", "--out", "kept"], in: folder)
      #expect(kept.status == 0, "\(kept.errors)")
      let run = try TestRuns.command(["run", "kept/scenario.yaml", "--out", "run"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("kubectl apply -f change-0001.json"))
      #expect(!run.output.contains("Error from server"))
    }
  }
}
