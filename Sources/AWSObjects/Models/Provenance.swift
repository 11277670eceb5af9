/// How well a figure is known.
public enum Mark: String, Sendable, Hashable, CaseIterable {
  /// The vendor or an author states it in public.
  case published
  /// Taken from recorded runs of the real thing.
  case measured
  /// Read in the real program's source.
  case fromSourceCode = "from source code"
  /// Computed from cited facts.
  case derived
  /// Nobody has told us; a guess that is called one.
  case assumed
}

/// Where a figure comes from and how well it is known.
public struct Provenance: Sendable, Hashable {
  public var mark: Mark
  /// Program, file and version, or document and date.
  public var source: String

  public init(_ mark: Mark, _ source: String) {
    self.mark = mark
    self.source = source
  }
}

/// A value together with its provenance.
public struct Sourced<Value: Sendable>: Sendable {
  public var value: Value
  public var provenance: Provenance

  public init(_ value: Value, _ provenance: Provenance) {
    self.value = value
    self.provenance = provenance
  }
}

extension Sourced: Equatable where Value: Equatable {}
extension Sourced: Hashable where Value: Hashable {}
