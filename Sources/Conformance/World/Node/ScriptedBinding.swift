import KubeControllers
import KubernetesObjects

/// Where the driver of the recordings puts a pod.
enum ScriptedBinding {
  /// The first suitable node in byte order of names, from the pod's number on; nil if none is.
  static func node(for pod: WorldPod, in world: World) -> String? {
    let spec = pod.pod.spec.value.spec
    if let terms = spec.affinity?.requiredNodeTerms,
      let name = terms.lazy.flatMap(\.matchFields).first?.values.first
    {
      guard let node = world.nodes[name] else { return nil }
      return tolerates(spec, node) ? name : nil
    }
    if !pod.rule.bindNodes.isEmpty {
      return pod.rule.bindNodes[pod.number % pod.rule.bindNodes.count]
    }
    let nodes = world.nodes.all.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    for step in nodes.indices {
      let node = nodes[(pod.number + step) % nodes.count]
      if !node.unschedulable, node.metadata.labels.contains(spec.nodeSelector),
        tolerates(spec, node)
      {
        return node.name
      }
    }
    return nil
  }

  private static func tolerates(_ spec: PodSpec, _ node: Node) -> Bool {
    node.taints.allSatisfy { taint in
      taint.effect == .preferNoSchedule || spec.tolerations.contains { $0.tolerates(taint) }
    }
  }
}
