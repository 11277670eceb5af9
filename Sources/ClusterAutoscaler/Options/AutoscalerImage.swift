/// How the program is told from others: by its image.
public enum AutoscalerImage {
  /// Whether an image, such as `registry.k8s.io/autoscaling/cluster-autoscaler:v1.32.1`, is the
  /// program's.
  public static func matches(_ image: String) -> Bool {
    (image.split(separator: "/").last ?? "").hasPrefix("cluster-autoscaler")
  }
}
