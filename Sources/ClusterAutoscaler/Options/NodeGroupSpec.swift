/// A group as `--nodes=<min>:<max>:<name>` names it (`config/dynamic/node_group_spec.go` 1.36).
public struct NodeGroupSpec: Sendable, Hashable {
  public var minSize: Int
  public var maxSize: Int
  public var name: String

  public init(minSize: Int, maxSize: Int, name: String) {
    self.minSize = minSize
    self.maxSize = maxSize
    self.name = name
  }

  /// Nil for anything that is not two sizes in order and a name.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let least = Int(parts[0]), let most = Int(parts[1]), least >= 0,
      most >= least, !parts[2].isEmpty
    else { return nil }
    self.init(minSize: least, maxSize: most, name: String(parts[2]))
  }
}

/// Tags that an Auto Scaling group must carry to be found, as
/// `--node-group-auto-discovery=asg:tag=<key>,<key>=<value>` names them
/// (`cloudprovider/aws/aws_manager.go` 1.36).
public struct NodeGroupDiscovery: Sendable, Hashable {
  public struct Tag: Sendable, Hashable {
    public var key: String
    /// Nil takes any value.
    public var value: String?

    public init(key: String, value: String? = nil) {
      self.key = key
      self.value = value
    }
  }

  public var tags: [Tag]

  public init(tags: [Tag]) { self.tags = tags }

  /// Nil for anything that is not `asg:tag=` and at least one key.
  public init?(_ text: String) {
    guard text.hasPrefix("asg:tag=") else { return nil }
    var tags: [Tag] = []
    for part in text.dropFirst("asg:tag=".count).split(
      separator: ",", omittingEmptySubsequences: false)
    {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let key = pair.first, !key.isEmpty else { return nil }
      tags.append(Tag(key: String(key), value: pair.count == 2 ? String(pair[1]) : nil))
    }
    self.init(tags: tags)
  }

  /// Whether a group with these tags is found.
  public func matches(_ tags: [(key: String, value: String)]) -> Bool {
    self.tags.allSatisfy { wanted in
      tags.contains { $0.key == wanted.key && (wanted.value ?? $0.value) == $0.value }
    }
  }
}
