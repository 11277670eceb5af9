import KubernetesObjects

/// What a recorded world shows of itself: the part of a recording's timeline that is compared.
struct Observation {
  enum What {
    case podCreated(pod: String, owner: String)
    /// `key` says what the ReplicaSet controller ranked the pod by; nil for other writers.
    case podDeleting(pod: String, owner: String, key: String?)
    case podGone(pod: String, owner: String)
    case replicaSetScaled(replicaSet: String, from: Int64?, to: Int64)
    case nodeTaints(node: String, taints: [String])
    case nodeReady(node: String, ready: String)
    /// `cause` is what the API server adds to a refusal.
    case eviction(accepted: Bool, code: Int64, cause: String)
    case event(kind: String, name: String, reason: String, message: String)
  }

  /// Nanoseconds.
  var time: Int64
  var what: What
}
