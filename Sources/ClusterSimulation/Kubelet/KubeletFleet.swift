import AWSObjects
import ClusterState
import KubernetesObjects
import SimulationKernel
import TimeUnits

/// All kubelets of the cluster, by the number of their instance.
struct KubeletFleet: Sendable {
  var agents: [KubeletAgent] = []
  var latencies: KubeletLatencies
  /// By workload or container name; looked up, never walked.
  var behaviors: [String: ContainerBehavior] = [:]
  /// The agent that goes by a node's name.
  var agentsByNode: [String: UInt32] = [:]
  private var durations: RandomStream

  init(latencies: KubeletLatencies, streams: RandomStreams) {
    self.latencies = latencies
    durations = streams.stream("kubelet.durations")
  }

  mutating func draw(_ law: DelayLaw) -> Int64 { law.sampleNanoseconds(using: &durations) }

  /// Every instance gets its agent as it is launched, so that numbers have no gaps.
  mutating func add(_ agent: KubeletAgent, at index: UInt32) {
    precondition(Int(index) == agents.count, "an instance without a kubelet came before")
    agents.append(agent)
    agentsByNode[agent.nodeName] = index
  }
}
