import KubeControllers
import KubernetesObjects
import Testing
import TimeUnits

@Suite("Node lifecycle: 1.11 deletes pods itself")
struct PodEvictionTests {
  private func remembered(probe: Int64, transition: Int64) -> NodeHealth? {
    var health: NodeHealth?
    let options = NodeLifecycleOptions(release: .v1_11)
    let node = NodeObservation(
      name: "a", zone: "z",
      conditions: [
        NodeCondition(
          type: .ready, status: .true, reason: "KubeletReady", message: "", lastTransition: .zero)
      ], heartbeat: .zero)
    _ = NodeMonitor.judge(node, health: &health, options: options, at: .zero)
    health?.probe = .seconds(probe)
    health?.readyTransition = .seconds(transition)
    return health
  }

  @Test("Five minutes count from the change a kubelet told, or from its last sign of life")
  func timeout() throws {
    let options = NodeLifecycleOptions(release: .v1_11)
    let health = try #require(remembered(probe: 100, transition: 200))
    func due(_ ready: ConditionStatus, at now: Int64) -> Bool {
      PodEviction.isDue(ready, health: health, options: options, at: .seconds(now))
    }
    #expect(!due(.unknown, at: 400))
    #expect(due(.unknown, at: 401))
    #expect(!due(.false, at: 500))
    #expect(due(.false, at: 501))
    #expect(!due(.true, at: 9999))
  }

  @Test("Pods of DaemonSets stay, and those that are going already")
  func exceptions() {
    let owner = OwnerReference(kind: .daemonSet, name: "agent", uid: UID(low: 1))
    #expect(PodEviction.takes(Fixture.pod()))
    #expect(!PodEviction.takes(Fixture.pod(owner: owner)))
    #expect(!PodEviction.takes(Fixture.pod().terminating()))
  }

  @Test("A stopped instance costs its Node in 1.11 and only a terminated one later")
  func nodes() {
    func deleted(_ release: KubernetesRelease, running: Bool, terminated: Bool) -> Bool {
      PodEviction.deletesNode(
        .unknown, instanceIsRunning: running, instanceIsTerminated: terminated, release: release)
    }
    #expect(deleted(.v1_11, running: false, terminated: false))
    #expect(!deleted(.v1_36, running: false, terminated: false))
    #expect(deleted(.v1_36, running: false, terminated: true))
    #expect(!deleted(.v1_11, running: true, terminated: false))
    #expect(
      !PodEviction.deletesNode(
        .true, instanceIsRunning: false, instanceIsTerminated: true, release: .v1_11))
  }
}
