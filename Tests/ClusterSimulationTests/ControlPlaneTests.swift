import AWSObjects
import ClusterSimulation
import ClusterState
import KubernetesObjects
import Scenarios
import SimulationKernel
import TestSupport
import Testing
import TimeUnits
import Traces

/// Small worlds, each about one thing that a cluster does.
@Suite struct ControlPlaneTests {
  private func draft(
    nodes: Int = 2, era: Era = .current, minutes: Int64 = 10, _ timeline: [(Int64, String)] = []
  ) throws -> ScenarioDraft {
    let zones = ["us-east-1a", "us-east-1b"].map { AvailabilityZone($0) }
    let group = NodeGroupSpec(
      name: "workers", instanceType: "m5.large", zones: zones, min: 0, desired: nodes, max: 4)
    var draft = ScenarioDraft(
      name: "world", era: era, horizon: .seconds(minutes * 60),
      cloud: CloudSpec(region: Region("us-east-1"), nodeGroups: [group]))
    draft.addons = []
    draft.timeline = try timeline.map { try TimelineEntry(at: .seconds($0.0), run: $0.1) }
    return draft
  }

  private static func deployment(
    _ name: String, replicas: Int, requests: String = "{cpu: 100m}", more: String = ""
  ) -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: \(name)}
    spec:
      replicas: \(replicas)
      selector: {matchLabels: {app: \(name)}}
      template:
        metadata: {labels: {app: \(name)}}
        spec:
          containers:
            - {name: c, image: "a:1", resources: {requests: \(requests)}\(more)}

    """
  }

  /// Everything that was recorded, with its time.
  private func records(
    _ draft: ScenarioDraft, _ manifests: String
  ) throws -> (run: ClusterRun, records: [(time: SimulationTime, record: TraceRecord)]) {
    var run = try ClusterRun(TestRuns.setup(draft, manifests: manifests))
    var records: [(SimulationTime, TraceRecord)] = []
    run.run(until: run.horizon) { record, time in records.append((time, record)) }
    return (run, records)
  }

  private func events(
    _ records: [(time: SimulationTime, record: TraceRecord)], _ reason: String
  ) -> [String] {
    records.compactMap {
      if case .event(let event, _) = $0.record, event.reason == reason {
        event.message
      } else {
        nil
      }
    }
  }

  private func ready(_ run: ClusterRun) -> Double {
    run.observer.metrics.store.matching("seatrial_workload_ready_pods").reduce(0) {
      $0 + $1.1.last
    }
  }

  @Test("a quota lets so many pods in, and the ReplicaSet says why there are no more")
  func quota() throws {
    let manifests =
      Self.deployment("web", replicas: 5) + """
        ---
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: few}
        spec: {hard: {pods: 2}}

        """
    let (run, records) = try records(draft(), manifests)
    #expect(ready(run) == 2)
    let failures = events(records, "FailedCreate")
    #expect(failures.first?.contains("exceeded quota: few, requested: pods=1") == true)
  }

  @Test("a LimitRange gives a container without requests its default, and the scheduler counts it")
  func limitRange() throws {
    let manifests = """
      apiVersion: v1
      kind: LimitRange
      metadata: {name: defaults}
      spec:
        limits:
          - {type: Container, default: {cpu: "1"}, defaultRequest: {cpu: 900m}}
      ---

      """ + Self.deployment("web", replicas: 6, requests: "{}")
    let (run, records) = try records(draft(), manifests)
    // Two of 900m fit into the 1930m of each node.
    #expect(ready(run) == 4)
    #expect(events(records, "FailedScheduling").contains { $0.contains("2 Insufficient cpu") })
  }

  @Test("a container that keeps failing is restarted at once, then after 10 s, 20 s, 40 s")
  func crashLoop() throws {
    var world = try draft(nodes: 1)
    world.behaviors = [
      BehaviorSpec(name: "web", runsFor: .constant(.seconds(1)), exitCode: 1)
    ]
    let (_, records) = try records(world, Self.deployment("web", replicas: 1))
    let times = records.compactMap { entry -> Double? in
      if case .podRestarted = entry.record { entry.time.secondsValue } else { nil }
    }
    #expect(times.count >= 5)
    let gaps = zip(times.dropFirst(), times).map { $0 - $1 }
    // A gap is the wait, the start of the container and its second of life.
    for (gap, wait) in zip(gaps, [0.0, 10, 20, 40]) {
      #expect(gap > wait + 1 && gap < wait + 4, "\(gap) after a wait of \(wait) s")
    }
  }

  @Test("a stopped machine's node is deleted in the old era, tainted and deleted later in the new")
  func stopped() throws {
    func gone(_ era: Era) throws -> Double? {
      let world = try draft(
        era: era, minutes: 15,
        [(60, "aws ec2 stop-instances --instance-ids $(instances workers | head -n 1)")])
      return try records(world, Self.deployment("web", replicas: 2)).records.compactMap {
        if case .nodeGone = $0.record { $0.time.secondsValue } else { nil }
      }.first
    }
    // 40 s of grace and a look every 5 s, from the last heartbeat up to 10 s before.
    let old = try #require(try gone(.february2019))
    #expect(old > 60 + 30 && old < 60 + 55)
    #expect(try gone(.current) != nil)
  }

  @Test("a drained node keeps its DaemonSet pods only, and its other pods come up elsewhere")
  func drain() throws {
    var world = try draft(minutes: 5)
    world.timeline = try [
      TimelineEntry(at: .seconds(120), run: "kubectl drain -l zone=none --ignore-daemonsets")
    ]
    let (run, _) = try records(world, Self.deployment("web", replicas: 4))
    #expect(ready(run) == 4)
    let node = try #require(run.simulation.model.cluster.nodes.ids.first)
    let name = try #require(run.simulation.model.cluster.nodes[node]).name
    world.timeline = try [
      TimelineEntry(at: .seconds(120), run: "kubectl drain \(name) --ignore-daemonsets")
    ]
    let (drained, records) = try records(world, Self.deployment("web", replicas: 4))
    #expect(ready(drained) == 4)
    let cluster = drained.simulation.model.cluster
    #expect(cluster.podCount(onNode: node) == 0)
    #expect(
      records.contains { if case .nodeCordoned(name, true) = $0.record { true } else { false } })
  }

  @Test("a rolling update never has fewer available pods than allowed, and ends on the new image")
  func rollout() throws {
    var setup = try TestRuns.setup(
      draft(minutes: 10), manifests: Self.deployment("web", replicas: 4))
    var next = setup.objects
    guard case .deployment(var deployment) = next[0] else { return }
    var template = deployment.template.value
    template.spec.containers[0].image = "a:2"
    deployment.template = Shared(template)
    next[0] = .deployment(deployment)
    setup.files = ["web.yaml": next]
    var world = try draft(minutes: 10)
    world.timeline = try [TimelineEntry(at: .seconds(180), run: "kubectl apply -f web.yaml")]
    setup.scenario = try Scenario(world)
    var run = try ClusterRun(setup)
    run.run(until: .seconds(170))
    #expect(ready(run) == 4)
    run.run(until: run.horizon)
    let series = run.observer.metrics.store.matching("seatrial_workload_ready_pods")[0].1
    // 25 % of 4 may be missing, and pods that terminate stop being Ready.
    #expect(series.range(from: .seconds(170), through: run.horizon).lowerBound >= 3)
    #expect(series.last == 4)
    let images = run.simulation.model.cluster.pods.ids.compactMap {
      run.simulation.model.cluster.pods[$0]?.spec.value.spec.containers[0].image
    }
    #expect(images == ["a:2", "a:2", "a:2", "a:2"])
  }

  @Test("Events about one object are counted and combined, and no more than 25 go out at once")
  func correlation() throws {
    let (_, records) = try records(
      draft(nodes: 4), Self.deployment("web", replicas: 60, requests: "{cpu: 10m}"))
    let created = events(records, "SuccessfulCreate")
    #expect(created.count >= 20 && created.count <= 27)
    #expect(created.contains { $0.hasPrefix("(combined from similar events): Created pod: web-") })
  }
}
