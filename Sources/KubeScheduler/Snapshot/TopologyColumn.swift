/// A node label as numbers: which domain each row is in.
struct TopologyColumn: Sendable {
  /// Not a label: the column in which every node is a domain of its own.
  static let node = "\u{0}node"

  let key: String
  /// By row; -1 without the label.
  private(set) var domainOf: [Int32] = []
  /// One more than the highest domain in use.
  private(set) var domainCount: Int32 = 0
  private var domains: [String: Int32] = [:]
  private var values: [String] = []
  private var rowCounts: [Int32] = []
  private var free: [Int32] = []

  init(key: String) { self.key = key }

  /// Moves a row to the domain of `value`. A domain without rows is given to the next new value.
  mutating func set(_ row: Int, to value: String?) {
    while domainOf.count <= row { domainOf.append(-1) }
    let old = domainOf[row]
    if old >= 0 {
      if let value, values[Int(old)] == value { return }
      rowCounts[Int(old)] -= 1
      if rowCounts[Int(old)] == 0 {
        domains[values[Int(old)]] = nil
        free.append(old)
      }
      domainOf[row] = -1
    }
    guard let value else { return }
    let domain = domains[value] ?? newDomain(value)
    rowCounts[Int(domain)] += 1
    domainOf[row] = domain
  }

  private mutating func newDomain(_ value: String) -> Int32 {
    let domain: Int32
    if let reused = free.popLast() {
      domain = reused
      values[Int(domain)] = value
    } else {
      domain = domainCount
      domainCount += 1
      values.append(value)
      rowCounts.append(0)
    }
    domains[value] = domain
    return domain
  }
}
