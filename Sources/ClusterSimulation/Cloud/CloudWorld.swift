public import AWSObjects
public import EC2AutoScaling
public import KubernetesObjects
import Scenarios
public import SimulationKernel
import TimeUnits

/// The AWS side of a run: the cloud's state, its laws, and how its machines become nodes.
public struct CloudWorld: Sendable {
  public internal(set) var cloud: Cloud
  let region: Region
  let latency: LaunchLatency
  /// RunInstances until Ready, for the image and date of this run.
  let bootToReady: Sourced<DelayLaw>
  /// By node group and instance type.
  let shapes: [ShapeKey: MachineShape]
  /// By node group; absent where a group's nodes are like any other.
  var traits: [String: NodeTraits] = [:]
  let release: KubernetesRelease
  var reconciling: RandomStream
  var booting: RandomStream
  var choosing: RandomStream
  var rebalancing: RandomStream
  let streams: RandomStreams
  /// Spot interruptions an hour of each spot instance; 0 is none.
  var spotInterruptionsPerHour = 0.0
  /// Who answers lifecycle hooks, by group and hook.
  var hookAnswers: [HookKey: LifecycleHookSpec] = [:]
  /// When a group's refused launch is tried again, by group.
  var retries: [Int: SimulationTime] = [:]
  /// What CloudWatch has seen of a group in the present period, by group.
  var samples: [Int: MetricSamples] = [:]

  public struct ShapeKey: Sendable, Hashable {
    var group: String
    var instanceType: String
  }

  struct HookKey: Hashable {
    var group: String
    var hook: String
  }

  /// The samples of a metric since the beginning of a period.
  struct MetricSamples {
    var sum = 0.0
    var count = 0
    var periodEnds: SimulationTime
  }

  public init(
    cloud: Cloud, region: Region, latency: LaunchLatency, bootToReady: Sourced<DelayLaw>,
    shapes: [ShapeKey: MachineShape], release: KubernetesRelease, streams: RandomStreams
  ) {
    self.cloud = cloud
    self.region = region
    self.latency = latency
    self.bootToReady = bootToReady
    self.shapes = shapes
    self.release = release
    reconciling = streams.stream("autoscaling.delays")
    booting = streams.stream("ec2.boot")
    choosing = streams.stream("autoscaling.choices")
    rebalancing = streams.stream("autoscaling.rebalancing")
    self.streams = streams
  }

  /// A boot's length; a few take several times as long. Two uniform numbers each, always.
  mutating func drawBoot() -> Int64 {
    let usual = bootToReady.value.sampleNanoseconds(using: &booting)
    let chance = Double(booting.next() >> 11) * 0x1p-53
    let slow = latency.slowBoot.value
    guard chance < slow.probability else { return usual }
    let place = chance / slow.probability
    let factor = slow.factorFrom + (slow.factorTo - slow.factorFrom) * place
    return Int64(Double(usual) * factor)
  }
}
