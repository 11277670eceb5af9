/// Which release's rules hold: the two ends of the time this project speaks of.
public enum KubernetesRelease: String, Sendable, Hashable, CaseIterable {
  /// EKS in early 2019.
  case v1_11 = "1.11"
  /// The release the recordings were made with.
  case v1_36 = "1.36"
}
