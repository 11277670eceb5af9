import KubernetesObjects
import Scenarios

/// What the nodes of one group carry beside what every node of the era does.
struct NodeTraits: Sendable {
  var labels: [String: String]
  var taints: [Taint]

  init(_ group: NodeGroupSpec) {
    labels = group.labels
    taints = group.taints
  }

  func dress(_ node: inout Node) {
    for (key, value) in labels.sorted(by: { $0.key < $1.key }) {
      node.metadata.labels[key] = value
    }
    node.taints += taints
  }
}
