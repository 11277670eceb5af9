import ClusterState
import KubernetesObjects
import SimulationKernel
import TimeUnits

// Nodes that manifests bring: there from the start as a dump has them, with a kubelet that never
// fails and nothing else behind them. No machine, no bill; no heartbeats either, for a kubelet that
// cannot fail would only repeat them.
extension ClusterModel {
  mutating func startGivenNodes(_ setup: ClusterSetup, in context: inout ClusterContext) {
    for case .node(let node) in setup.objects { start(node, in: &context) }
  }

  private mutating func start(_ given: Node, in context: inout ClusterContext) {
    var node = given
    for index in node.status.conditions.indices {
      node.status.conditions[index].lastTransition.bound(by: context.now)
    }
    if node.status.condition(.ready) == nil {
      node.status.set(
        .ready, .true, reason: "KubeletReady", message: "kubelet is posting ready status",
        at: context.now)
    }
    if node.metadata.uid == UID() { node.metadata.uid = identifiers.nextUID() }
    let ready = node.status.condition(.ready)!.status
    var agent = KubeletAgent(
      registration: Self.registration(of: node), client: parameters.kubeletClient, group: "")
    // Unknown is what the control plane says of a kubelet that it hears nothing of.
    agent.isRunning = ready != .unknown
    agent.isReady = ready == .true
    for image in node.status.images {
      for name in image.names { agent.keepImage(name) }
    }
    let number = kubelets.addGiven(agent)
    let birth = min(node.metadata.creationTime, context.now)
    if case .node(let id)? = try? write(.createNode(node), at: birth, in: &context) {
      kubelets.agents[Int(number)].node = id
    }
    renewForEver(number, in: &context)
  }

  /// What its kubelet says when it registers anew: neither a cordon nor what conditions brought.
  private static func registration(of node: Node) -> Node {
    var node = node
    node.unschedulable = false
    node.taints.removeAll { $0.key.hasPrefix("node.kubernetes.io/") }
    node.metadata.uid = UID()
    return node
  }

  /// Gives a node a lease that has always just been renewed.
  mutating func renewForEver(_ agent: UInt32, in context: inout ClusterContext) {
    guard let id = kubelets.agents[Int(agent)].node else { return }
    _ = try? write(.renewLease(id), at: .distantFuture, in: &context)
  }

  /// Somebody deleted a Node object. A given node's living kubelet registers again, as any other
  /// does at its next heartbeat.
  func missNode(_ node: Node, in context: inout ClusterContext) {
    guard let agent = kubelets.agentsByNode[node.name], kubelets.isGiven(agent),
      kubelets.agents[Int(agent)].isRunning
    else { return }
    let life = kubelets.agents[Int(agent)].life
    context.schedule(.kubelet(.register(agent: agent, life: life)), after: .seconds(10))
  }

  mutating func registerAgain(_ agent: UInt32, in context: inout ClusterContext) {
    register(agent, in: &context)
    if kubelets.agents[Int(agent)].isReady { postReady(agent, in: &context) }
  }
}

extension SimulationTime {
  /// A dump that is younger than the run's day would tell of the future.
  mutating func bound(by now: SimulationTime) { self = min(self, now) }
}

extension KubeletAgent {
  /// Notes an image that is on the machine. Runtimes list full names, manifests shorten them.
  mutating func keepImage(_ name: String) {
    images[name] = .zero
    for prefix in ["docker.io/library/", "docker.io/"] where name.hasPrefix(prefix) {
      images[String(name.dropFirst(prefix.count))] = .zero
    }
  }
}
