import Foundation
import TestSupport
import Testing

/// `dry-run scheduler` and `import` as a person types them.
@Suite struct DryRunCommandTests {
  private static let nodes = """
    {"apiVersion":"v1","kind":"List","items":[
    {"apiVersion":"v1","kind":"Node","metadata":{"name":"a","labels":{"disk":"ssd"}},
     "status":{"allocatable":{"cpu":"2","memory":"4Gi","pods":"10"}}},
    {"apiVersion":"v1","kind":"Node","metadata":{"name":"b"},
     "status":{"allocatable":{"cpu":"2","memory":"4Gi","pods":"10"}}},
    {"apiVersion":"v1","kind":"Node","metadata":{"name":"empty"},"status":{}}]}
    """
  private static let pods = """
    apiVersion: v1
    kind: Pod
    metadata: {name: standing}
    spec:
      nodeName: a
      containers: [{name: c, image: i, resources: {requests: {cpu: 500m, memory: 512Mi}}}]
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: new}
    spec:
      containers: [{name: c, image: i, resources: {requests: {cpu: 500m, memory: 512Mi}}}]
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: picky}
    spec:
      nodeSelector: {disk: tape}
      containers: [{name: c, image: i}]
    """

  /// A folder with files, and what commands in it print.
  private struct Place {
    let folder: String

    init(_ files: [(String, String)]) throws {
      folder = NSTemporaryDirectory() + "dry-run-\(ProcessInfo.processInfo.globallyUniqueString)"
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      for (name, text) in files {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      }
    }

    func run(_ arguments: String...) throws -> (status: Int32, output: String, errors: String) {
      try TestRuns.command(arguments, in: folder)
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }
  }

