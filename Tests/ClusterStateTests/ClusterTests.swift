import ClusterState
import KubernetesObjects
import Testing
import TimeUnits

@Suite struct ClusterTests {
  private func pod(_ name: String, owner: OwnerReference? = nil) -> Pod {
    let spec = PodSpec(containers: [Container(name: "c", image: "a:1")])
    return Pod(
      metadata: ObjectMeta(name: name, owner: owner), spec: Shared(PodBlueprint(spec)))
  }

  private func node(_ name: String) -> Node {
    Node(metadata: ObjectMeta(name: name, namespace: ""))
  }

  @Test("a pod is found by name, by node and by owner, and is gone from all of them after")
  func indexes() throws {
    var cluster = Cluster()
    let owner = OwnerReference(kind: .replicaSet, name: "web", uid: UID(high: 1, low: 2))
    try cluster.apply(.createNode(node("n1")), at: .zero) { _ in }
    guard
      case .pod(let id) = try cluster.apply(
        .createPod(pod("a", owner: owner)), at: .zero, watch: { _ in })
    else { throw Refusal.notFound(resource: "pods", name: "a") }
    try cluster.apply(.bindPod(id, nodeName: "n1"), at: .zero) { _ in }
    let nodeID = try #require(cluster.nodeID(name: "n1"))
    #expect(cluster.podID(namespace: "default", name: "a") == id)
    #expect(cluster.podIDs(onNode: nodeID) == [id])
    #expect(cluster.census(ownedBy: owner.uid).active == 1)
    try cluster.apply(.deletePod(id, graceSeconds: 0), at: .zero) { _ in }
    #expect(cluster.podID(namespace: "default", name: "a") == nil)
    #expect(cluster.podIDs(onNode: nodeID).isEmpty)
    #expect(cluster.census(ownedBy: owner.uid).total == 0)
    #expect(cluster.indexFaults().isEmpty)
  }

  @Test("the server refuses a second pod of a name, a second binding and a stale update")
  func refusals() throws {
    var cluster = Cluster()
    guard case .pod(let id) = try cluster.apply(.createPod(pod("a")), at: .zero, watch: { _ in })
    else { return }
    #expect(throws: Refusal.alreadyExists(resource: "pods", name: "a")) {
      try cluster.apply(.createPod(pod("a")), at: .zero) { _ in }
    }
    try cluster.apply(.bindPod(id, nodeName: "n1"), at: .zero) { _ in }
    #expect(throws: Refusal.alreadyBound(pod: "a", node: "n1")) {
      try cluster.apply(.bindPod(id, nodeName: "n2"), at: .zero) { _ in }
    }
    let template = Shared(PodTemplate(labels: [:], spec: PodSpec(containers: [])))
    let set = ReplicaSet(
      metadata: ObjectMeta(name: "web"), replicas: 1, selector: LabelSelector(),
      template: template)
    guard
      case .replicaSet(let setID) = try cluster.apply(
        .createReplicaSet(set), at: .zero, watch: { _ in })
    else { return }
    #expect(throws: Refusal.conflict(resource: "replicasets.apps", name: "web")) {
      try cluster.apply(
        .updateReplicaSet(setID, set, precondition: .resourceVersion(1)), at: .zero
      ) { _ in }
    }
  }

  @Test("a deletion is graceful for a bound pod, at once for one that no kubelet holds")
  func graceful() throws {
    var cluster = Cluster()
    guard
      case .pod(let bound) = try cluster.apply(.createPod(pod("a")), at: .zero, watch: { _ in }),
      case .pod(let pending) = try cluster.apply(.createPod(pod("b")), at: .zero, watch: { _ in })
    else { return }
    try cluster.apply(.bindPod(bound, nodeName: "n1"), at: .zero) { _ in }
    try cluster.apply(.deletePod(bound, graceSeconds: nil), at: .seconds(5)) { _ in }
    try cluster.apply(.deletePod(pending, graceSeconds: nil), at: .seconds(5)) { _ in }
    #expect(cluster.pods[bound]?.metadata.deletionTime == .seconds(35))
    #expect(cluster.pods[pending] == nil)
    // A second deletion can only shorten the grace.
    try cluster.apply(.deletePod(bound, graceSeconds: 60), at: .seconds(6)) { _ in }
    #expect(cluster.pods[bound]?.metadata.deletionGracePeriodSeconds == 30)
    try cluster.apply(.deletePod(bound, graceSeconds: 1), at: .seconds(6)) { _ in }
    #expect(cluster.pods[bound]?.metadata.deletionTime == .seconds(7))
  }

  @Test("a cache that absorbs every watch event holds what the server holds")
  func cache() throws {
    var cluster = Cluster()
    var cache = Cluster()
    var events: [WatchEvent] = []
    for index in 0..<600 {
      try cluster.apply(.createPod(pod("p\(index)")), at: .zero) { events.append($0) }
    }
    for index in stride(from: 0, to: 600, by: 2) {
      let id = try #require(cluster.podID(namespace: "default", name: "p\(index)"))
      try cluster.apply(.deletePod(id, graceSeconds: 0), at: .zero) { events.append($0) }
    }
    for event in events { cache.absorb(event) }
    #expect(cache.pods.ids == cluster.pods.ids)
    #expect(cache.pods.count == 300)
    #expect(cache.indexFaults().isEmpty)
  }

  @Test("a copy is a fork: what is written to one does not show in the other")
  func fork() throws {
    var cluster = Cluster()
    try cluster.apply(.createPod(pod("a")), at: .zero) { _ in }
    let before = cluster
    try cluster.apply(.createPod(pod("b")), at: .zero) { _ in }
    #expect(before.pods.count == 1)
    #expect(cluster.pods.count == 2)
  }
}
