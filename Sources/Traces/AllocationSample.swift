import Documents

/// How much of a cluster's nodes is requested at a moment.
public struct AllocationSample: Sendable, Hashable {
  /// Of one resource: thousandths of a core, bytes, or devices.
  public struct Share: Sendable, Hashable {
    public var resource: String
    public var requested: Int64
    public var allocatable: Int64

    /// From 0 to 1; more if a node holds more than it offers.
    public var ratio: Double {
      allocatable > 0 ? Double(requested) / Double(allocatable) : 0
    }
  }

  /// Pods that have a node and have not ended.
  public var placed: Int64
  /// Pods that have no node and have not ended.
  public var waiting: Int64
  /// In the order in which they were added.
  public private(set) var shares: [Share] = []

  public init(placed: Int64, waiting: Int64) {
    self.placed = placed
    self.waiting = waiting
  }

  /// Adds a resource; one that no node offers is left out.
  public mutating func add(_ resource: String, _ requested: Int64, of allocatable: Int64) {
    if allocatable > 0 {
      shares.append(Share(resource: resource, requested: requested, allocatable: allocatable))
    }
  }

  /// `cpu 0.4 %, memory 0.2 %`.
  public var text: String {
    shares.map { share in
      let tenths = Int64((share.ratio * 1_000).rounded())
      return "\(share.resource) \(tenths / 10).\(tenths % 10) %"
    }.joined(separator: ", ")
  }

  /// `42 pods have a node, 3 have none; of all nodes requested: cpu 0.4 %, memory 0.2 %`.
  public var sentence: String {
    let pods = placed == 1 ? "1 pod has a node" : "\(placed) pods have a node"
    return "\(pods)\(waiting == 0 ? "" : ", \(waiting) have none"); of all nodes requested: \(text)"
  }

  func write(_ json: inout JSONWriter) {
    json.field("placed", placed)
    json.field("waiting", waiting)
    json.field(
      "requested",
      object: { json in for share in shares { json.field(share.resource, share.requested) } })
    json.field(
      "allocatable",
      object: { json in for share in shares { json.field(share.resource, share.allocatable) } })
  }
}
