public import AWSObjects
public import EC2AutoScaling
public import KubernetesObjects
public import SimulationKernel

/// The AWS side of a run: the cloud's state, its laws, and how its machines become nodes.
public struct CloudWorld: Sendable {
  public internal(set) var cloud: Cloud
  let region: Region
  let latency: LaunchLatency
  /// RunInstances until Ready, for the image and date of this run.
  let bootToReady: Sourced<DelayLaw>
  /// By node group.
  let shapes: [String: MachineShape]
  /// By node group; absent where a group's nodes are like any other.
  var traits: [String: NodeTraits] = [:]
  let release: KubernetesRelease
  var reconciling: RandomStream
  var booting: RandomStream
  var choosing: RandomStream

  public init(
    cloud: Cloud, region: Region, latency: LaunchLatency, bootToReady: Sourced<DelayLaw>,
    shapes: [String: MachineShape], release: KubernetesRelease, streams: RandomStreams
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
