/// Pods that come and go at the times of a table: a file of Pods and a file of times.
public struct ArrivalReference: Sendable, Hashable {
  /// A manifest file of Pods, as written and from where the program runs.
  public var pods: ManifestReference
  /// A CSV file with the columns `name`, `created_s` and `deleted_s`, likewise.
  public var lifetimes: ManifestReference

  public init(pods: ManifestReference, lifetimes: ManifestReference) {
    self.pods = pods
    self.lifetimes = lifetimes
  }
}
