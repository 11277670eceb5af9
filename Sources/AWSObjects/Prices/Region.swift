/// An AWS region by name, such as `us-east-1`.
public struct Region: Sendable, Hashable, Comparable, CustomStringConvertible {
  public var name: String

  public init(_ name: String) { self.name = name }

  public var description: String { name }

  public static func < (a: Region, b: Region) -> Bool { a.name < b.name }
}

/// An Availability Zone by its name in one account, such as `us-east-1a`.
public struct AvailabilityZone: Sendable, Hashable, Comparable, CustomStringConvertible {
  public var name: String

  public init(_ name: String) { self.name = name }

  public var description: String { name }

  /// The region the zone lies in: the name without its last letter.
  public var region: Region { Region(String(name.dropLast())) }

  /// Whether the name has the form of a zone's name: a region's, then one letter.
  public var isWellFormed: Bool {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 3, let last = parts.last, last.utf8.count == 2 else { return false }
    let bytes = Array(last.utf8)
    return (0x30...0x39).contains(bytes[0]) && (0x61...0x7A).contains(bytes[1])
      && parts.dropLast().allSatisfy { !$0.isEmpty }
  }

  public static func < (a: AvailabilityZone, b: AvailabilityZone) -> Bool { a.name < b.name }
}