  @Test("real objects: the pod's node and why, and why another fits nowhere")
  func objects() throws {
    let place = try Place([("nodes.json", Self.nodes), ("pods.yaml", Self.pods)])
    defer { place.remove() }
    let run = try place.run("dry-run", "scheduler", "--nodes", "nodes.json", "--pods", "pods.yaml")
    #expect(run.status == 0)
    #expect(
      run.output.hasPrefix(
        "new: b, score 452; next a with 434: NodeResourcesFit +19, "
          + "NodeResourcesBalancedAllocation -1"), "\(run.output)")
    #expect(run.output.contains("label a, b, empty with disk=tape, or ask for less"))
    #expect(run.output.hasSuffix("1 of 2 pods placed\n"))
    #expect(
      run.errors
        == "nodes.json:6:1: warning: node \"empty\" has nothing allocatable: no pod fits on it\n")
  }

  @Test("a scheduler's own configuration decides; the JSON has the recordings' shape")
  func configuration() throws {
    let place = try Place([
      ("nodes.json", Self.nodes), ("pods.yaml", Self.pods),
      (
        "config.yaml",
        """
        apiVersion: kubescheduler.config.k8s.io/v1
        kind: KubeSchedulerConfiguration
        profiles:
          - pluginConfig:
              - {name: NodeResourcesFit, args: {scoringStrategy: {type: MostAllocated}}}
            plugins: {score: {disabled: [{name: NodeResourcesBalancedAllocation}]}}
        """
      ), ("wrong.yaml", "apiVersion: kubescheduler.config.k8s.io/v1\nkind: Configuration\n"),
    ])
    defer { place.remove() }
    let objects = ["dry-run", "scheduler", "--nodes", "nodes.json", "--pods", "pods.yaml"]
    let run = try TestRuns.command(
      objects + ["--config", "config.yaml", "--json"], in: place.folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.output.hasPrefix("{\"results\":[{\"pod\":\"new\",\"node\":\"a\",\"attempts\":[{"))
    let wrong = try TestRuns.command(objects + ["--config", "wrong.yaml"], in: place.folder)
    #expect(wrong.status == 65)
    #expect(wrong.errors.hasPrefix("wrong.yaml:2:7: error: kind: expected 'KubeScheduler"))
  }

  @Test("wrong command lines, missing files and wrong files have their own exit statuses")
  func statuses() throws {
    let place = try Place([
      ("broken.json", "{\"case\": {\"nodes\": [}}"),
      (
        "lots.json",
        """
        {"case":{"nodes":[{"name":"a","allocatable":{"cpu":"lots"}}],
         "pods":[{"name":"p","requests":{"cpu":"1e"}}]}}
        """
      ),
      (
        "selector.json",
        """
        {"case":{"nodes":[{"name":"a","allocatable":{"cpu":"1","memory":"1Gi","pods":"9"}}],
         "pods":[{"name":"p","affinity":{"podAntiAffinity":{
         "requiredDuringSchedulingIgnoredDuringExecution":[
         {"topologyKey":"kubernetes.io/hostname","labelSelector":{}}]}}},{"name":"q"}]}}
        """
      ), ("deep.json", String(repeating: "[", count: 100_000)),
    ])
    defer { place.remove() }
    #expect(try place.run("dry-run", "scheduler").status == 64)
    #expect(try place.run("dry-run", "scheduler", "a.json", "--ties", "last").status == 64)
    #expect(try place.run("dry-run", "scheduler", "a.json").status == 66)
    #expect(try place.run("dry-run", "scheduler", "--nodes", "n", "--pods", "p").status == 66)
    let broken = try place.run("dry-run", "scheduler", "broken.json")
    #expect(broken.status == 65)
    #expect(broken.errors.hasPrefix("broken.json:1:21: error: not JSON: expected a value, found"))
    #expect(broken.errors.contains("at byte 20"))
    let lots = try place.run("dry-run", "scheduler", "lots.json")
    #expect(lots.status == 65 && lots.errors.contains("2 errors; nothing was run"))
    #expect(lots.errors.contains("lots.json:1:52: error: case.nodes[0].allocatable.cpu: 'lots'"))
    #expect(try place.run("dry-run", "scheduler", "deep.json").status == 65)
    // An empty selector matches every pod: q may not stand beside p.
    let selector = try place.run("dry-run", "scheduler", "selector.json")
    #expect(selector.status == 0)
    #expect(selector.output.contains("p: a, the only node that does"))
    #expect(selector.output.contains("1 node(s) didn't satisfy existing pods anti-affinity rules"))
  }

  @Test("openb is played, shown and kept; what it keeps can be dry-run")
  func openb() throws {
    let place = try Place([
      ("n.csv", "sn,cpu_milli,memory_mib,gpu,model\nn0,4000,8192,1,T4\nn1,4000,8192,0,\n"),
      (
        "p.csv",
        "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,"
          + "deletion_time,scheduled_time\np0,1000,1024,1,500,,LS,Running,5,90,5\n"
          + "p1,1000,1024,1,500,,LS,Running,6,95,6\n"
      ),
    ])
    defer { place.remove() }
    let run = try place.run("import", "openb", "n.csv", "p.csv", "--out", "kept")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.hasPrefix("2 nodes, 2 pods; 2 decisions, 1 had to wait"))
    #expect(run.output.contains("\n       2  0.0       1        1   12.5       6.3  100.0"))
    let again = try place.run(
      "dry-run", "scheduler", "--nodes", "kept/nodes.json", "--pods", "kept/pods.json")
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.contains("p0: n0, the only node that does"))
    #expect(again.output.contains("Insufficient nvidia.com/gpu"))
    #expect(try place.run("import", "openb", "n.csv", "none.csv").status == 66)
    #expect(try place.run("import", "openb", "p.csv", "n.csv").status == 65)
  }

  @Test("a SimKube trace becomes a scenario that runs")
  func simkube() throws {
    let place = try Place([
      (
        "t.json",
        """
        {"version":2,"events":[{"ts":100,"applied_objs":[{"apiVersion":"apps/v1",
        "kind":"Deployment","metadata":{"name":"web","namespace":"shop"},"spec":{"replicas":2,
        "selector":{"matchLabels":{"app":"w"}},"template":{"metadata":{"labels":{"app":"w"}},
        "spec":{"containers":[{"name":"c","image":"i:1"}]}}}}]},
        {"ts":160,"deleted_objs":[{"kind":"Deployment","metadata":{"name":"web",
        "namespace":"shop"}}]}]}
        """
      )
    ])
    defer { place.remove() }
    let run = try place.run("import", "simkube", "t.json", "--out", "s", "--nodes", "2")
    #expect(run.status == 0, "\(run.errors)")
    let played = try place.run("run", "s/scenario.yaml", "--out", "played", "--json")
    #expect(played.status == 0, "\(played.errors)")
    let trace = try String(contentsOfFile: "\(place.folder)/played/trace.jsonl", encoding: .utf8)
    #expect(trace.contains("shop/web-"))
    #expect(try place.run("import", "simkube", "t.json", "--nodes", "-1").status == 64)
  }

  private static let workload = """
    apiVersion: v1
    kind: LimitRange
    metadata: {name: defaults}
    spec: {limits: [{type: Container, defaultRequest: {cpu: 900m}}]}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      replicas: 5
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec: {containers: [{name: c, image: i}]}
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: web-x, labels: {app: web}}
    spec:
      nodeName: a
      containers: [{name: c, image: i, resources: {requests: {cpu: 900m}}}]
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: later}
    spec: {schedulingGates: [{name: example.com/quota}], containers: [{name: c, image: i}]}
    """

  @Test("a Deployment's missing pods are made as the control plane makes them; a gated pod waits")
  func deployment() throws {
    let place = try Place([("nodes.json", Self.nodes), ("pods.yaml", Self.workload)])
    defer { place.remove() }
    let run = try place.run(
      "dry-run", "scheduler", "--nodes", "nodes.json", "--pods", "pods.yaml")
    #expect(run.status == 0)
    let lines = run.output.split(separator: "\n").map(String.init)
    // Two of 900m fit a node of 2 CPUs: with the one that stands, three more find room.
    #expect(lines.filter { $0.hasPrefix("web-") && !$0.contains("fits nowhere") }.count == 3)
    #expect(lines.contains { $0.hasPrefix("web-4: fits nowhere. 0/3 nodes are available: ") })
    #expect(
      lines.contains("later: fits nowhere. Scheduling is blocked due to non-empty scheduling gates")
    )
    #expect(lines.contains("  waits until its gates are removed: example.com/quota"))
    #expect(lines.last == "3 of 5 pods placed")
  }

  @Test("a budget without a status has the one that its minAvailable gives it")
  func budget() throws {
    func objects(_ minimum: Int) -> String {
      let pod = { (name: String, node: String, app: String) in
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: \(name), labels: {app: \(app)}}
        spec:
          nodeName: \(node)
          priority: 0
          containers: [{name: c, image: i, resources: {requests: {cpu: 1500m}}}]
        ---

        """
      }
      return pod("low-a", "a", "free") + pod("low-b", "b", "guarded")
        + """
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: guard}
        spec: {minAvailable: \(minimum), selector: {matchLabels: {app: guarded}}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: high}
        spec:
          priority: 10
          containers: [{name: c, image: i, resources: {requests: {cpu: 1500m}}}]
        """
    }
    func evicted(_ minimum: Int) throws -> [String] {
      let place = try Place([("nodes.json", Self.nodes), ("pods.yaml", objects(minimum))])
      defer { place.remove() }
      let run = try place.run(
        "dry-run", "scheduler", "--nodes", "nodes.json", "--pods", "pods.yaml")
      return run.output.split(separator: "\n").map(String.init).filter { $0.contains("evicts") }
    }
    #expect(try evicted(1) == ["  evicts low-a from a"])
    // Without a violation both nodes are as good but for the start: the younger pod goes.
    #expect(try evicted(0) == ["  evicts low-b from b"])
  }

  @Test("a pod with a claim follows its volume, and is told where that is")
  func volumes() throws {
    let zones = """
      {"apiVersion":"v1","kind":"List","items":[
      {"apiVersion":"v1","kind":"Node","metadata":{"name":"a",
        "labels":{"topology.kubernetes.io/zone":"z1"}},
       "status":{"allocatable":{"cpu":"2","memory":"4Gi","pods":"10"}}},
      {"apiVersion":"v1","kind":"Node","metadata":{"name":"b",
        "labels":{"topology.kubernetes.io/zone":"z2"}},
       "status":{"allocatable":{"cpu":"2","memory":"4Gi","pods":"10"}}}]}
      """
    let pod = { (name: String) in
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: \(name)}
      spec:
        containers: [{name: c, image: i, resources: {requests: {cpu: 1500m}}}]
        volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]
      ---

      """
    }
    let storage = """
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: {name: gp3, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
      provisioner: ebs.csi.aws.com
      volumeBindingMode: WaitForFirstConsumer
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
      """
    let place = try Place([
      ("nodes.json", zones), ("pods.yaml", pod("first") + pod("second") + storage),
    ])
    defer { place.remove() }
    let run = try place.run(
      "dry-run", "scheduler", "--nodes", "nodes.json", "--pods", "pods.yaml")
    #expect(run.output.contains("first: a, score "))
    #expect(
      run.output.contains(
        "second: fits nowhere. 0/2 nodes are available: 1 Insufficient cpu, "
          + "1 node(s) didn't match PersistentVolume's node affinity."))
    #expect(
      run.output.contains(
        "room where its volume is: topology.kubernetes.io/zone in z1"))
  }
}
