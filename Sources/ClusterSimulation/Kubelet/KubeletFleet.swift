import AWSObjects
import ClusterState
import KubernetesObjects
import SimulationKernel
import TimeUnits

/// All kubelets of the cluster: first those of nodes that the manifests bring, then the others by
/// the number of their instance.
struct KubeletFleet: Sendable {
  var agents: [KubeletAgent] = []
  var latencies: KubeletLatencies
  /// By workload or container name; looked up, never walked.
  var behaviors: [String: ContainerBehavior] = [:]
  /// The agent that goes by a node's name.
  var agentsByNode: [String: UInt32] = [:]
  /// How many nodes the manifests bring.
  private(set) var givenCount: UInt32 = 0
  private var durations: RandomStream

  init(latencies: KubeletLatencies, streams: RandomStreams) {
    self.latencies = latencies
    durations = streams.stream("kubelet.durations")
  }

  mutating func draw(_ law: DelayLaw) -> Int64 { law.sampleNanoseconds(using: &durations) }

  /// Every instance gets its agent as it is launched, so that numbers have no gaps.
  mutating func add(_ agent: KubeletAgent, ofInstance number: UInt32) {
    let index = self.agent(ofInstance: number)
    precondition(Int(index) == agents.count, "an instance without a kubelet came before")
    agents.append(agent)
    agentsByNode[agent.nodeName] = index
  }

  /// The agent of a node that has no instance; all of them come before the first instance.
  mutating func addGiven(_ agent: KubeletAgent) -> UInt32 {
    precondition(agents.count == givenCount, "an instance came before")
    agents.append(agent)
    agentsByNode[agent.nodeName] = givenCount
    givenCount += 1
    return givenCount - 1
  }

  func agent(ofInstance number: UInt32) -> UInt32 { givenCount + number }

  /// Whether a manifest brought the agent's node: nothing but a kubelet that never fails is there.
  func isGiven(_ agent: UInt32) -> Bool { agent < givenCount }

  /// The number of an agent's instance; nil for a node that a manifest brought.
  func instance(ofAgent agent: UInt32) -> UInt32? { isGiven(agent) ? nil : agent - givenCount }
}
