/// How threads that take turns share what there is: evenly, and what one does not need is the
/// others'.
enum FlowShare {
  /// By consumer, at most what it asks for.
  static func fair(of rate: Double, asked: [Double]) -> [Double] {
    var shares = asked.map { _ in 0.0 }
    var left = rate
    var open = asked.indices.sorted { (asked[$0], $0) < (asked[$1], $1) }
    while let least = open.first {
      let even = left / Double(open.count)
      shares[least] = min(asked[least], even)
      left -= shares[least]
      open.removeFirst()
    }
    return shares
  }
}
