import KubernetesObjects
public import TimeUnits

/// The metrics of a cluster as a fold over its trace, under the names the ecosystem gives them
/// (kube-state-metrics 2.x); ours begin with `seatrial_`.
public struct ClusterMetrics: Sendable {
  public internal(set) var store = MetricStore()
  private var pods: [PodName: PodState] = [:]
  private var nodes: [String: ConditionStatus] = [:]
  /// Nodes by their Ready condition.
  private var readiness: [ConditionStatus: Int] = [:]
  private var instances: [String: String] = [:]
  private var phases: [Int] = []
  private var phasePlaces: [Int] = []
  private var workloads: [String: Workload] = [:]
  private var counters: [MetricName: Double] = [:]
  /// Where the series of a node or a workload stand, by name; looked up, never walked.
  var loadPlaces: [String: [Int]] = [:]
  private var terminating: Set<PodName> = []

  private struct PodState {
    var phase: PodStatus.Phase
    var workload: String
    var isReady = false
    var isUnschedulable = false
  }

  private struct Workload {
    var ready = 0
    var place: Int
  }

  private var unschedulable = 0
  private let unschedulablePlace: Int

  public init() {
    unschedulablePlace = store.place(of: MetricName("seatrial_pods_unschedulable"))
    for phase in PodStatus.Phase.allCases {
      phases.append(0)
      phasePlaces.append(
        store.place(of: MetricName("kube_pod_status_phase", ["phase": phase.rawValue])))
    }
  }

  public mutating func absorb(_ record: TraceRecord, at time: SimulationTime) {
    switch record {
    case .podCreated(let name, let owner):
      pods[name] = PodState(phase: .pending, workload: Self.workload(of: owner, name))
      move(nil, .pending, time)
    case .podPhase(let name, let phase, _):
      guard let old = pods[name]?.phase else { return }
      pods[name]!.phase = phase
      move(old, phase, time)
    case .podReady(let name, let ready): setReady(name, ready, time)
    case .podUnschedulable(let name, _):
      if pods[name]?.isUnschedulable == false {
        pods[name]!.isUnschedulable = true
        countUnschedulable(1, time)
      }
    case .podBound(let name, _): clearUnschedulable(name, time)
    case .podGone(let name):
      setReady(name, false, time)
      clearUnschedulable(name, time)
      setTerminating(name, false, time)
      if let pod = pods.removeValue(forKey: name) { move(pod.phase, nil, time) }
    case .podRestarted(let name, let container, _):
      add(
        1,
        MetricName(
          "kube_pod_container_status_restarts_total",
          [
            "container": container, "workload": pods[name]?.workload ?? "",
          ]), time)
    case .nodeCreated(let name, _, _): setNode(name, .false, time)
    case .nodeReady(let name, let status, _): setNode(name, status, time)
    case .nodeGone(let name): setNode(name, nil, time)
    case .replicasWanted(let kind, let namespace, let name, let replicas):
      guard kind == "Deployment" else { return }
      store.set(
        Double(replicas),
        MetricName("kube_deployment_spec_replicas", ["deployment": name, "namespace": namespace]),
        at: time)
    case .instance(let id, _, _, _, let state): setInstance(id, state, time)
    case .groupCapacity(let name, let min, let desired, let max):
      for (metric, value) in [
        ("aws_autoscaling_group_min_size", min),
        ("aws_autoscaling_group_desired_capacity", desired),
        ("aws_autoscaling_group_max_size", max),
      ] { store.set(Double(value), MetricName(metric, ["group": name]), at: time) }
    case .event(let event, _):
      if event.reason == "Evicted" {
        // Whom a node under pressure does not even take in fails for the same reason.
        let isRefused = event.message.hasPrefix("The node had condition")
        add(
          1, MetricName(isRefused ? "seatrial_refused_pods_total" : "seatrial_evictions_total"),
          time)
      }
      add(1, MetricName("seatrial_events_total", ["reason": event.reason]), time)
    case .bill(let item, let microdollars):
      store.set(
        Double(microdollars) / 1e6, MetricName("seatrial_cost_usd", ["item": item]), at: time)
    case .podDeleting(let name, _): setTerminating(name, true, time)
    case .allocation(let sample):
      for share in sample.shares {
        store.set(
          share.ratio, MetricName("seatrial_requested_ratio", ["resource": share.resource]),
          at: time)
      }
    case .containerEnded(let name, let container, let reason, _):
      let labels: Labels = [
        "container": container, "reason": reason, "workload": pods[name]?.workload ?? "",
      ]
      add(1, MetricName("seatrial_containers_killed_total", labels), time)
    case .nodeLoad(let sample): absorb(sample, at: time)
    case .autoscaler(let sample): absorb(sample, at: time)
    case .workloadUsage(let sample): absorb(sample, at: time)
    case .pipeline(let sample): absorb(sample, at: time)
    case .requests(let window): absorb(window, at: time)
    case .response(let workload, let milliseconds, _):
      setResponse(workload, milliseconds, at: time)
    case .scalingActivity(let group, _, _, let status):
      if status == "Failed" {
        add(1, MetricName("aws_autoscaling_failed_activities_total", ["group": group]), time)
      }
    case .command, .commandOutput, .nodeTaints, .nodeCordoned, .fault: break
    }
  }

