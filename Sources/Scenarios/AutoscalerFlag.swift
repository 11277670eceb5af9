/// A flag of cluster-autoscaler that a scenario sets, whatever its Deployment says.
public struct AutoscalerFlag: Sendable, Hashable {
  /// Without dashes in front, such as `scale-down-unneeded-time`.
  public var name: String
  /// As it would be written on a command line.
  public var value: String
  public var place: SourcePlace?

  public init(name: String, value: String, place: SourcePlace? = nil) {
    self.name = name
    self.value = value
    self.place = place
  }
}
