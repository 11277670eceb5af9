import KubernetesObjects

/// Pods stay five minutes on a node that stops answering, unless they say otherwise.
///
/// Follows `plugin/pkg/admission/defaulttolerationseconds` 1.36.
enum DefaultTolerations {
  static let seconds: Int64 = 300

  static func add(to spec: inout PodSpec) {
    for key in [Taint.Key.notReady, Taint.Key.unreachable]
    where !spec.tolerations.contains(where: { covers($0, key) }) {
      spec.tolerations.append(
        Toleration(key: key, operator: .exists, effect: .noExecute, seconds: seconds))
    }
  }

  private static func covers(_ toleration: Toleration, _ key: String) -> Bool {
    (toleration.key == key || toleration.key.isEmpty)
      && (toleration.effect == .noExecute || toleration.effect == nil)
  }
}
