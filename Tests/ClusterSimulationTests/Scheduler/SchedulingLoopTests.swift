import AWSObjects
import ClusterState
import KubeScheduler
import KubernetesObjects
import Scenarios
import SimulationKernel
import TestSupport
import Testing
import TimeUnits
import Traces

@testable import ClusterSimulation

/// What the scheduler's decisions come to in a running cluster.
@Suite struct SchedulingLoopTests {
  private func draft(nodes: Int = 2, minutes: Int64 = 5) -> ScenarioDraft {
    let zones = ["us-east-1a", "us-east-1b"].map { AvailabilityZone($0) }
    let group = NodeGroupSpec(
      name: "workers", instanceType: "m5.large", zones: zones, min: 0, desired: nodes, max: 4)
    var draft = ScenarioDraft(
      name: "world", horizon: .seconds(minutes * 60),
      cloud: CloudSpec(region: Region("us-east-1"), nodeGroups: [group]))
    draft.addons = []
    return draft
  }

  private func pod(
    _ name: String, cpu: String, app: String = "a", more: String = ""
  ) -> String {
    """
    apiVersion: v1
    kind: Pod
    metadata: {name: \(name), labels: {app: \(app)}}
    spec:
      containers: [{name: c, image: "a:1", resources: {requests: {cpu: \(cpu)}}}]
      \(more)
    ---

    """
  }

  /// The pods at the end, by name, and every Event about them.
  private func play(
    _ setup: ClusterSetup
  ) throws -> (pods: [String: Pod], events: [(pod: String, reason: String, message: String)]) {
    var run = try ClusterRun(setup)
    var events: [(pod: String, reason: String, message: String)] = []
    run.run(until: run.horizon) { record, _ in
      if case .event(let event, _) = record, event.kind == "Pod" {
        events.append((event.name, event.reason, event.message))
      }
    }
    var pods: [String: Pod] = [:]
    run.simulation.model.cluster.pods.forEach { _, pod in pods[pod.metadata.name] = pod }
    return (pods, events)
  }

  private func play(
    _ manifests: String, nodes: Int = 2
  ) throws -> (pods: [String: Pod], events: [(pod: String, reason: String, message: String)]) {
    try play(TestRuns.setup(draft(nodes: nodes), manifests: manifests))
  }

