import KubernetesObjects
import Testing
import TimeUnits

@testable import KubeScheduler

/// Which events are worth another try, plugin by plugin.
@Suite struct QueueingHintTests {
  private func helps(
    _ event: ClusterEvent, _ pod: PodRef, _ plugin: PluginName
  ) -> Bool {
    QueueingHints().helps(event, pod, rejectedBy: [plugin])
  }

  private func bound(_ spec: Shared<PodBlueprint> = makeSpec(), app: String = "a") -> PodRef {
    makePod(1, spec, labels: ["app": app])
  }

  @Test("More room: nodes that fit the pod when empty, capacity that grew, pods that left")
  func fit() {
    let pod = makePod(9, makeSpec(cpu: 500))
    let (small, large) = (makeNode("a", cpu: 400), makeNode("a", cpu: 600))
    #expect(helps(.nodeAdded(large), pod, .nodeResourcesFit))
    #expect(!helps(.nodeAdded(small), pod, .nodeResourcesFit))
    #expect(helps(.nodeUpdated(from: small, to: large), pod, .nodeResourcesFit))
    #expect(
      !helps(
        .nodeUpdated(from: large, to: makeNode("a", cpu: 600, labels: ["x": "y"])), pod,
        .nodeResourcesFit), "a label brings no room")
    #expect(helps(.assignedPodRemoved(bound()), pod, .nodeResourcesFit))
    #expect(!helps(.assignedPodAdded(bound()), pod, .nodeResourcesFit))
    #expect(
      helps(
        .assignedPodUpdated(from: bound(makeSpec(cpu: 300)), to: bound(makeSpec(cpu: 200))), pod,
        .nodeResourcesFit), "a pod resized in place")
  }

  @Test("Taints, labels and cordons help when they change for the better")
  func nodeFacts() {
    let tainted = makeNode("a", taints: [Taint(key: "k", effect: .noSchedule)])
    let clean = makeNode("a")
    let pod = makePod(9)
    #expect(helps(.nodeUpdated(from: tainted, to: clean), pod, .taintToleration))
    #expect(!helps(.nodeUpdated(from: clean, to: tainted), pod, .taintToleration))
    #expect(!helps(.nodeAdded(tainted), pod, .taintToleration))
    let cordoned = makeNode("a", unschedulable: true)
    #expect(helps(.nodeUpdated(from: cordoned, to: clean), pod, .nodeUnschedulable))
    #expect(!helps(.nodeUpdated(from: clean, to: clean), pod, .nodeUnschedulable))
    let choosy = makePod(9, makeSpec { $0.nodeSelector = ["disk": "ssd"] })
    let fast = makeNode("a", labels: ["disk": "ssd"])
    #expect(helps(.nodeUpdated(from: clean, to: fast), choosy, .nodeAffinity))
    #expect(!helps(.nodeAdded(clean), choosy, .nodeAffinity))
    #expect(helps(.nodeAdded(fast), choosy, .nodeAffinity))
  }

  @Test("Ports are freed by pods that held one of them")
  func ports() {
    func spec(_ port: Int64) -> Shared<PodBlueprint> {
      makeSpec {
        $0.containers[0].ports = [ContainerPort(containerPort: 1, hostPort: port)]
      }
    }
    #expect(helps(.assignedPodRemoved(bound(spec(80))), makePod(9, spec(80)), .nodePorts))
    #expect(!helps(.assignedPodRemoved(bound(spec(81))), makePod(9, spec(80)), .nodePorts))
    #expect(helps(.nodeAdded(makeNode("a")), makePod(9, spec(80)), .nodePorts))
  }

  @Test("Volumes: claims that come, volumes that change, drivers that register, pods that let go")
  func volumes() {
    let pod = podWithClaims("c")
    let own = ClusterEvent.claimChanged(namespace: "default", name: "c")
    let other = ClusterEvent.claimChanged(namespace: "default", name: "d")
    for plugin in [PluginName.volumeBinding, .volumeZone, .volumeRestrictions, .nodeVolumeLimits] {
      #expect(helps(own, pod, plugin) && !helps(other, pod, plugin), "\(plugin)")
    }
    #expect(helps(.volumeChanged, pod, .volumeBinding))
    #expect(!helps(.volumeChanged, pod, .nodeVolumeLimits))
    #expect(helps(.storageClassAdded(.immediate), pod, .volumeBinding))
    #expect(!helps(.storageClassAdded(.immediate), pod, .volumeZone))
    #expect(helps(.storageClassAdded(.waitForFirstConsumer), pod, .volumeZone))
    #expect(helps(.csiNodeAdded, pod, .nodeVolumeLimits))
    #expect(helps(.assignedPodRemoved(podWithClaims("d", key: 1)), pod, .nodeVolumeLimits))
    #expect(!helps(.assignedPodRemoved(bound()), pod, .nodeVolumeLimits))
    #expect(helps(.assignedPodRemoved(podWithClaims("c", key: 1)), pod, .volumeRestrictions))
    #expect(!helps(.assignedPodRemoved(podWithClaims("d", key: 1)), pod, .volumeRestrictions))
    #expect(helps(.nodeAdded(makeNode("a")), pod, .volumeBinding))
    #expect(!helps(.nodeAdded(makeNode("a")), pod, .nodeVolumeLimits))
    let tainted = makeNode("a", taints: [Taint(key: "k", value: "", effect: .noSchedule)])
    #expect(!helps(.nodeUpdated(from: makeNode("a"), to: tainted), pod, .volumeZone))
    #expect(
      helps(.nodeUpdated(from: makeNode("a"), to: makeNode("a", zone: "z")), pod, .volumeZone))
  }

  @Test("Every plugin has a place of its own, in the order in which they run")
  func ordinals() {
    #expect(PluginName.allCases.map(\.ordinal) == Array(PluginName.allCases.indices))
  }

  @Test("Spreading is helped by matching pods and by nodes with the key")
  func spread() {
    let pod = makePod(
      9,
      makeSpec {
        $0.topologySpreadConstraints = [
          TopologySpreadConstraint(
            maxSkew: 1, topologyKey: WellKnownLabel.zone, whenUnsatisfiable: .doNotSchedule,
            labelSelector: LabelSelector(matchLabels: ["app": "a"]))
        ]
      })
    #expect(helps(.assignedPodAdded(bound()), pod, .podTopologySpread))
    #expect(helps(.assignedPodRemoved(bound()), pod, .podTopologySpread))
    #expect(!helps(.assignedPodRemoved(bound(app: "b")), pod, .podTopologySpread))
    #expect(helps(.nodeAdded(makeNode("a", zone: "z")), pod, .podTopologySpread))
    #expect(!helps(.nodeAdded(makeNode("a")), pod, .podTopologySpread))
    #expect(helps(.nodeRemoved(makeNode("a", zone: "z")), pod, .podTopologySpread))
  }

  @Test("Affinity is helped by friends that come and foes that go")
  func affinity() {
    func spec(_ adjust: @escaping (inout Affinity) -> Void) -> Shared<PodBlueprint> {
      makeSpec {
        var affinity = Affinity()
        adjust(&affinity)
        $0.affinity = affinity
      }
    }
    let term = PodAffinityTerm(
      labelSelector: LabelSelector(matchLabels: ["app": "a"]), topologyKey: "rack")
    let near = makePod(9, spec { $0.requiredPodAffinity = [term] })
    let far = makePod(9, spec { $0.requiredPodAntiAffinity = [term] })
    #expect(helps(.assignedPodAdded(bound()), near, .interPodAffinity))
    #expect(!helps(.assignedPodRemoved(bound()), near, .interPodAffinity))
    #expect(helps(.assignedPodRemoved(bound()), far, .interPodAffinity))
    #expect(!helps(.assignedPodRemoved(bound(app: "b")), far, .interPodAffinity))
    let foe = bound(spec { $0.requiredPodAntiAffinity = [term] })
    #expect(helps(.assignedPodRemoved(foe), makePod(9), .interPodAffinity))
    #expect(
      helps(.nodeAdded(makeNode("n", labels: ["rack": "1"])), near, .interPodAffinity))
    #expect(!helps(.nodeAdded(makeNode("n")), near, .interPodAffinity))
  }

  @Test("An event that no unschedulable pod's plugins care about is shown to none")
  func concerned() {
    var queue = SchedulingQueue()
    queue.add(1, priority: 0, now: .zero)
    _ = queue.pop(now: .zero)
    queue.requeueUnschedulable(1, rejectedBy: [.nodeResourcesFit], now: .zero) { _, _ in true }
    var asked = 0
    queue.moveOnEvent(.assignedPodAdded(bound()), now: .seconds(50)) { _, _ in
      asked += 1
      return true
    }
    #expect(asked == 0)
    queue.moveOnEvent(.assignedPodRemoved(bound()), now: .seconds(50)) { _, _ in
      asked += 1
      return true
    }
    #expect(asked == 1)
  }
}
