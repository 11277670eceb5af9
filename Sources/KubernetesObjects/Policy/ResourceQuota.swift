/// A ceiling on what all pods of a namespace may ask for together.
public struct ResourceQuota: Sendable {
  public var metadata: ObjectMeta
  public var hard: ResourceList
  /// What is charged now, in the units of `hard`.
  public var used = ResourceList()
  /// `Terminating`, `NotTerminating`, `BestEffort`, `NotBestEffort`, …
  public var scopes: [String] = []
  /// Further scopes with values: `PriorityClass In [high]`; the key is the scope's name.
  public var scopeSelector: [LabelRequirement] = []

  public init(metadata: ObjectMeta, hard: ResourceList) {
    self.metadata = metadata
    self.hard = hard
  }
}
