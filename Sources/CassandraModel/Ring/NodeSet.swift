/// A node of a ring by its place in it; at most 254 nodes.
public struct NodeID: Hashable, Sendable, Comparable, BitwiseCopyable {
  public let index: UInt8

  @inlinable
  public init(_ index: Int) { self.index = UInt8(index) }

  @inlinable
  public static func < (a: NodeID, b: NodeID) -> Bool { a.index < b.index }
}

/// Up to eight different nodes in an order, in 8 bytes: the replicas of a token.
public struct NodeSet: Hashable, Sendable, BitwiseCopyable {
  /// A byte a node, the first in the lowest; 255 is none.
  @usableFromInline var bytes: UInt64

  @usableFromInline
  init(bytes: UInt64) { self.bytes = bytes }

  /// No nodes.
  @inlinable
  public init() { bytes = .max }

  /// Nodes in their order; more than eight are a mistake.
  public init(_ nodes: [NodeID]) {
    precondition(nodes.count <= 8, "a node set has room for eight")
    bytes = .max
    for (place, node) in nodes.enumerated() {
      bytes &= ~(0xFF << UInt64(8 * place))
      bytes |= UInt64(node.index) << UInt64(8 * place)
    }
  }

  @inlinable
  public var count: Int { 8 - (~bytes).leadingZeroBitCount / 8 }

  @inlinable
  public var isEmpty: Bool { bytes == .max }

  /// The node at a place below `count`.
  @inlinable
  public subscript(place: Int) -> NodeID {
    NodeID(Int(truncatingIfNeeded: (bytes >> UInt64(8 * place)) & 0xFF))
  }

  @inlinable
  public func contains(_ node: NodeID) -> Bool {
    var rest = bytes
    while rest & 0xFF != 0xFF {
      if rest & 0xFF == UInt64(node.index) { return true }
      rest = rest >> 8 | 0xFF << 56
    }
    return false
  }

  /// The nodes in their order.
  public var nodes: [NodeID] { (0..<count).map { self[$0] } }

  /// The same nodes in an order drawn from 64 random bits.
  ///
  /// Fisher and Yates' method: for up to four nodes each order is as likely as another within
  /// 1 in 10 000, for more within some percent.
  @inlinable
  public func shuffled(_ bits: UInt64) -> NodeSet {
    var result = bytes
    var left = count
    var bits = bits
    while left > 1 {
      // 16 bits a step for up to four nodes, 8 for more: all steps fit into one word.
      let pick: UInt64
      if count <= 4 {
        pick = ((bits & 0xFFFF) &* UInt64(left)) >> 16
        bits >>= 16
      } else {
        pick = ((bits & 0xFF) &* UInt64(left)) >> 8
        bits >>= 8
      }
      left -= 1
      let (a, b) = (8 &* pick, UInt64(8 &* left))
      let difference = (result >> a ^ result >> b) & 0xFF
      result ^= difference << a
      result ^= difference << b
    }
    return NodeSet(bytes: result)
  }
}
