import AWSObjects
import ClusterState
import EC2AutoScaling
import KubernetesObjects
import SimulationKernel
import TimeUnits
import Traces

// The cloud's node controller: nodes of machines that are gone.
extension ClusterModel {
  // Follows cloud-provider `controllers/nodelifecycle` (1.36: a terminated machine's node goes, a
  // stopped one's is tainted) and the 1.11 AWS provider (any state but running counts as gone).
  // Every 5 s, for nodes that are not Ready.
  mutating func checkNodes(in context: inout ClusterContext) {
    context.schedule(.cloud(.checkNodes), after: .seconds(5), priority: .control)
    for (raw, summary) in cluster.nodeSummaries.enumerated()
    where summary.exists && !summary.isReady {
      let id = NodeID(raw: UInt32(raw))
      guard let node = cluster.nodes[id], let agent = kubelets.agentsByNode[node.name],
        let instance = kubelets.instance(ofAgent: agent)
      else { continue }
      switch world.cloud.instances[Int(instance)].state {
      case .pending, .running: continue
      case .terminated: remove(node, id, agent, in: &context)
      case .stopping, .stopped, .shuttingDown:
        if parameters.release == .v1_11 {
          remove(node, id, agent, in: &context)
        } else if !node.taints.contains(where: { $0.key == Taint.Key.shutdown }) {
          let taint = Taint(key: Taint.Key.shutdown, effect: .noSchedule)
          _ = try? write(.patchNodeTaints(id, add: [taint], remove: []), in: &context)
        }
      }
    }
  }

  private mutating func remove(
    _ node: Node, _ id: NodeID, _ agent: UInt32, in context: inout ClusterContext
  ) {
    context.record(
      .event(
        KubernetesEvent(
          reason: "DeletingNode",
          message: "Deleting node \(node.name) because it does not exist in the cloud provider",
          kind: "Node", namespace: "", name: node.name, source: "cloud-node-lifecycle-controller"),
        count: 1))
    kubelets.agents[Int(agent)].node = nil
    _ = try? write(.deleteNode(id), in: &context)
  }
}
