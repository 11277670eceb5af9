public import Documents
public import TimeUnits

/// Reads API objects from documents as `kubectl apply` and the API server would: versions,
/// defaults and validation, with every mistake reported where it stands.
public struct ManifestReader {
  public struct Options: Sendable {
    /// Whose API versions are served; versions that this release no longer serves are read with a
    /// warning.
    public var release = KubernetesRelease.v1_36
    /// The calendar time of the run's start, to which the times of a dump are relative; nil leaves
    /// them at the start.
    public var start: CalendarTime?
    /// What an object of `v1` that does not say its kind is, such as `Pod`; nil refuses it.
    public var impliedKind: String?

    public init() {}
  }

  public private(set) var manifests = ManifestSet()
  let options: Options
  private let sink = DiagnosticSink()
  private var indices: [String: Int] = [:]
  private var generated: UInt64 = 0

  public init(options: Options = Options()) { self.options = options }

  /// Reads one document after another; the set of all of them, diagnostics in file order.
  public static func read(
    _ documents: [(node: DocumentNode, file: String)], options: Options = Options()
  ) -> ManifestSet {
    var reader = ManifestReader(options: options)
    for document in documents { reader.read(document.node, file: document.file) }
    return reader.finish()
  }

  /// Reads the objects of one document: a single object, a List, or nothing.
  public mutating func read(_ node: DocumentNode, file: String) {
    if node.isNull { return }
    read(
      DocumentCursor(node, file: file, sink: sink),
      itemOf: options.impliedKind.map { ListKind(kind: $0, version: "v1") })
  }

  public func finish() -> ManifestSet {
    var result = manifests
    result.diagnostics = sink.sorted
    return result
  }

  /// What a list says about its items, for those that do not say it themselves.
  private struct ListKind {
    var kind: String
    var version: String?
  }

  private mutating func read(_ cursor: DocumentCursor, itemOf list: ListKind?) {
    guard cursor.expectMapping() else { return }
    guard let kind = cursor.field("kind")?.apiString() ?? list?.kind else {
      if cursor.node["kind"] == nil || cursor.node["kind"]?.isNull == true {
        cursor.error(
          "Object 'Kind' is missing", suggestion: "every object needs 'apiVersion' and 'kind'")
      }
      return
    }
    let version = cursor.field("apiVersion")?.apiString() ?? list?.version
    if kind.hasSuffix("List"), cursor.node["items"] != nil {
      let itemKind = kind == "List" ? nil : String(kind.dropLast(4))
      let items = cursor.field("items")?.elements() ?? []
      for item in items {
        read(item, itemOf: itemKind.map { ListKind(kind: $0, version: version) })
      }
      return
    }
    if kind == "Kustomization" || (version ?? "").hasPrefix("kustomize.config.k8s.io/") {
      cursor.warning(
        "a Kustomization is not an object", suggestion: "build it first: kubectl kustomize DIR")
      return
    }
    read(cursor, kind: kind, version: version)
  }

  private mutating func read(_ cursor: DocumentCursor, kind: String, version: String?) {
    switch ManifestKind.named(kind) {
    case .irrelevant?: manifests.countIrrelevant(kind)
    case .notModeled(let effect)?:
      cursor.warning("\(kind) is not modeled: \(effect)")
    case nil:
      cursor.warning(
        "unknown kind '\(kind)'\(version.map { " in version '\($0)'" } ?? ""): ignored",
        suggestion: Spelling.suggestion(for: kind, among: ManifestKind.allNames))
    case .modeled(let versions)?:
      guard let version else {
        cursor.error("'apiVersion' is missing", suggestion: "apiVersion: \(versions[0])")
        return
      }
      guard let index = versions.firstIndex(of: version) else {
        guard Self.isOwnGroup(version) else {
          cursor.warning("unknown kind '\(kind)' in version '\(version)': ignored")
          return
        }
        cursor.error(
          "no matches for kind \"\(kind)\" in version \"\(version)\"",
          suggestion: "apiVersion: \(versions[0])")
        return
      }
      if index > 0, options.release == .v1_36 {
        cursor.warning(
          "\(version) \(kind) is no longer served", suggestion: "apiVersion: \(versions[0])")
      }
      readModeled(cursor, kind: kind, version: version)
    }
  }

  /// Whether the version is of one of Kubernetes' own groups; others may reuse its kinds' names.
  private static func isOwnGroup(_ version: String) -> Bool {
    guard let slash = version.firstIndex(of: "/") else { return true }
    let group = version[..<slash]
    return ["apps", "autoscaling", "batch", "extensions", "policy"].contains(group)
      || group.hasSuffix("authorization.k8s.io") || group == "scheduling.k8s.io"
      || group == "networking.k8s.io" || group == "storage.k8s.io"
  }

  private mutating func readModeled(_ cursor: DocumentCursor, kind: String, version: String) {
    let before = sink.errorCount
    cursor.ignore("kind", "apiVersion")
    let object = object(cursor, kind: kind, version: version)
    guard let object, sink.errorCount == before else { return }
    let metadata = object.metadata
    let name = metadata.namespace.isEmpty ? metadata.name : "\(metadata.namespace)/\(metadata.name)"
    let place = ManifestPlace(file: cursor.file, line: cursor.node.line)
    if let index = indices["\(kind) \(name)"] {
      let earlier = manifests.places[index]
      cursor.warning(
        "\(kind) \"\(name)\" was read before, at \(earlier.file):\(earlier.line): the later one "
          + "replaces it")
      manifests.objects[index] = object
      manifests.places[index] = place
    } else {
      indices["\(kind) \(name)"] = manifests.objects.count
      manifests.objects.append(object)
      manifests.places.append(place)
    }
  }

  private mutating func object(
    _ cursor: DocumentCursor, kind: String, version: String
  ) -> ManifestObject? {
    switch kind {
    case "Pod": pod(cursor).map(ManifestObject.pod)
    case "Deployment": deployment(cursor, version: version).map(ManifestObject.deployment)
    case "ReplicaSet": replicaSet(cursor, version: version).map(ManifestObject.replicaSet)
    case "DaemonSet": daemonSet(cursor, version: version).map(ManifestObject.daemonSet)
    case "Node": node(cursor).map(ManifestObject.node)
    case "Namespace": namespace(cursor).map(ManifestObject.namespace)
    case "Service": service(cursor).map(ManifestObject.service)
    case "PriorityClass": priorityClass(cursor).map(ManifestObject.priorityClass)
    case "LimitRange": limitRange(cursor).map(ManifestObject.limitRange)
    case "ResourceQuota": resourceQuota(cursor).map(ManifestObject.resourceQuota)
    case "PodDisruptionBudget":
      podDisruptionBudget(cursor, version: version).map(ManifestObject.podDisruptionBudget)
    case "PersistentVolume": persistentVolume(cursor).map(ManifestObject.persistentVolume)
    case "PersistentVolumeClaim":
      persistentVolumeClaim(cursor).map(ManifestObject.persistentVolumeClaim)
    case "StorageClass": storageClass(cursor).map(ManifestObject.storageClass)
    case "CSINode": csiNode(cursor).map(ManifestObject.csiNode)
    default: nil
    }
  }

  /// A number that no other generated name of this set has.
  mutating func nextGenerated() -> UInt64 {
    generated += 1
    // Multiplying by the golden ratio spreads the counter over all 64 bits.
    return generated &* 0x9E37_79B9_7F4A_7C15
  }
}

extension DiagnosticSink {
  fileprivate var errorCount: Int { diagnostics.count { $0.severity == .error } }
}
