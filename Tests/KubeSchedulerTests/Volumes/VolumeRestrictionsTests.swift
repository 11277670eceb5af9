import KubernetesObjects
import Testing

@testable import KubeScheduler

/// `plugins/volumerestrictions` 1.36: volumes that two pods may not share.
@Suite struct VolumeRestrictionsTests {
  private func podWithDisk(_ id: String, key: UInt32) -> PodRef {
    makePod(
      key,
      makeSpec {
        $0.volumes = [Volume(name: "d", source: .awsElasticBlockStore(volumeID: id))]
      })
  }

  @Test("An EBS volume named in two pods keeps them on different nodes")
  func disk() {
    var world = VolumeWorld()
    world.snapshot.addPod(podWithDisk("vol-1", key: 1), to: "a")
    let found = world.decide(podWithDisk("vol-1", key: 2))
    #expect(found.feasible == ["b"])
    #expect(found.reasons == ["a": ["node(s) had no available disk"]])
    #expect(world.decide(podWithDisk("vol-2", key: 2)).feasible == ["a", "b"])
  }

  @Test("A claim for one pod only is free again when that pod is gone")
  func oneAtATime() {
    var world = VolumeWorld()
    world.volume("v")
    world.claim("c", volume: "v", modes: [.readWriteOncePod])
    #expect(world.decide(podWithClaims("c")).feasible.count == 2)
    world.snapshot.addPod(podWithClaims("c", key: 1), to: "a")
    #expect(
      world.decide(podWithClaims("c")).message
        == "0/2 nodes are available: 2 node has pod using PersistentVolumeClaim with the same "
        + "name and ReadWriteOncePod access mode.")
    world.snapshot.removePod(1)
    #expect(world.decide(podWithClaims("c")).feasible.count == 2)
  }

  @Test("A pod of higher priority takes such a claim from a lower one")
  func preemption() throws {
    var world = VolumeWorld()
    world.volume("v")
    world.claim("c", volume: "v", modes: [.readWriteOncePod])
    world.snapshot.addPod(podWithClaims("c", key: 1), to: "a")
    var cycle = SchedulingCycle()
    let decision = cycle.decide(podWithClaims("c", priority: 5), in: &world.snapshot)
    let preemption = try #require(decision.diagnosis?.preemption)
    #expect(preemption.candidates.map { world.snapshot.nodeName($0.node) } == ["a"])
    #expect(preemption.candidates.map(\.victims) == [[1]])
  }
}
