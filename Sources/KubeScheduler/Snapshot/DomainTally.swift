import KubernetesObjects

/// Which pods a tally counts.
enum TallyRule: Sendable, Hashable {
  /// Pods of a namespace that a selector matches and that are not terminating (topology spread).
  case spread(namespace: String, selector: LabelSelector)
  /// The same for pods that any of several selectors matches (SelectorSpread of 1.11).
  case spreadAny(namespace: String, selectors: [LabelSelector])
  /// Pods that every one of the terms matches (required pod affinity).
  case allTerms([AffinityTerm])
  /// Pods that the term matches (required pod anti-affinity).
  case term(AffinityTerm)
  /// Pods whose own required anti-affinity, over the tally's key, is against the target class.
  case antiAffinity(against: Int32)
  /// Pods with which the target class has preferences, its own or theirs, over the tally's key.
  case preference(of: Int32)

  var target: Int32? {
    switch self {
    case .antiAffinity(let target), .preference(let target): target
    default: nil
    }
  }
}

/// Which nodes a tally takes into account; the rest are as if they were not there.
struct TallyNodes: Sendable, Hashable {
  /// The placement shape whose affinity or tolerations are honored; -1: none.
  var placement: Int32 = -1
  var honorsAffinity = false
  var honorsTaints = false
  /// Columns in which a node must have a domain.
  var requiredColumns: [Int32] = []
}

/// A running count of pods by topology domain, kept up to date pod by pod.
///
/// The real scheduler counts over all pods in every cycle; a tally answers the same in constant
/// time. Node changes reach it through the snapshot's log, when it is next read.
struct DomainTally: Sendable {
  struct Key: Sendable, Hashable {
    var rule: TallyRule
    var column: Int32
    var nodes = TallyNodes()
  }

  let key: Key
  /// By row; -1 where the row does not count.
  var domainOf: [Int32] = []
  var sums: [Int32] = []
  /// How many rows of each domain count.
  var rowCounts: [Int32] = []
  var activeDomains = 0
  /// The terms behind all sums: 0 means that no counted pod matched at all.
  var terms = 0
  /// How far the node log is worked in; -1: nothing yet.
  var seen = -1
  var lastUse = 0

  init(_ key: Key) { self.key = key }

  @inline(__always)
  mutating func count(row: Int, weight: Int32, terms: Int32) {
    guard row < domainOf.count else { return }
    let domain = Int(domainOf[row])
    guard domain >= 0 else { return }
    sums[domain] &+= weight
    self.terms += Int(terms)
  }

  /// Moves a row, with what stands on it, to another domain.
  mutating func move(row: Int, to domain: Int32, weight: Int32, terms: Int32) {
    while domainOf.count <= row { domainOf.append(-1) }
    let old = domainOf[row]
    if old == domain { return }
    if old >= 0 {
      count(row: row, weight: 0 &- weight, terms: 0 &- terms)
      rowCounts[Int(old)] -= 1
      if rowCounts[Int(old)] == 0 { activeDomains -= 1 }
    }
    domainOf[row] = domain
    guard domain >= 0 else { return }
    while sums.count <= Int(domain) {
      sums.append(0)
      rowCounts.append(0)
    }
    if rowCounts[Int(domain)] == 0 { activeDomains += 1 }
    rowCounts[Int(domain)] += 1
    count(row: row, weight: weight, terms: terms)
  }

  /// The count at a node; nil where the node has no domain that counts.
  @inline(__always)
  func sum(inDomain domain: Int32) -> Int32 {
    Int(domain) < sums.count ? sums[Int(domain)] : 0
  }

  /// The smallest count of a domain; 0 if there are fewer domains than `minDomains`.
  ///
  /// Complexity: linear in the number of domains.
  func minimum(minDomains: Int64) -> Int64 {
    if Int64(activeDomains) < minDomains { return 0 }
    var least = Int32.max
    for domain in sums.indices where rowCounts[domain] > 0 { least = min(least, sums[domain]) }
    return Int64(least)
  }
}
