import KubernetesObjects
import Testing

@testable import KubeScheduler

/// `plugins/nodevolumelimits` 1.36: how many volumes a node can attach.
@Suite struct NodeVolumeLimitsTests {
  private func world(limit: Int64?) -> VolumeWorld {
    var world = VolumeWorld()
    world.snapshot.setCSINode(
      CSINode(
        metadata: ObjectMeta(name: "a", namespace: ""),
        drivers: [CSINode.Driver(name: "ebs.csi.aws.com", attachLimit: limit)]))
    world.storageClass("gp3")
    for name in ["c", "d", "e"] {
      world.volume("v-\(name)")
      world.claim(name, volume: "v-\(name)")
    }
    world.claim("new", storageClass: "gp3")
    return world
  }

  @Test("A full node takes no pod with another volume; a node without a limit does")
  func full() {
    var world = world(limit: 2)
    world.snapshot.addPod(podWithClaims("c", "d", key: 1), to: "a")
    let found = world.decide(podWithClaims("e"))
    #expect(found.feasible == ["b"])
    #expect(found.reasons == ["a": ["node(s) exceed max volume count"]])
    #expect(world.decide(podWithClaims("new")).feasible == ["b"])
    #expect(world.decide(makePod(9)).feasible == ["a", "b"])
  }

  @Test("A volume that is attached already counts once, whoever uses it")
  func shared() {
    var world = world(limit: 2)
    world.snapshot.addPod(podWithClaims("c", "d", key: 1), to: "a")
    world.snapshot.addPod(podWithClaims("c", key: 2), to: "a")
    #expect(world.decide(podWithClaims("d")).feasible == ["a", "b"])
  }

  @Test("Several new volumes must all find room")
  func several() {
    var world = world(limit: 2)
    world.snapshot.addPod(podWithClaims("c", key: 1), to: "a")
    #expect(world.decide(podWithClaims("d")).feasible == ["a", "b"])
    #expect(world.decide(podWithClaims("d", "e")).feasible == ["b"])
  }

  @Test("An EBS volume named in a pod is the driver's too; another driver's is not counted")
  func drivers() {
    var world = world(limit: 1)
    let disk = makeSpec {
      $0.volumes = [Volume(name: "d", source: .awsElasticBlockStore(volumeID: "vol-1"))]
    }
    world.snapshot.addPod(makePod(1, disk), to: "a")
    #expect(world.decide(podWithClaims("c")).feasible == ["b"])
    world.volume("nfs") { $0.source = .other("nfs") }
    world.claim("files", volume: "nfs")
    #expect(world.decide(podWithClaims("files")).feasible == ["a", "b"])
  }

  @Test("Who frees a volume can be preempted")
  func preemption() throws {
    var world = world(limit: 1)
    world.snapshot.removeNode(named: "b")
    world.snapshot.addPod(podWithClaims("c", key: 1), to: "a")
    var cycle = SchedulingCycle()
    let decision = cycle.decide(podWithClaims("d", priority: 5), in: &world.snapshot)
    #expect(decision.diagnosis?.preemption?.candidates.map(\.victims) == [[1]])
  }
}
