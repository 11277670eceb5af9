/// Labels or annotations: keys with values, kept in key order so that every walk is the same.
///
/// A copy shares its storage, so the pods of one template hold one list between them.
public struct Labels: Hashable, Sendable {
  public private(set) var pairs: [Pair]

  public struct Pair: Hashable, Sendable {
    public var key: String
    public var value: String

    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  public init() { pairs = [] }

  public init(_ entries: some Sequence<(String, String)>) {
    pairs = []
    for (key, value) in entries { self[key] = value }
  }

  public var isEmpty: Bool { pairs.isEmpty }

  /// Complexity: linear in the number of labels, which is small.
  public subscript(key: String) -> String? {
    get { pairs.first { $0.key == key }?.value }
    set {
      let index = pairs.firstIndex { $0.key >= key } ?? pairs.endIndex
      let found = index < pairs.endIndex && pairs[index].key == key
      switch (newValue, found) {
      case (let value?, true): pairs[index].value = value
      case (let value?, false): pairs.insert(Pair(key: key, value: value), at: index)
      case (nil, true): pairs.remove(at: index)
      case (nil, false): break
      }
    }
  }

  /// Whether every pair of `other` is here: how an equality selector matches.
  public func contains(_ other: Labels) -> Bool {
    other.pairs.allSatisfy { self[$0.key] == $0.value }
  }
}

extension Labels: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, String)...) { self.init(elements) }
}