  @Test("A pod of higher priority takes the place that no budget guards, and waits for it")
  func preemption() throws {
    let manifests = """
      apiVersion: scheduling.k8s.io/v1
      kind: PriorityClass
      metadata: {name: high}
      value: 1000
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: guard}
      spec: {minAvailable: 1, selector: {matchLabels: {app: guarded}}}
      ---

      """
    // The budget's pod must be running before the other comes: its controller counts healthy pods.
    var setup = try TestRuns.setup(
      draft(minutes: 10),
      manifests: manifests + pod("guarded", cpu: "1500m", app: "guarded")
        + pod("free", cpu: "1500m", app: "free"))
    setup.scenario = try Scenario(
      {
        var draft = draft(minutes: 10)
        draft.timeline = [try TimelineEntry(at: .seconds(120), run: "kubectl apply -f high.yaml")]
        return draft
      }())
    setup.files["high.yaml"] =
      try TestRuns.setup(
        draft(),
        manifests: pod("high", cpu: "1500m", app: "high", more: "priorityClassName: high")
      ).objects
    let (pods, events) = try play(setup)
    #expect(pods["guarded"]?.status.phase == .running)
    #expect(pods["free"] == nil)
    #expect(pods["high"]?.status.phase == .running)
    let preempted = events.filter { $0.reason == "Preempted" }
    #expect(preempted.map(\.pod) == ["free"])
    #expect(
      events.contains {
        $0.pod == "high" && $0.reason == "FailedScheduling"
          && $0.message == "0/2 nodes are available: 2 Insufficient cpu."
      })
  }

  @Test("A gated pod is not tried until its last gate is taken off")
  func gates() throws {
    var draft = draft()
    draft.timeline = [
      try TimelineEntry(at: .seconds(60), run: "kubectl apply -f one.yaml"),
      try TimelineEntry(at: .seconds(120), run: "kubectl apply -f none.yaml"),
    ]
    func manifest(_ gates: String) -> String {
      pod("held", cpu: "100m", more: "schedulingGates: \(gates)")
    }
    var setup = try TestRuns.setup(
      draft, manifests: manifest("[{name: example.com/a}, {name: example.com/b}]"))
    for (file, gates) in [("one.yaml", "[{name: example.com/b}]"), ("none.yaml", "[]")] {
      setup.files[file] = try TestRuns.setup(self.draft(), manifests: manifest(gates)).objects
    }
    var run = try ClusterRun(setup)
    func held() -> Pod? {
      let cluster = run.simulation.model.cluster
      return cluster.podID(namespace: "default", name: "held").flatMap { cluster.pods[$0] }
    }
    run.run(until: .seconds(119)) { _, _ in }
    #expect(held()?.nodeName == nil)
    #expect(held()?.status.condition(.scheduled)?.reason == "SchedulingGated")
    run.run(until: .seconds(125)) { _, _ in }
    #expect(held()?.nodeName != nil)
  }

  private static func storage(_ mode: String) -> String {
    """
    apiVersion: storage.k8s.io/v1
    kind: StorageClass
    metadata: {name: ebs, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
    provisioner: ebs.csi.aws.com
    volumeBindingMode: \(mode)
    ---
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
    ---

    """
  }

  private static let mount = "volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]"

  @Test(
    "A disk stays in its zone: the second pod that wants it waits for room there, not elsewhere",
    arguments: ["WaitForFirstConsumer", "Immediate"])
  func zonalDisk(mode: String) throws {
    let (pods, events) = try play(
      Self.storage(mode) + pod("first", cpu: "1500m", more: Self.mount)
        + pod("second", cpu: "1500m", more: Self.mount))
    let placed = pods.values.filter { $0.nodeName != nil }
    #expect(placed.count == 1)
    #expect(
      events.contains {
        $0.reason == "FailedScheduling"
          && $0.message.hasPrefix(
            "0/2 nodes are available: 1 Insufficient cpu, "
              + "1 node(s) didn't match PersistentVolume's node affinity.")
      })
  }

  @Test("A claim waits for its class and its volume, in whatever order they come")
  func orderOfObjects() throws {
    let claim = """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
      ---

      """
    let standard = """
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: {name: ebs, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
      provisioner: ebs.csi.aws.com
      ---

      """
    let (pods, _) = try play(claim + pod("p", cpu: "100m", more: Self.mount) + standard)
    #expect(pods["p"]?.nodeName != nil)
    // A second apply of the same claim does not take its volume away.
    var draft = draft()
    draft.timeline = [try TimelineEntry(at: .seconds(60), run: "kubectl apply -f again.yaml")]
    var setup = try TestRuns.setup(draft, manifests: standard + claim)
    setup.files["again.yaml"] = try TestRuns.setup(self.draft(), manifests: claim).objects
    var run = try ClusterRun(setup)
    run.run(until: run.horizon) { _, _ in }
    #expect(run.simulation.model.cluster.persistentVolumeClaims.map(\.isBound) == [true])
    #expect(run.simulation.model.cluster.persistentVolumes.count == 1)
  }

  @Test("Each pod's ephemeral volume is a claim of its own, made with the pod")
  func ephemeral() throws {
    let more = """
      volumes:
          - name: scratch
            ephemeral:
              volumeClaimTemplate:
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
      """
    var run = try ClusterRun(
      TestRuns.setup(
        draft(), manifests: Self.storage("WaitForFirstConsumer") + pod("p", cpu: "100m", more: more)
      ))
    run.run(until: run.horizon) { _, _ in }
    let claims = run.simulation.model.cluster.persistentVolumeClaims
    let own = claims.first { $0.metadata.name == "p-scratch" }
    #expect(own?.isBound == true)
    #expect(claims.first { $0.metadata.name == "data" }?.isBound == false)
  }

  @Test("Pods go by the profile they name; one that names none that runs is left alone")
  func profiles() throws {
    var packed = SchedulerProfile.kubernetes1_36
    packed.name = "packed"
    packed.scoringStrategy = .mostAllocated(ScoringStrategy.cpuAndMemory)
    packed.scores.removeAll { $0.name == .balancedAllocation || $0.name == .podTopologySpread }
    let own = (0..<6).map { pod("p\($0)", cpu: "200m", more: "schedulerName: packed") }.joined()
    var setup = try TestRuns.setup(
      draft(), manifests: own + pod("lost", cpu: "200m", more: "schedulerName: nobody"))
    setup.scheduler = SchedulerSettings(
      profiles: [.kubernetes1_36, packed], queue: .kubernetes1_36)
    let (pods, events) = try play(setup)
    let nodes = Set((0..<6).compactMap { pods["p\($0)"]?.nodeName })
    #expect(nodes.count == 1)
    #expect(pods["lost"]?.nodeName == nil && pods["lost"]?.status.conditions.isEmpty == true)
    #expect(!events.contains { $0.pod == "lost" })
  }

  @Test("What is told again of a failure does not hold for a pod that may still preempt")
  func failureOfItsLike() throws {
    var state = SchedulerState(
      parameters: ClusterParameters(), streams: RandomStreams(seed: 1))
    var node = Node(metadata: ObjectMeta(name: "n", namespace: ""))
    node.status.allocatable["cpu"] = Quantity(value: 2)
    node.status.allocatable["pods"] = Quantity(value: 10)
    let row = state.snapshot.setNode(node)
    func ref(_ key: UInt32, _ spec: Shared<PodBlueprint>) -> PodRef {
      PodRef(key: key, labels: ["app": "a"], spec: spec)
    }
    func spec(priority: Int32) -> Shared<PodBlueprint> {
      var container = Container(name: "c")
      container.resources.requests["cpu"] = Quantity(value: 1)
      var spec = PodSpec(containers: [container])
      spec.priority = priority
      return Shared(PodBlueprint(spec))
    }
    let low = spec(priority: 0)
    let high = spec(priority: 5)
    var leaving = ref(1, low)
    leaving.isTerminating = true
    leaving.isPreempted = true
    state.snapshot.addPod(leaving, to: "n")
    state.snapshot.addPod(ref(2, low), to: "n")
    state.snapshot.nominate(ref(3, high), on: row)
    let first = state.decide(ref(3, high)) { [] }
    #expect(
      first.diagnosis?.preemptionMessage.hasSuffix(
        "not eligible due to a terminating pod on the nominated node.") == true)
    let second = state.decide(ref(4, high)) { [] }
    #expect(second.diagnosis?.preemption != nil)
    // Two of a kind without a promise are told the same.
    let third = state.decide(ref(5, low)) { [] }
    #expect(state.decide(ref(6, low)) { [] }.diagnosis?.message == third.diagnosis?.message)
  }
}
