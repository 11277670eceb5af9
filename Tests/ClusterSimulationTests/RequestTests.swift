import AWSObjects
import ClusterSimulation
import KubernetesObjects
import Scenarios
import TestSupport
import Testing
import TimeUnits
import Traces

/// Requests to ordinary workloads: latency, throttling and use come out of the machine.
@Suite struct RequestTests {
  private static func manifest(_ replicas: Int, _ resources: String) -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      replicas: \(replicas)
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
            - {name: web, image: "web:1", resources: \(resources)}

    """
  }

  private static func run(
    _ loads: [RequestLoadSpec], _ service: ServiceLoadSpec, replicas: Int = 1,
    resources: String = "{}", seconds: Int64, traces: [Int: RequestTrace] = [:]
  ) throws -> ClusterRun {
    let group = NodeGroupSpec(
      name: "node", instanceType: "m5.large", zones: [AvailabilityZone("us-east-1a")], min: 1,
      desired: 1, max: 1)
    var draft = ScenarioDraft(
      name: "requests", horizon: .seconds(seconds),
      cloud: CloudSpec(region: Region("us-east-1"), nodeGroups: [group]))
    draft.behaviors = [BehaviorSpec(name: "web", load: .service(service))]
    draft.loads = loads
    var setup = try TestRuns.setup(draft, manifests: manifest(replicas, resources))
    setup.traces = traces
    var run = try ClusterRun(setup)
    run.run(until: run.horizon)
    return run
  }

  private static func last(_ run: ClusterRun, _ name: String) -> Double {
    run.observer.metrics.store.all.first { $0.0.description == name }?.1.last ?? -1
  }

  @Test("half a core under a demand of one answers half as many, and every period is held up")
  func throttling() throws {
    let load = RequestLoadSpec(
      workload: "web", source: .closed(users: 1, think: .constant(.zero)))
    let service = ServiceLoadSpec(cpu: .constant(.milliseconds(20)))
    let free = try Self.run([load], service, seconds: 600)
    let limited = try Self.run(
      [load], service, resources: "{limits: {cpu: 500m}}", seconds: 600)
    let name = #"seatrial_requests_total{outcome="answered",workload="web"}"#
    let ratio = Self.last(limited, name) / Self.last(free, name)
    #expect(abs(ratio - 0.5) < 0.005)
    let periods = Self.last(limited, #"container_cpu_cfs_periods_total{workload="web"}"#)
    let held = Self.last(
      limited, #"container_cpu_cfs_throttled_periods_total{workload="web"}"#)
    #expect(periods > 5_800)
    #expect(held >= periods - 2)
    let seconds = Self.last(
      limited, #"container_cpu_cfs_throttled_seconds_total{workload="web"}"#)
    #expect(abs(seconds / (periods / 10) - 0.5) < 0.01)
  }

  @Test("an open load uses the CPU it brings, over all replicas")
  func utilization() throws {
    let load = RequestLoadSpec(workload: "web", source: .open(rate: 50))
    let run = try Self.run(
      [load], ServiceLoadSpec(cpu: .exponential(mean: .milliseconds(10))), replicas: 3,
      seconds: 3_600)
    let cpu = Self.last(run, #"container_cpu_usage_seconds_total{workload="web"}"#)
    // 50 a second at 10 ms: half a core.
    #expect(abs(cpu / 3_600 - 0.5) < 0.02)
    #expect(
      Self.last(run, #"seatrial_requests_total{outcome="answered",workload="web"}"#) > 175_000)
  }

  @Test("a trace brings as many requests as it counts, when it counts them")
  func trace() throws {
    let reference = RequestTraceReference(written: "t.csv", path: "t.csv")
    let load = RequestLoadSpec(workload: "web", source: .trace(reference))
    let counts = [0.0, 600, 6_000, 0, 3_000, 0, 0]
    let run = try Self.run(
      [load], ServiceLoadSpec(cpu: .constant(.milliseconds(1))), seconds: 480,
      traces: [0: RequestTrace(period: .seconds(60), counts: counts)])
    let series = run.observer.metrics.store.matching(
      "seatrial_requests_total", ["workload": "web", "outcome": "answered"])[0].1
    var before = 0.0
    for (minute, count) in counts.enumerated() {
      let after = series.value(at: .seconds(Int64(minute + 1) * 60))
      #expect(abs(after - before - count) <= 5 * count.squareRoot())
      before = after
    }
  }

  @Test("a request in flight takes its memory; one too many and the container is ended")
  func memory() throws {
    let load = RequestLoadSpec(
      workload: "web", source: .closed(users: 40, think: .constant(.zero)))
    let service = ServiceLoadSpec(
      cpu: .constant(.seconds(1)), memory: 100, requestMemory: 10)
    let run = try Self.run(
      [load], service, resources: "{limits: {memory: 300Mi}}", seconds: 300)
    let killed = run.observer.metrics.store.matching(
      "seatrial_containers_killed_total", ["workload": "web", "reason": "OOMKilled"])
    #expect((killed.first?.1.last ?? 0) >= 1)
    let failed = Self.last(run, #"seatrial_requests_total{outcome="failed",workload="web"}"#)
    #expect(failed >= 20)
  }

  @Test("who waits too long gives up: beyond its cores a shared server answers hardly anybody")
  func timeouts() throws {
    // Three CPU seconds a second for two cores.
    let load = RequestLoadSpec(
      workload: "web", source: .open(rate: 3), timeout: .seconds(5))
    let run = try Self.run(
      [load], ServiceLoadSpec(cpu: .constant(.seconds(1))), seconds: 600)
    let answered = Self.last(run, #"seatrial_requests_total{outcome="answered",workload="web"}"#)
    let failed = Self.last(run, #"seatrial_requests_total{outcome="failed",workload="web"}"#)
    #expect(answered > 0 && answered < 400)
    #expect(failed > 1_000)
    // Nobody stays longer than five seconds: fifteen on average.
    #expect(Self.last(run, #"seatrial_requests_in_flight{workload="web"}"#) < 40)
  }
}
