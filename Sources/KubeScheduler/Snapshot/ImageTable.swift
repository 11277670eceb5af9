import KubernetesObjects

/// Which nodes hold which images.
///
/// Follows `addNodeImageStates` of kube-scheduler 1.36 (`pkg/scheduler/backend/cache`): an
/// image's size is the one its first holder reported.
struct ImageTable: Sendable {
  struct State: Sendable {
    var size: Int64
    var holders = 0
    /// A bit a row.
    var rows: [UInt64] = []

    func isHeld(by row: Int32) -> Bool {
      let word = Int(row) >> 6
      return word < rows.count && rows[word] & (1 << UInt64(row & 63)) != 0
    }
  }

  var isEmpty: Bool { states.isEmpty }
  private(set) var states: [State] = []
  private var index: [String: Int32] = [:]

  /// Nil if no node holds the image.
  func state(of image: String) -> State? {
    guard let found = index[Self.normalized(image)] else { return nil }
    let state = states[Int(found)]
    return state.holders > 0 ? state : nil
  }

  mutating func add(_ images: [ContainerImage], row: Int32) -> [Int32] {
    var held: [Int32] = []
    for image in images {
      for name in image.names {
        let id = index[name] ?? Int32(states.count)
        if Int(id) == states.count {
          index[name] = id
          states.append(State(size: image.sizeBytes))
        }
        if states[Int(id)].holders == 0 { states[Int(id)].size = image.sizeBytes }
        guard !states[Int(id)].isHeld(by: row) else { continue }
        set(id, row: row)
        held.append(id)
      }
    }
    return held
  }

  mutating func remove(_ held: [Int32], row: Int32) {
    for id in held {
      states[Int(id)].rows[Int(row) >> 6] &= ~(1 << UInt64(row & 63))
      states[Int(id)].holders -= 1
    }
  }

  private mutating func set(_ id: Int32, row: Int32) {
    let word = Int(row) >> 6
    while states[Int(id)].rows.count <= word { states[Int(id)].rows.append(0) }
    states[Int(id)].rows[word] |= 1 << UInt64(row & 63)
    states[Int(id)].holders += 1
  }

  /// An image without a tag is its `latest`.
  static func normalized(_ image: String) -> String {
    let colon = image.utf8.lastIndex(of: UInt8(ascii: ":"))
    let slash = image.utf8.lastIndex(of: UInt8(ascii: "/"))
    guard let colon else { return image + ":latest" }
    if let slash, colon <= slash { return image + ":latest" }
    return image
  }
}
