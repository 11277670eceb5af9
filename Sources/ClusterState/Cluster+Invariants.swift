import KubernetesObjects

extension Cluster {
  /// Every disagreement between a table and its indexes, in words; empty if all is well.
  ///
  /// Complexity: linear in the number of objects. Tests and checked runs call it.
  public func indexFaults() -> [String] {
    var faults: [String] = []
    var byOwner: [UID: PodCensus] = [:]
    var onNode = Array(repeating: 0, count: podsByNode.count)
    pods.forEach { id, pod in
      if names.pods[Self.key(pod.metadata)] != id {
        faults.append("pod \(pod.metadata.name) is not found by its name")
      }
      if let owner = pod.metadata.owner { byOwner[owner.uid, default: PodCensus()].count(pod, 1) }
      if let node = pod.nodeName.flatMap({ names.nodes[$0] }) { onNode[Int(node.raw)] += 1 }
    }
    if names.pods.count != pods.count { faults.append("there are names of pods that are gone") }
    if podsByOwner.count != byOwner.count { faults.append("an owner without pods is indexed") }
    pods.forEach { _, pod in
      guard let owner = pod.metadata.owner?.uid, let census = byOwner.removeValue(forKey: owner)
      else { return }
      if podsByOwner[owner]?.census != census {
        faults.append("the census of \(owner) is off")
      }
      if podsByOwner[owner]?.ids.count != census.total {
        faults.append("the pods of \(owner) are miscounted")
      }
    }
    nodes.forEach { id, node in
      if podsByNode[Int(id.raw)].count != onNode[Int(id.raw)] {
        faults.append("the pods of node \(node.name) are miscounted")
      }
    }
    return faults
  }
}
