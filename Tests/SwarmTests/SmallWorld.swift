import AWSObjects
import ClusterSimulation
import Scenarios
import SimulationKernel
import TestSupport
import TimeUnits

/// A random small scenario, the same for the same number.
struct SmallWorld {
  let number: UInt64
  private var stream: RandomStream
  private var workloads: [String] = []

  init(_ number: UInt64) {
    self.number = number
    stream = RandomStreams(seed: number).stream("swarm")
  }

  mutating func setup() throws -> ClusterSetup {
    let era: Era = pick([.current, .current, .february2019])
    let types = ["m5.large", "t3.medium", "c5.xlarge", "m5.xlarge"]
    let zones = ["us-east-1a", "us-east-1b", "us-east-1c"].prefix(roll(1...3))
      .map { AvailabilityZone($0) }
    let most = roll(2...6)
    let group = NodeGroupSpec(
      name: "workers", instanceType: pick(types), zones: zones, min: roll(0...1),
      desired: roll(1...most), max: most)
    var draft = ScenarioDraft(
      name: "swarm-\(number)", era: era, horizon: .seconds(3600),
      cloud: CloudSpec(region: Region("us-east-1"), nodeGroups: [group]))
    draft.seed = number
    draft.addons = pick([[], Addon.installedByDefault])
    let manifests = (0..<roll(1...3)).map { workload($0) }.joined(separator: "---\n")
    draft.behaviors = behaviors()
    // A third of the worlds have machines that can be overloaded.
    if number % 3 == 0 { addLoads(to: &draft) }
    draft.timeline = try timeline()
    return try TestRuns.setup(draft, manifests: manifests)
  }

  // MARK: Drawing

  private mutating func roll(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &stream)
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[roll(0...values.count - 1)]
  }

  private mutating func workload(_ index: Int) -> String {
    let name = "w\(index)"
    workloads.append(name)
    let requests = pick([
      "{}", "{cpu: 100m}", "{cpu: 500m, memory: 512Mi}", "{cpu: 1500m, memory: 1Gi}",
      "{memory: 3Gi}",
    ])
    let limits = pick(["{}", "{}", "{cpu: 2, memory: 4Gi}"])
    let probe = pick(["", "\n          readinessProbe: {periodSeconds: 5}"])
    let selector = pick(["", "\n      nodeSelector: {disk: none}", "", ""])
    return """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: \(name)}
      spec:
        replicas: \(roll(0...6))
        selector: {matchLabels: {app: \(name)}}
        template:
          metadata: {labels: {app: \(name)}}
          spec:
            terminationGracePeriodSeconds: \(pick([1, 30, 60]))\(selector)
            containers:
              - name: c
                image: \(name):1
                resources: {requests: \(requests), limits: \(limits)}\(probe)

      """
  }

  private mutating func behaviors() -> [BehaviorSpec] {
    guard roll(0...2) == 0 else { return [] }
    return [
      BehaviorSpec(
        name: pick(workloads), startup: .constant(.seconds(roll(1...40))),
        runsFor: .uniform(from: .seconds(20), to: .seconds(200)),
        exitCode: pick([0, 1]), termination: .constant(.seconds(roll(0...90))))
    ]
  }

  private mutating func addLoads(to draft: inout ScenarioDraft) {
    draft.nodeLoad = NodeLoadSpec(parameters: .drawn)
    let growth = ProcessLoadSpec.Growth(
      rate: Double(pick([1, 20, 400])), per: pick([.second, .cpuSecond]), to: pick([nil, 3_000]))
    let loads: [ContainerLoadSpec] = [
      .jvm(JVMLoadSpec()), .jvm(JVMLoadSpec(version: "17", maxHeap: 512)),
      .process(ProcessLoadSpec(cpu: Double(roll(0...4)), memory: 100, growth: growth)),
      .service(
        ServiceLoadSpec(cpu: .exponential(mean: .milliseconds(40)), requestMemory: 5)),
    ]
    for name in workloads {
      let load = pick(loads)
      draft.behaviors.removeAll { $0.name == name }
      draft.behaviors.append(BehaviorSpec(name: name, load: load))
      if case .service = load {
        draft.loads.append(
          RequestLoadSpec(
            workload: name, source: .open(rate: Double(roll(1...60))),
            timeout: pick([nil, .seconds(2)])))
      }
    }
  }

  private mutating func timeline() throws -> [TimelineEntry] {
    try (0..<roll(2...8)).map { _ in
      try TimelineEntry(at: .seconds(Int64(roll(30...3000))), run: command())
    }
  }

  private mutating func command() -> String {
    let group = "--auto-scaling-group-name workers"
    return switch roll(0...9) {
    case 0...3: "kubectl scale deployment \(pick(workloads)) --replicas=\(roll(0...40))"
    case 4: "kubectl delete pods -l app=\(pick(workloads))"
    case 5: "aws ec2 stop-instances --instance-ids $(instances workers | head -n 1)"
    case 6: "aws ec2 terminate-instances --instance-ids $(instances workers)"
    case 7: "aws autoscaling set-desired-capacity \(group) --desired-capacity \(roll(0...8))"
    case 8:
      "aws autoscaling update-auto-scaling-group \(group) --max-size \(roll(4...8))"
    default: "kubectl delete deployment \(pick(workloads))"
    }
  }
}
