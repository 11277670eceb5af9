import KubernetesObjects
import Testing

@testable import KubeScheduler

/// `plugins/volumezone` 1.36: the labels of volumes, from before they had node affinity.
@Suite struct VolumeZoneTests {
  private func world(_ labels: Labels) -> VolumeWorld {
    var world = VolumeWorld()
    world.volume("v") { $0.metadata.labels = labels }
    world.claim("c", volume: "v")
    return world
  }

  @Test("A label on the volume holds its pods to that zone, by the old name as well")
  func zone() {
    for key in [WellKnownLabel.zone, WellKnownLabel.zoneBeta] {
      var world = world([key: "z1"])
      let found = world.decide(podWithClaims("c"))
      #expect(found.feasible == ["a"], "\(key)")
      #expect(found.reasons == ["b": ["node(s) had no available volume zone"]])
    }
  }

  @Test("Several zones stand in one label")
  func zones() {
    var world = world([WellKnownLabel.zone: "z1__z2"])
    #expect(world.decide(podWithClaims("c")).feasible == ["a", "b"])
    var other = self.world([WellKnownLabel.zone: "z1__z3"])
    #expect(other.decide(podWithClaims("c")).feasible == ["a"])
  }

  @Test("A node without any zone or region label takes every volume")
  func unlabeledNode() {
    var world = world([WellKnownLabel.zone: "z1"])
    world.snapshot.setNode(makeNode("plain"))
    #expect(world.decide(podWithClaims("c")).feasible == ["a", "plain"])
  }

  @Test("A zone cannot be preempted for")
  func unresolvable() throws {
    var world = world([WellKnownLabel.zone: "z9"])
    var cycle = SchedulingCycle()
    let decision = cycle.decide(podWithClaims("c"), in: &world.snapshot)
    #expect(decision.failures.allSatisfy { !$0.reasons.isResolvable })
  }
}
