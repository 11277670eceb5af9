public import Documents

/// What a real Node object says of its machine, to hold the rule for allocatable against it.
public struct MeasuredNode: Sendable, Hashable {
  public var name: String
  /// The label `node.kubernetes.io/instance-type`, or the beta one of 2019.
  public var instanceType: String
  public var capacity: NodeResources
  public var allocatable: NodeResources
  public var hugePagesBytes: Int64

  /// The rule with everything that can be measured taken from the node; what is reserved and what
  /// is left for pods is still the rule's to say.
  public func rule(era: NodeEra = .current) -> NodeAllocatable {
    NodeAllocatable(
      era: era, measuredMemoryKiB: capacity.memoryBytes / 1_024,
      hugePagesMiB: hugePagesBytes / 1_048_576, podLimit: capacity.pods,
      measuredFilesystemBytes: capacity.ephemeralStorageBytes)
  }
}

extension MeasuredNode {
  /// Reads a Node, or the List that `kubectl get nodes -o json` prints; a node without a fact we
  /// need is reported and left out.
  public static func read(
    _ document: DocumentNode, file: String, sink: DiagnosticSink
  ) -> [MeasuredNode] {
    let root = DocumentCursor(document, file: file, sink: sink)
    guard root.expectMapping() else { return [] }
    guard let items = root.field("items") else { return [read(root)].compactMap(\.self) }
    return items.elements().compactMap(read)
  }

  private static func read(_ cursor: DocumentCursor) -> MeasuredNode? {
    guard cursor.expectMapping(), let metadata = cursor.required("metadata"),
      let name = metadata.required("name")?.string(),
      let labels = metadata.required("labels"),
      let type =
        labels.field("node.kubernetes.io/instance-type")
        ?? labels.required("beta.kubernetes.io/instance-type"),
      let instanceType = type.string(),
      let status = cursor.required("status"),
      let capacity = status.required("capacity"),
      let allocatable = status.required("allocatable"),
      let all = NodeResources(capacity), let free = NodeResources(allocatable)
    else { return nil }
    let hugePages = ["hugepages-2Mi", "hugepages-1Gi"].reduce(Int64(0)) { sum, name in
      sum + (capacity.field(name)?.binaryAmount() ?? 0)
    }
    return MeasuredNode(
      name: name, instanceType: instanceType, capacity: all, allocatable: free,
      hugePagesBytes: hugePages)
  }
}

extension NodeResources {
  fileprivate init?(_ cursor: DocumentCursor) {
    guard let cpu = cursor.required("cpu")?.cpuMillis(),
      let memory = cursor.required("memory")?.binaryAmount(),
      let pods = cursor.required("pods")?.binaryAmount(),
      let storage = cursor.required("ephemeral-storage")?.binaryAmount()
    else { return nil }
    self.init(
      cpuMillis: cpu, memoryBytes: memory, pods: pods, ephemeralStorageBytes: storage)
  }
}

extension DocumentCursor {
  /// A quantity as kubelets write amounts of bytes and pods: whole, with a binary suffix or none.
  fileprivate func binaryAmount() -> Int64? {
    guard let text = string() else { return nil }
    let suffixes: [(String, Int64)] = [
      ("Ki", 1_024), ("Mi", 1_048_576), ("Gi", 1_073_741_824), ("Ti", 1_099_511_627_776), ("", 1),
    ]
    for (suffix, factor) in suffixes where text.hasSuffix(suffix) {
      if let value = Int64(text.dropLast(suffix.count)) { return value * factor }
    }
    error("expected a whole amount such as 784066032Ki, found \"\(text)\"")
    return nil
  }

  /// `96` or `95690m`.
  fileprivate func cpuMillis() -> Int64? {
    guard let text = string() else { return nil }
    if let cores = Int64(text) { return cores * 1_000 }
    if text.hasSuffix("m"), let millis = Int64(text.dropLast()) { return millis }
    error("expected cores such as 96 or 95690m, found \"\(text)\"")
    return nil
  }
}
