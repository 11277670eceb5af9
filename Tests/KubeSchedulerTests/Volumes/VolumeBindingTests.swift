import KubernetesObjects
import Testing
import TimeUnits

@testable import KubeScheduler

/// `plugins/volumebinding` 1.36, rule by rule.
@Suite struct VolumeBindingTests {
  @Test("A pod goes where its bound volume can be reached")
  func boundVolume() {
    var world = VolumeWorld()
    world.volume("v", zone: "z2")
    world.claim("c", volume: "v")
    let found = world.decide(podWithClaims("c"))
    #expect(found.feasible == ["b"])
    #expect(found.reasons == ["a": ["node(s) didn't match PersistentVolume's node affinity"]])
    #expect(
      world.decide(podWithClaims("c"), .kubernetes1_11).reasons
        == ["a": ["node(s) had volume node affinity conflict"]])
  }

  @Test("Two volumes in two zones leave no node")
  func twoZones() {
    var world = VolumeWorld()
    world.volume("v", zone: "z1")
    world.volume("w", zone: "z2")
    world.claim("c", volume: "v")
    world.claim("d", volume: "w")
    #expect(
      world.decide(podWithClaims("c", "d")).message
        == "0/2 nodes are available: 2 node(s) didn't match PersistentVolume's node affinity.")
  }

  @Test("What is wrong with a claim itself is said once for all nodes")
  func refusals() {
    var world = VolumeWorld()
    world.storageClass("now", .immediate)
    world.claim("waits", storageClass: "now")
    world.claim("wish", storageClass: "later") { $0.volumeName = "v" }
    world.claim("lost", volume: "gone") { $0.phase = .lost }
    world.claim("going", volume: "v") { $0.metadata.deletionTime = .seconds(1) }
    func message(_ claim: String) -> String { world.decide(podWithClaims(claim)).message }
    let head = "0/2 nodes are available: "
    #expect(message("missing") == head + "persistentvolumeclaim \"missing\" not found.")
    #expect(message("waits") == head + "pod has unbound immediate PersistentVolumeClaims.")
    #expect(message("wish") == head + "pod has unbound immediate PersistentVolumeClaims.")
    #expect(
      message("lost")
        == head + "persistentvolumeclaim \"lost\" bound to non-existent persistentvolume \"gone\".")
    #expect(message("going") == head + "persistentvolumeclaim \"going\" is being deleted.")
    #expect(
      world.decide(podWithClaims("missing"), .kubernetes1_11).message
        == "persistentvolumeclaim \"missing\" not found")
  }

  @Test("A refused pod evicts nobody, and only its own plugin is to blame")
  func refusedPreemption() throws {
    var world = VolumeWorld()
    world.snapshot.addPod(makePod(1, makeSpec(cpu: 4000)), to: "a")
    var cycle = SchedulingCycle()
    let decision = cycle.decide(
      podWithClaims("missing", cpu: 1000, priority: 5), in: &world.snapshot)
    let diagnosis = try #require(decision.diagnosis)
    #expect(diagnosis.preemption == nil)
    #expect(
      diagnosis.preemptionMessage
        == "no new claims to deallocate, preemption: 0/2 nodes are available: "
        + "2 Preemption is not helpful for scheduling.")
    #expect(diagnosis.rejectedBy == [.volumeRestrictions])
  }

  @Test("A bound claim whose volume is gone keeps its pod off every node")
  func noSuchVolume() {
    var world = VolumeWorld()
    world.claim("c", volume: "gone")
    // The zone plugin looks the volume up first, as it comes before any node is looked at.
    #expect(
      world.decide(podWithClaims("c")).message
        == "0/2 nodes are available: persistentvolume \"gone\" not found.")
    var profile = SchedulerProfile.kubernetes1_36
    profile.filters.removeAll { $0 == .volumeZone }
    #expect(
      world.decide(podWithClaims("c"), profile).message
        == "0/2 nodes are available: 2 node(s) unavailable due to one or more pvc(s) bound to "
        + "non-existent pv(s).")
  }

  @Test("A waiting claim takes the smallest volume that is large enough and in reach")
  func smallest() throws {
    var world = VolumeWorld()
    world.storageClass("local", provisioner: "kubernetes.io/no-provisioner")
    world.volume("large", zone: "z1", gibibytes: 30, storageClass: "local")
    world.volume("fitting", zone: "z1", gibibytes: 20, storageClass: "local")
    world.volume("small", zone: "z1", gibibytes: 5, storageClass: "local")
    world.volume("other-class", zone: "z2", storageClass: "x")
    world.volume("released", zone: "z2", storageClass: "local") { $0.phase = .released }
    world.volume("many", zone: "z2", storageClass: "local") { $0.accessModes = [.readOnlyMany] }
    world.claim("c", storageClass: "local")
    let pod = podWithClaims("c")
    let found = world.decide(pod)
    #expect(found.feasible == ["a"])
    #expect(
      found.reasons == ["b": ["node(s) didn't find available persistent volumes to bind"]])
    let node = try #require(world.snapshot.node(named: "a"))
    let assignment = world.snapshot.volumeAssignment(of: pod, on: node)
    #expect(assignment.bindings.map(\.volume.metadata.name) == ["fitting"])
  }

  @Test("Two claims of one pod take two volumes; a third pod finds none")
  func exhausted() throws {
    var world = VolumeWorld()
    world.storageClass("local", provisioner: "kubernetes.io/no-provisioner")
    world.volume("v", zone: "z1", storageClass: "local")
    world.volume("w", zone: "z1", gibibytes: 20, storageClass: "local")
    for name in ["c", "d", "e"] { world.claim(name, storageClass: "local") }
    let pod = podWithClaims("c", "d")
    #expect(world.decide(pod).feasible == ["a"])
    let node = try #require(world.snapshot.node(named: "a"))
    world.snapshot.assume(world.snapshot.volumeAssignment(of: pod, on: node))
    #expect(world.decide(podWithClaims("e", key: 10)).feasible.isEmpty)
  }

  @Test("A volume that is kept for a claim is its only one")
  func keptVolume() {
    var world = VolumeWorld()
    world.storageClass("local", provisioner: "kubernetes.io/no-provisioner")
    world.volume("free", zone: "z1", storageClass: "local")
    world.volume("kept", zone: "z2", gibibytes: 100, storageClass: "local") {
      $0.claim = .init(namespace: "default", name: "c")
    }
    world.claim("c", storageClass: "local")
    #expect(world.decide(podWithClaims("c")).feasible == ["b"])
  }

  @Test("A volume to be made may be made where its class allows, and stays in that zone")
  func provisioning() throws {
    var world = VolumeWorld()
    world.storageClass(
      "gp3", topologies: [[.init(key: WellKnownLabel.zone, values: ["z2", "z9"])]])
    world.claim("c", storageClass: "gp3")
    let pod = podWithClaims("c")
    #expect(world.decide(pod).feasible == ["b"])
    let node = try #require(world.snapshot.node(named: "b"))
    world.snapshot.assume(world.snapshot.volumeAssignment(of: pod, on: node))
    world.snapshot.setNode(makeNode("c", zone: "z1"))
    world.snapshot.setNode(makeNode("d", zone: "z2"))
    #expect(world.decide(podWithClaims("c", key: 10)).feasible.sorted() == ["b", "d"])
  }

  @Test("A claim that was promised to a node stays with it")
  func selectedNode() {
    var world = VolumeWorld()
    world.storageClass("gp3")
    world.claim("c", storageClass: "gp3") { $0.selectedNode = "a" }
    #expect(world.decide(podWithClaims("c")).feasible == ["a"])
  }

  @Test("An ephemeral volume's claim goes by the pod's own name")
  func ephemeral() {
    var world = VolumeWorld()
    world.storageClass("gp3")
    let spec = makeSpec {
      $0.volumes = [
        Volume(
          name: "data",
          source: .ephemeral(
            VolumeClaimTemplate(
              storageClassName: "gp3", accessModes: [], request: Quantity(value: 1))))
      ]
    }
    func pod(_ key: UInt32, _ name: String) -> PodRef {
      PodRef(key: key, name: name, labels: [:], spec: spec)
    }
    world.claim("one-data", storageClass: "gp3")
    #expect(world.decide(pod(1, "one")).feasible.count == 2)
    #expect(
      world.decide(pod(2, "two")).message
        == "0/2 nodes are available: waiting for ephemeral volume controller to create the "
        + "persistentvolumeclaim \"two-data\".")
  }
}
