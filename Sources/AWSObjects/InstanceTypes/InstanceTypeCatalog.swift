import Documents

/// Instance types by name, in the order of their file.
public struct InstanceTypeCatalog: Sendable {
  /// No catalog has a type of this name.
  public struct UnknownInstanceType: Error, Sendable, Hashable, CustomStringConvertible {
    public var name: String
    /// The nearest known name, if any is near.
    public var nearest: String?

    public var description: String {
      let hint = nearest.map { " (did you mean '\($0)'?)" } ?? ""
      return "unknown instance type '\(name)'\(hint)"
    }
  }

  public private(set) var types: [InstanceType] = []
  /// Where the facts come from: a file's name, or the registry they were taken from.
  public var source: String
  private var indexByName: [String: Int] = [:]

  public init(_ types: [InstanceType] = [], source: String) {
    self.source = source
    for type in types { insert(type) }
  }

  /// Adds a type; one of the same name is replaced, as a later file's facts are the newer ones.
  public mutating func insert(_ type: InstanceType) {
    if let index = indexByName[type.name] {
      types[index] = type
    } else {
      indexByName[type.name] = types.count
      types.append(type)
    }
  }

  /// The type called `name`, nil if there is none. Complexity: O(1).
  public subscript(name: String) -> InstanceType? { indexByName[name].map { types[$0] } }

  /// The type called `name`.
  public func type(named name: String) throws(UnknownInstanceType) -> InstanceType {
    if let found = self[name] { return found }
    throw UnknownInstanceType(
      name: name, nearest: Spelling.nearest(to: name, among: types.map(\.name)))
  }
}
