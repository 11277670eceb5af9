/// A Java version as people write it: `8u111`, `1.8.0_111`, `8`, `11.0.2`, `17`.
public struct JVMVersion: Sendable, Hashable {
  public var feature: Int
  /// The update of Java 8 and older; nil if it is not said, which counts as the newest.
  public var update: Int?

  /// Nil if the text is no version.
  public init?(_ text: String) {
    var text = text[...]
    if text.hasPrefix("1.") { text = text.dropFirst(2) }
    let digits = text.prefix { $0.isNumber }
    guard let feature = Int(digits), feature > 0 else { return nil }
    self.feature = feature
    let rest = text.dropFirst(digits.count)
    if rest.isEmpty { return }
    guard let mark = rest.firstIndex(where: { $0 == "u" || $0 == "_" }) else {
      if rest.first == "." { return }
      return nil
    }
    guard let update = Int(rest[rest.index(after: mark)...].prefix { $0.isNumber }) else {
      return nil
    }
    self.update = update
  }

  /// Whether it reads its cgroup's memory limit by default: Java 10, and 8 from update 191
  /// (JDK-8146115).
  public var seesContainerLimits: Bool { feature >= 10 || (feature == 8 && update ?? 191 >= 191) }
}
