/// How a controller that wants many pods asks for them: 1, then 2, 4, 8, … at a time.
///
/// Each batch is sent in parallel and awaited, and the first failure ends the plan, so that a full
/// quota costs one refused request and not hundreds. Follows `slowStartBatch` of
/// pkg/controller/replicaset/replica_set.go, 1.36.
public enum SlowStart {
  /// Sizes of the batches for `count` creations, in order; their sum is `count`.
  ///
  /// Complexity: logarithmic in `count`.
  public static func batches(_ count: Int64) -> [Int64] {
    var sizes: [Int64] = []
    var remaining = count
    var size: Int64 = 1
    while remaining > 0 {
      let batch = min(size, remaining)
      sizes.append(batch)
      remaining -= batch
      size = 2 * batch
    }
    return sizes
  }
}
