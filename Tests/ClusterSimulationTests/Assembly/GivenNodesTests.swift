import ClusterSimulation
import KubernetesObjects
import Scenarios
import SimulationKernel
import TestSupport
import Testing
import TimeUnits
import Traces

/// Nodes that manifests bring.
@Suite struct GivenNodesTests {
  @Test("a dump's nodes are as they were: cordon, taints, labels, images, conditions; no bill")
  func state() throws {
    let manifests =
      GivenWorld.node("a", ready: nil, spec: "{taints: [{key: gpu, effect: NoSchedule}]}")
      + GivenWorld.node("b", spec: "{unschedulable: true}") + GivenWorld.node("c")
      + GivenWorld.pod("p")
    let (run, records) = try GivenWorld.play(GivenWorld.draft(), manifests)
    let a = try #require(GivenWorld.node("a", of: run))
    #expect(a.status.isReady && a.taints.map(\.key) == ["gpu"] && a.metadata.labels["name"] == "a")
    #expect(GivenWorld.node("b", of: run)?.unschedulable == true)
    #expect(GivenWorld.pods(run) == ["p on c, Running"])
    let summary = run.summary(version: "test")
    #expect(summary.costLines.isEmpty)
    #expect(summary.nodes.map(\.name) == ["a", "b", "c"])
    let instances = records.contains { if case .instance = $0.record { true } else { false } }
    #expect(!instances)
  }

  @Test(
    "nothing starts on a node that is not Ready, and it stays so", arguments: ["False", "Unknown"],
    [Era.current, .february2019])
  func notReady(status: String, era: Era) throws {
    let manifests =
      GivenWorld.node("a", ready: status)
      + GivenWorld.pod("bound", on: "a", status: "{phase: Pending}")
      + GivenWorld.pod("free")
    let (run, _) = try GivenWorld.play(GivenWorld.draft(seconds: 200, era: era), manifests)
    #expect(GivenWorld.node("a", of: run)?.status.condition(.ready)?.status.rawValue == status)
    #expect(GivenWorld.pods(run) == ["bound on a, Pending", "free on none, Pending"])
  }

  @Test("a silent node's pods are evicted as in the real cluster, and only a kubelet ends them")
  func eviction() throws {
    // Were no node Ready, nobody would be evicted: then the control plane is taken to be cut off.
    let manifests =
      GivenWorld.node("well") + GivenWorld.node("silent", ready: "Unknown")
      + GivenWorld.node("ill", ready: "False")
      + GivenWorld.pod("p", on: "silent") + GivenWorld.pod("q", on: "ill")
    let (run, _) = try GivenWorld.play(GivenWorld.draft(), manifests)
    #expect(GivenWorld.pods(run) == ["p on silent, Terminating"])
  }

  @Test(
    "a month on a thousand nodes takes no heartbeats, and all stay Ready",
    arguments: [Era.current, .february2019])
  func month(era: Era) throws {
    let manifests = (0..<1_000).map { GivenWorld.node("n\($0)") }.joined()
    let (run, _) = try GivenWorld.play(
      GivenWorld.draft(seconds: 30 * 86_400, era: era), manifests)
    // Looks of two controllers every 5 and 20 s; leases alone would be 259 million events.
    #expect(run.simulation.eventsHandled < 1_000_000)
    let nodes = run.summary(version: "test").nodes
    #expect(nodes.count == 1_000 && nodes.allSatisfy(\.isReady))
  }

