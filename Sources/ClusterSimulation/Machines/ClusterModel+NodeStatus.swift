import ClusterState
import Kubelet
import KubernetesObjects
import NodeModel
import SimulationKernel
import TimeUnits
import Traces

// What a kubelet under load says of its node. Follows `pkg/kubelet/nodestatus/setters.go` (1.11:
// `kubelet_node_status.go`).
extension ClusterModel {
  /// Posts MemoryPressure if the eviction manager's mind has changed.
  mutating func postPressure(_ agent: UInt32, _ id: NodeID, in context: inout ClusterContext) {
    guard kubelets.agents[Int(agent)].hasMachine, let node = cluster.nodes[id] else { return }
    let isPressed = kubelets.agents[Int(agent)].evictionMemory.conditions.contains(.memory)
    let known = node.status.condition(.memoryPressure)?.status ?? .false
    guard (known == .true) != isPressed else { return }
    let reason = isPressed ? "KubeletHasInsufficientMemory" : "KubeletHasSufficientMemory"
    let condition = NodeCondition(
      type: .memoryPressure, status: isPressed ? .true : .false, reason: reason,
      message: "kubelet has \(isPressed ? "insufficient" : "sufficient") memory available",
      lastTransition: context.now)
    _ = try? write(.setNodeConditions(id, [condition]), in: &context)
    let event = isPressed ? "NodeHasInsufficientMemory" : "NodeHasSufficientMemory"
    sayOfNode(agent, event, "Node \(node.name) status is now: \(event)", in: &context)
  }

  /// Posts Ready=False while the runtime does not answer; whether that is so.
  mutating func postRuntimeDown(
    _ agent: UInt32, _ id: NodeID, in context: inout ClusterContext
  ) -> Bool {
    guard kubelets.agents[Int(agent)].hasMachine,
      let silence = kubelets.agents[Int(agent)].machine!.relist.silence(at: context.now)
    else { return false }
    let name = kubelets.agents[Int(agent)].nodeName
    let wasReady = cluster.nodeSummaries[Int(id.raw)].isReady
    let condition = NodeCondition(
      type: .ready, status: .false, reason: "KubeletNotReady",
      message: "PLEG is not healthy: pleg was last seen active \(Self.goText(silence)) ago; "
        + "threshold is 3m0s", lastTransition: context.now)
    _ = try? write(.setNodeConditions(id, [condition]), in: &context)
    if wasReady {
      sayOfNode(agent, "NodeNotReady", "Node \(name) status is now: NodeNotReady", in: &context)
    }
    return true
  }

  /// A duration as Go prints it, to the millisecond: `3m5.12s`.
  static func goText(_ duration: Duration) -> String {
    let milliseconds = duration.nanoseconds / 1_000_000
    let (hours, minutes) = (milliseconds / 3_600_000, milliseconds / 60_000 % 60)
    let (seconds, rest) = (milliseconds / 1_000 % 60, milliseconds % 1_000)
    var text = hours > 0 ? "\(hours)h" : ""
    if hours > 0 || minutes > 0 { text += "\(minutes)m" }
    text += "\(seconds)"
    if rest > 0 {
      var digits = String(rest)
      digits = String(repeating: "0", count: 3 - digits.count) + digits
      while digits.hasSuffix("0") { digits.removeLast() }
      text += ".\(digits)"
    }
    return text + "s"
  }
}
