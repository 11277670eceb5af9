import KubeControllers
import KubernetesObjects

extension KubernetesEvent {
  /// A decision's event with the object it is about and the controller that says it.
  init(_ event: ReportedEvent, about metadata: ObjectMeta, kind: String, by name: ControllerName) {
    self.init(
      type: event.severity == .warning ? .warning : .normal, reason: event.reason,
      message: event.message, kind: kind, namespace: metadata.namespace, name: metadata.name,
      source: name.source)
  }
}
