import KubernetesObjects

/// A pod with data on its node stays (`rules/localstorage` 1.36).
///
/// Volumes named in the annotation `safe-to-evict-local-volumes` may be lost, and those in memory
/// are lost with the pod anyway; 1.13 knows neither exception.
struct LocalStorageRule: DrainabilityRule {
  func outcome(of pod: Pod, in context: DrainContext) -> DrainOutcome {
    guard context.options.skipNodesWithLocalStorage else { return .undefined }
    let isOld = context.options.release == .v1_13
    let named = isOld ? nil : pod.metadata.annotations[DrainAnnotation.safeToEvictLocalVolumes]
    let expendable = (named ?? "").split(separator: ",").map { $0.trimmed }
    let blocks = pod.spec.value.spec.volumes.contains { volume in
      switch volume.source {
      case .hostPath: !expendable.contains(volume.name[...])
      case .emptyDir(let inMemory):
        (isOld || !inMemory) && !expendable.contains(volume.name[...])
      default: false
      }
    }
    return blocks ? .block(.localStorageRequested) : .undefined
  }
}

extension Substring {
  /// Without white space at either end.
  var trimmed: Substring {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
