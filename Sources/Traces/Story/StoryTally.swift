/// Names with how often each came, in the order they came up.
struct StoryTally: Sendable {
  private var entries: [(name: String, count: Int)] = []
  /// Looked up by name, never walked.
  private var places: [String: Int] = [:]

  mutating func add(_ name: String) {
    if let place = places[name] {
      entries[place].count += 1
    } else {
      places[name] = entries.count
      entries.append((name, 1))
    }
  }

  /// Takes one back; whether there was one.
  @discardableResult
  mutating func take(_ name: String) -> Bool {
    guard let place = places[name], entries[place].count > 0 else { return false }
    entries[place].count -= 1
    return true
  }

  var first: String? { entries.first?.name }

  var present: [(name: String, count: Int)] { entries.filter { $0.count > 0 } }
}
