import ClusterState
import KubernetesObjects
import SimulationKernel
import Traces

extension ClusterModel {
  /// Creates a pod for an owner: named, admitted, stored.
  mutating func create(
    _ owned: OwnedPod, in context: inout ClusterContext
  ) throws(Refusal) -> AppliedObject {
    var name = owned.name
    if owned.generatesName { name += IdentifierSource.suffix(streams.nameBits()) }
    let template = owned.template
    var labels = template.value.labels
    for pair in owned.extraLabels.pairs { labels[pair.key] = pair.value }
    let metadata = ObjectMeta(
      name: name, namespace: owned.namespace, uid: identifiers.nextUID(), labels: labels,
      annotations: template.value.annotations, owner: owned.owner)
    let spec = try blueprints.blueprint(for: owned)
    return try write(.createPod(Pod(metadata: metadata, spec: spec)), in: &context)
  }

  /// Says an Event of a controller, with the name of the pod it is about filled in.
  mutating func say(
    _ event: KubernetesEvent?, _ controller: Int, object: AppliedObject = .other,
    in context: inout ClusterContext
  ) {
    guard var event else { return }
    if case .pod(let id) = object, let pod = cluster.pods[id] {
      event.message = event.message.replacing("%pod", with: pod.metadata.name)
    }
    context.record(.event(event, count: 1))
  }
}
