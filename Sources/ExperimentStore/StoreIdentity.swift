/// What a store's rows were made from: rows of two identities must never stand in one table.
public struct StoreIdentity: Sendable, Hashable {
  /// One thing that decides the rows.
  public struct Part: Sendable, Hashable {
    /// In words that fit "… differs": `the scenario and its files`.
    public var name: String
    /// A fingerprint, or the thing itself where it is short.
    public var digest: String

    public init(_ name: String, _ digest: String) {
      self.name = name
      self.digest = digest
    }
  }

  /// The experiment's name.
  public var name: String
  public var parts: [Part]

  public init(name: String, parts: [Part]) {
    self.name = name
    self.parts = parts
  }

  /// The parts in which another differs, in words.
  func differences(from other: StoreIdentity) -> [String] {
    parts.filter { part in !other.parts.contains(part) }.map(\.name)
      + other.parts.filter { part in !parts.contains { $0.name == part.name } }.map(\.name)
  }
}
