import Foundation
import TestSupport
import Testing

/// What people already have, from the command line: ClusterConfigs, answers of the AWS CLI, dumps.
@Suite struct GivenGroupCommandTests {
  private static func with<Value>(
    _ files: [String: String], _ body: (String) throws -> Value
  ) throws -> Value {
    let folder = NSTemporaryDirectory() + "given-\(ProcessInfo.processInfo.globallyUniqueString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, text) in files {
      try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }
    return try body(folder)
  }

  private static func scenario(_ cloud: String, _ more: String = "") -> String {
    """
    apiVersion: seatrial/v1
    kind: Scenario
    metadata: {name: given}
    spec:
      horizon: 10m
      cloud: \(cloud)
    \(more)
    """
  }

  private static let badConfig = """
    apiVersion: eksctl.io/v1alpha5
    kind: ClusterConfig
    metadata: {name: blue, region: us-east-1}
    nodeGroups:
      - name: a
        instanceTyp: m5.large
        minSize: 3
        maxSize: 4
        desiredCapacity: 9
        volumeType: gp33
        availabilityZones: [us-east-11]
        taints: [{key: k, effect: NoShedule}]
        asgSuspendProcesses: [Lunch]
    """

  private static let badGroups = """
    {"AutoScalingGroups": [{
      "AutoScalingGroupName": "w", "MinSize": 4, "MaxSize": 2, "DesiredCapasity": 3,
      "DesiredCapacity": 3, "AvailabilityZones": ["us-east-1"], "HealthCheckType": "ELBB",
      "SuspendedProcesses": [{"ProcessName": "AZRebalanse"}],
      "Instances": [{"InstanceId": "i-1", "AvailabilityZone": "us-east-1a",
        "LifecycleState": "InServise"}]
    }]}
    """

  @Test(
    "six mistakes in a given file are told at once, with places and hints; exit status 65",
    arguments: ["validate", "run"])
  func mistakes(command: String) throws {
    let files = [
      "config.yaml": Self.badConfig, "groups.json": Self.badGroups,
      "a.yaml": Self.scenario("{clusterConfig: config.yaml}"),
      "b.yaml": Self.scenario("{autoScalingGroups: groups.json}"),
    ]
    try Self.with(files) { folder in
      for (scenario, given, paths) in [
        (
          "a.yaml", "config.yaml:",
          [
            "instanceTyp", "desiredCapacity", "volumeType", "availabilityZones[0]",
            "taints[0].effect", "asgSuspendProcesses[0]",
          ]
        ),
        (
          "b.yaml", "groups.json:",
          [
            "MinSize", "DesiredCapasity", "AvailabilityZones[0]", "HealthCheckType",
            "SuspendedProcesses[0].ProcessName", "Instances[0].LifecycleState",
          ]
        ),
      ] {
        let told = try TestRuns.command([command, scenario], in: folder)
        #expect(told.status == 65, "\(told.output)\(told.errors)")
        let lines = (told.output + told.errors).split(separator: "\n")
          .filter { $0.contains(": error: ") }
        #expect(lines.count == 6, "\(lines)")
        for path in paths {
          let line = lines.first { $0.contains("[0].\(path): ") }
          #expect(line?.contains(given) == true, "\(path) in \(lines)")
        }
      }
    }
  }

  private static let config = """
    apiVersion: eksctl.io/v1alpha5
    kind: ClusterConfig
    metadata: {name: blue, region: us-east-1, version: "1.29"}
    managedNodeGroups:
      - {name: general, instanceType: m5.large, desiredCapacity: 1}
      - name: jobs
        instanceType: m5.large
        desiredCapacity: 1
        labels: {team: green}
        taints: [{key: jobs, value: "yes", effect: NoSchedule}]
        maxPodsPerNode: 20
    """

  private static let workload = """
    apiVersion: v1
    kind: Pod
    metadata: {name: job}
    spec:
      nodeSelector: {team: green}
      tolerations: [{key: jobs, operator: Exists}]
      containers: [{name: c, image: i, resources: {requests: {cpu: 500m}}}]
    """

  @Test("a ClusterConfig runs: labels and taints of its nodes bear on pods, volumes on the bill")
  func clusterConfig() throws {
    let files = [
      "config.yaml": Self.config, "pod.yaml": Self.workload,
      "s.yaml": Self.scenario("{clusterConfig: config.yaml}", "  manifests: [pod.yaml]"),
    ]
    try Self.with(files) { folder in
      let run = try TestRuns.command(["run", "s.yaml", "--out", "run"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      for text in ["pods 3/20", "2 x gp3 volume", "GiB-month", "extended support"] {
        #expect(run.output.contains(text), "\(text) in \(run.output)")
      }
      let shown = try TestRuns.command(["show", "s.yaml"], in: folder)
      #expect(shown.output.contains("spec.cloud.nodeGroups[1].labels.team"))
      #expect(shown.output.contains("config.yaml:6"))
    }
  }

  /// As `kubectl get nodes,pods -o json` prints them: two nodes, three pods that run on them.
  private static let dump = """
    {"apiVersion": "v1", "kind": "List", "metadata": {"resourceVersion": ""}, "items": [
      \(["n1", "n2"].map { """
        {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "\($0)"},
         "status": {"allocatable": {"cpu": "4", "memory": "8Gi", "pods": "30"},
           "conditions": [{"type": "Ready", "status": "True"}]}}
        """ }.joined(separator: ",\n")),
      \([("a", "n1"), ("b", "n1"), ("c", "n2")].map { """
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "\($0.0)", "namespace": "default"},
         "spec": {"nodeName": "\($0.1)", "containers": [{"name": "c", "image": "i",
           "resources": {"requests": {"cpu": "1500m"}}}]},
         "status": {"phase": "Running"}}
        """ }.joined(separator: ",\n"))
    ]}
    """

  @Test("a dump is the starting state: its pods stay where they ran and their requests count")
  func dump() throws {
    let more = """
        manifests: [dump.json, pod.yaml]
        addons: []
        timeline: [{at: 5m, run: kubectl get pods -o wide}]
      """
    let pod = """
      apiVersion: v1
      kind: Pod
      metadata: {name: late}
      spec: {containers: [{name: c, image: i, resources: {requests: {cpu: "2"}}}]}
      """
    let scenario = Self.scenario("{region: us-east-1}", more)
      .replacingOccurrences(of: "  cloud: {region: us-east-1}\n", with: "")
    try Self.with(["dump.json": Self.dump, "pod.yaml": pod, "s.yaml": scenario]) { folder in
      let run = try TestRuns.command(["run", "s.yaml", "--out", "run"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      // n1 has 3 of 4 CPUs requested: what wants two goes to n2.
      for text in [
        "n1: Ready, pods 2/30, requested cpu 75 %", "n2: Ready, pods 2/30, requested cpu 88 %",
      ] {
        #expect(run.output.contains(text), "\(text) in \(run.output)")
      }
    }
  }

  @Test("every running pod of a given dump stays on its node, but those that were being deleted")
  func givenDump() throws {
    let folder = "\(TestRuns.root)/../shared/data/clusters/aks-gpu-32"
    guard let data = FileManager.default.contents(atPath: "\(folder)/pods.json") else { return }
    let list = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    var wanted: [String: String] = [:]
    var leaving = 0
    for pod in try #require(list["items"] as? [[String: Any]]) {
      let metadata = pod["metadata"] as? [String: Any] ?? [:]
      let node = (pod["spec"] as? [String: Any])?["nodeName"] as? String
      if metadata["deletionTimestamp"] != nil {
        leaving += 1
      } else if let name = metadata["name"] as? String {
        wanted[name] = node
      }
    }
    #expect(wanted.count == 32 && leaving == 32)
    let more = """
        manifests: ["\(folder)/nodes.json", "\(folder)/pods.json"]
        addons: []
        timeline: [{at: 9m, run: kubectl get pods -A -o wide}]
      """
    let scenario = Self.scenario("{}", more).replacingOccurrences(of: "  cloud: {}\n", with: "")
    try Self.with(["s.yaml": scenario]) { folder in
      let run = try TestRuns.command(["run", "s.yaml", "--out", "run"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let trace = try String(contentsOfFile: "\(folder)/run/trace.jsonl", encoding: .utf8)
      let table = try #require(
        trace.split(separator: "\n").first { $0.contains("\"commandOutput\"") })
      for (name, node) in wanted {
        let rest = table.range(of: name + " ").map { table[$0.upperBound...].prefix(120) }
        #expect(rest?.contains(" \(node) ") == true, "\(name) on \(node)")
      }
    }
  }
}
