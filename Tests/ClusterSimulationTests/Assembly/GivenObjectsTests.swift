import ClusterSimulation
import KubernetesObjects
import Scenarios
import TestSupport
import Testing
import TimeUnits
import Traces

/// A cluster dump as the starting state: bound pods, and who owns them.
@Suite struct GivenObjectsTests {
  private static func created(
    _ records: [(time: SimulationTime, record: TraceRecord)], after seconds: Int64 = 0
  ) -> Int {
    records.count { time, record in
      if case .podCreated = record { time > .seconds(seconds) } else { false }
    }
  }

  @Test("bound pods run from the start: nothing is pulled, started or scheduled for them")
  func running() throws {
    let manifests =
      GivenWorld.pod("said", on: "a", status: "{phase: Running}")
      + GivenWorld.pod("unsaid", on: "a")
      + GivenWorld.pod("done", on: "a", status: "{phase: Succeeded}") + GivenWorld.node("a")
    let (run, records) = try GivenWorld.play(GivenWorld.draft(seconds: 5), manifests)
    #expect(
      GivenWorld.pods(run) == [
        "done on a, Succeeded", "said on a, Running", "unsaid on a, Running",
      ])
    let ready = records.filter { if case .podReady(_, true) = $0.record { true } else { false } }
    #expect(ready.map(\.time) == [.zero, .zero])
    #expect(!records.contains { if case .event = $0.record { true } else { false } })
    // Two that run ask for two of four cores; what has ended holds nothing.
    #expect(run.summary(version: "test").nodes[0].cpuShare == 0.5)
  }

  @Test("a bound pod that is Pending is started, one of a node that is not there is collected")
  func pendingAndLost() throws {
    let manifests =
      GivenWorld.node("a") + GivenWorld.pod("starting", on: "a", status: "{phase: Pending}")
      + GivenWorld.pod("lost", on: "gone")
    let (run, records) = try GivenWorld.play(GivenWorld.draft(), manifests)
    #expect(GivenWorld.pods(run) == ["starting on a, Running"])
    let gone = records.first { if case .podGone = $0.record { true } else { false } }
    // A look every 20 s, and 40 s of quarantine after the first that misses the node.
    #expect(gone?.time == .seconds(60) || gone.map { $0.time < .seconds(62) } == true)
    #expect(gone.map { $0.time >= .seconds(60) } == true)
  }

  private static let templates = """
      template:
        metadata: {labels: {app: web%hash}}
        spec: {containers: [{name: c, image: "web:1", resources: {requests: {cpu: 100m}}}]}

    """

  private static func deployment(uid: String) -> String {
    """
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web\(uid)}
    spec:
      replicas: 2
      selector: {matchLabels: {app: web}}
    \(templates.replacing("%hash", with: ""))
    """
  }

  private static func replicaSet(uid: String, ownerUID: String) -> String {
    """
    ---
    apiVersion: apps/v1
    kind: ReplicaSet
    metadata:
      name: web-1a2b
      labels: {app: web, pod-template-hash: 1a2b}
      ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, controller: true\(ownerUID)}]\(uid)
    spec:
      replicas: 2
      selector: {matchLabels: {app: web, pod-template-hash: 1a2b}}
    \(templates.replacing("%hash", with: ", pod-template-hash: 1a2b"))
    """
  }

  private static func owned(_ name: String, uid: String) -> String {
    GivenWorld.pod(
      name, on: "a",
      metadata:
        "  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-1a2b, controller: true"
        + uid + "}]", cpu: "100m")
  }

  private static let uids = (0..<3).map { "aaaaaaaa-0000-4000-8000-00000000000\($0)" }

  @Test(
    "a ReplicaSet of the dump has its pods, whatever the order and whether identities are there",
    arguments: [true, false], [true, false])
  func adopted(withUIDs: Bool, ownersFirst: Bool) throws {
    func uid(_ index: Int, _ separator: String) -> String {
      withUIDs ? "\(separator)uid: \(Self.uids[index])" : ""
    }
    let owners = [
      Self.deployment(uid: uid(0, ", ")),
      Self.replicaSet(uid: uid(1, "\n  "), ownerUID: uid(0, ", ")),
    ]
    let pods = ["web-1a2b-x", "web-1a2b-y"].map { Self.owned($0, uid: uid(1, ", ")) }
    let all = ownersFirst ? owners + pods : pods + owners
    let (run, records) = try GivenWorld.play(
      GivenWorld.draft([(300, "kubectl scale deployment web --replicas=3")]),
      GivenWorld.node("a") + all.joined())
    #expect(Self.created(records) == 1)
    let summary = run.summary(version: "test")
    #expect(summary.workloads.map(\.name) == ["deployment.apps/web"])
    #expect(summary.workloads.map(\.ready) == [3])
    #expect(summary.nodes.map(\.pods) == [3])
  }

  @Test("an identity of the dump that nobody has any more is not what counts, the name is")
  func staleIdentity() throws {
    let manifests =
      GivenWorld.node("a") + Self.deployment(uid: "")
      + Self.replicaSet(uid: "", ownerUID: ", uid: \(Self.uids[0])")
      + Self.owned("web-1a2b-x", uid: ", uid: \(Self.uids[1])")
      + Self.owned("web-1a2b-y", uid: ", uid: \(Self.uids[2])")
    let (run, records) = try GivenWorld.play(GivenWorld.draft(), manifests)
    #expect(Self.created(records) == 0)
    #expect(GivenWorld.pods(run) == ["web-1a2b-x on a, Running", "web-1a2b-y on a, Running"])
  }

  @Test("a DaemonSet of the dump keeps its pods: they are up to date, and no node gets a second")
  func daemonSet() throws {
    let set = """
      ---
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: agent, annotations: {deprecated.daemonset.template.generation: "3"}}
      spec:
        selector: {matchLabels: {app: agent}}
        template:
          metadata: {labels: {app: agent}}
          spec: {containers: [{name: c, image: "agent:3"}]}

      """
    func pod(_ name: String, _ node: String, generation: Int) -> String {
      """
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: \(name)
        labels:
          app: agent
          controller-revision-hash: real
          pod-template-generation: "\(generation)"
        ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: agent, controller: true}]
      spec: {nodeName: \(node), containers: [{name: c, image: "agent:\(generation)"}]}

      """
    }
    let manifests =
      pod("agent-a", "a", generation: 3) + pod("agent-b", "b", generation: 2)
      + GivenWorld.node("a") + GivenWorld.node("b") + GivenWorld.node("c") + set
    let (run, records) = try GivenWorld.play(GivenWorld.draft(), manifests)
    // c had none, and b's is of an earlier generation.
    #expect(Self.created(records) == 2)
    #expect(GivenWorld.pods(run).contains("agent-a on a, Running"))
    #expect(!GivenWorld.pods(run).contains("agent-b on b, Running"))
    #expect(run.summary(version: "test").nodes.map(\.pods) == [1, 1, 1])
  }

  @Test("what the API server refuses of the manifests is said")
  func refused() throws {
    let pod = GivenWorld.pod("p").replacing(
      "spec:", with: "spec:\n  priorityClassName: nowhere")
    let (run, _) = try GivenWorld.play(GivenWorld.draft(), GivenWorld.node("a") + pod)
    let warnings = run.summary(version: "test").warnings
    #expect(warnings.count == 1)
    #expect(warnings.first?.hasPrefix("Pod p was refused: ") == true)
    #expect(warnings.first?.contains("nowhere") == true)
  }
}
