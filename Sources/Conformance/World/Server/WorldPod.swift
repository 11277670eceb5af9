import KubernetesObjects

/// A pod of a recorded world, named by its alias, with what the scripted kubelet goes by.
struct WorldPod {
  var pod: Pod
  /// `ReplicaSet/web-rs1`, with aliases; empty for a bare pod.
  var owner: String
  /// The pod's number: which entry of each list of its rule holds, and how long its skew is.
  var number: Int
  var rule: KubeletRule
  /// Deleted, but held by finalizers.
  var isHeld = false

  var name: String { pod.metadata.name }
  var uid: UID { pod.metadata.uid }
  var isTerminating: Bool { pod.metadata.isTerminating }
}

enum Refusal: Error {
  case notFound
  case conflict
  case alreadyExists
}