  // MARK: Pods

  private mutating func move(
    _ from: PodStatus.Phase?, _ to: PodStatus.Phase?, _ time: SimulationTime
  ) {
    for (phase, change) in [(from, -1), (to, 1)] {
      guard let phase else { continue }
      let index = PodStatus.Phase.allCases.firstIndex(of: phase)!
      phases[index] += change
      store.set(Double(phases[index]), place: phasePlaces[index], at: time)
    }
  }

  private mutating func setReady(_ name: PodName, _ ready: Bool, _ time: SimulationTime) {
    guard let pod = pods[name], pod.isReady != ready else { return }
    pods[name]!.isReady = ready
    if workloads[pod.workload] == nil {
      let labels: Labels = ["namespace": name.namespace, "workload": pod.workload]
      workloads[pod.workload] = Workload(
        place: store.place(of: MetricName("seatrial_workload_ready_pods", labels)))
    }
    workloads[pod.workload]!.ready += ready ? 1 : -1
    let workload = workloads[pod.workload]!
    store.set(Double(workload.ready), place: workload.place, at: time)
  }

  private mutating func countUnschedulable(_ change: Int, _ time: SimulationTime) {
    unschedulable += change
    store.set(Double(unschedulable), place: unschedulablePlace, at: time)
  }

  private mutating func setTerminating(
    _ name: PodName, _ isTerminating: Bool, _ time: SimulationTime
  ) {
    if isTerminating { terminating.insert(name) } else { terminating.remove(name) }
    store.set(Double(terminating.count), MetricName("seatrial_pods_terminating"), at: time)
  }

  private mutating func clearUnschedulable(_ name: PodName, _ time: SimulationTime) {
    guard pods[name]?.isUnschedulable == true else { return }
    pods[name]!.isUnschedulable = false
    countUnschedulable(-1, time)
  }

  /// The workload a pod belongs to: the Deployment behind its ReplicaSet, its owner, or itself.
  static func workload(of owner: String, _ pod: PodName) -> String {
    guard let slash = owner.firstIndex(of: "/") else { return pod.name }
    let name = String(owner[owner.index(after: slash)...])
    guard owner.hasPrefix("ReplicaSet/"), let dash = name.lastIndex(of: "-") else { return name }
    return String(name[..<dash])
  }

  // MARK: Machines

  private mutating func setNode(
    _ name: String, _ status: ConditionStatus?, _ time: SimulationTime
  ) {
    if let old = nodes[name] { readiness[old]! -= 1 }
    nodes[name] = status
    if let status { readiness[status, default: 0] += 1 }
    for status in ConditionStatus.allCases {
      store.set(
        Double(readiness[status] ?? 0),
        MetricName(
          "kube_node_status_condition",
          ["condition": "Ready", "status": status.rawValue.lowercased()]), at: time)
    }
  }

  private mutating func setInstance(_ id: String, _ state: String, _ time: SimulationTime) {
    let old = instances[id]
    instances[id] = state == "terminated" ? nil : state
    for state in [old, state].compactMap({ $0 }) where state != "terminated" {
      let count = instances.values.count { $0 == state }
      store.set(Double(count), MetricName("aws_ec2_instances", ["state": state]), at: time)
    }
  }

  mutating func add(_ amount: Double, _ name: MetricName, _ time: SimulationTime) {
    counters[name, default: 0] += amount
    store.set(counters[name]!, name, at: time)
  }
}