  @Test("after months of rest a node's change is still noticed")
  func change() throws {
    let manifests = GivenWorld.node("a") + GivenWorld.node("b")
    let late: Int64 = 30 * 86_400
    let (run, _) = try GivenWorld.play(
      GivenWorld.draft(
        seconds: late + 600, [(late, "kubectl cordon a"), (late + 1, "kubectl delete node b")]),
      manifests)
    // The node controller's taint for a cordon, and the kubelet that registers again.
    #expect(
      GivenWorld.node("a", of: run)?.taints.map(\.key) == ["node.kubernetes.io/unschedulable"])
    #expect(GivenWorld.node("b", of: run)?.status.isReady == true)
  }

  @Test("a deleted node registers again and keeps its pods; a silent one's pods are collected")
  func deletion() throws {
    let manifests =
      GivenWorld.node("a", spec: "{unschedulable: true}")
      + GivenWorld.node("silent", ready: "Unknown")
      + GivenWorld.pod("p", on: "a") + GivenWorld.pod("q", on: "silent")
    let (run, _) = try GivenWorld.play(
      GivenWorld.draft(
        seconds: 200, [(10, "kubectl delete node a"), (10, "kubectl delete node silent")]),
      manifests)
    #expect(GivenWorld.node("a", of: run)?.unschedulable == false)
    #expect(GivenWorld.node("silent", of: run) == nil)
    #expect(GivenWorld.pods(run) == ["p on a, Running"])
  }

  @Test("a node that is applied during the run is refused, not passed over")
  func late() throws {
    var setup = try TestRuns.setup(
      GivenWorld.draft([(10, "kubectl apply -f late.yaml")]), manifests: GivenWorld.node("a"))
    let late = try TestRuns.setup(
      GivenWorld.draft(), manifests: GivenWorld.node("a") + GivenWorld.node("b"))
    setup.files = ["late.yaml": late.objects]
    var run = try ClusterRun(setup)
    var outputs: [String] = []
    run.run(until: run.horizon) { record, _ in
      if case .commandOutput(_, let output, _) = record { outputs.append(output) }
    }
    #expect(outputs.count == 1)
    #expect(outputs.first?.hasPrefix("node/a unchanged") == true)
    #expect(outputs.first?.contains("Error from server (Forbidden)") == true)
  }

  @Test("drain empties a given node, and its pods start on another")
  func drain() throws {
    let web = """
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 3
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: c, image: "web:1", resources: {requests: {cpu: 1}}}]}

      """
    let (run, _) = try GivenWorld.play(
      GivenWorld.draft([(60, "kubectl drain a")]),
      GivenWorld.node("a") + GivenWorld.node("b") + web)
    let summary = run.summary(version: "test")
    #expect(summary.nodes.map(\.pods) == [0, 3])
    #expect(summary.workloads.map(\.ready) == [3])
  }

  @Test("machines of a group stand beside given nodes, under names of their own")
  func beside() throws {
    var setup = try TestRuns.setup(file: "models/scenarios/first-voyage.yaml")
    let machines = try ClusterRun(setup).summary(version: "test").nodes.map(\.name)
    let taken = try TestRuns.setup(
      GivenWorld.draft(), manifests: GivenWorld.node(machines[0])
    ).objects
    setup.objects = taken + setup.objects
    var run = try ClusterRun(setup)
    run.run(until: .seconds(120))
    let nodes = run.summary(version: "test").nodes
    #expect(nodes.count == machines.count + 1 && nodes.allSatisfy(\.isReady))
    #expect(nodes.map(\.name).contains(machines[0]))
    #expect(Set(nodes.map(\.name)).count == nodes.count)
    // Add-ons run on every node, whoever brought it.
    #expect(nodes.allSatisfy { $0.pods >= 2 })
  }

  @Test("an image that a dump lists is not pulled again, by its short name either")
  func images() throws {
    let node = """
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: a}
      status:
        allocatable: {cpu: 4, memory: 8Gi, pods: 20}
        images: [{names: ["docker.io/library/web:1"], sizeBytes: 5}]

      """
    let (_, records) = try GivenWorld.play(GivenWorld.draft(), node + GivenWorld.pod("p"))
    let reasons = records.compactMap { (_, record) -> String? in
      if case .event(let event, _) = record { event.reason } else { nil }
    }
    #expect(reasons.contains("Pulled") && !reasons.contains("Pulling"))
  }
}
