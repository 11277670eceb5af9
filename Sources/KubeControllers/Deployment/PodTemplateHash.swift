public import KubernetesObjects

/// The short name of a pod template, by which a Deployment names its ReplicaSets.
public enum PodTemplateHash {
  private static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")

  /// FNV-1a (32 bit) over a full print of the template, its decimal digits written in the letters
  /// that form no words (`ComputeHash` and `SafeEncodeString` of Kubernetes 1.36).
  ///
  /// The print is ours, so the letters differ from a real cluster's; equal templates agree.
  /// Complexity: linear in the size of the template's print.
  public static func of(_ template: PodTemplate, collisionCount: Int64 = 0) -> String {
    var hash: UInt32 = 2_166_136_261
    func add(_ byte: UInt8) { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    for byte in String(describing: template).utf8 { add(byte) }
    if collisionCount > 0 {
      for shift in stride(from: 0, to: 64, by: 8) {
        add(UInt8(truncatingIfNeeded: collisionCount >> Int64(shift)))
      }
    }
    return String(String(hash).utf8.map { alphabet[Int($0) % alphabet.count] })
  }
}
