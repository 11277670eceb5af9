import Documents
import TimeUnits

extension ManifestReader {
  /// The metadata of an object; nil without a name.
  mutating func metadata(_ object: DocumentCursor, namespaced: Bool) -> ObjectMeta? {
    guard let cursor = object.field("metadata"), cursor.expectMapping() else {
      object.error("metadata.name: Required value: name or generateName is required")
      return nil
    }
    defer { cursor.reportUnknownFields(severity: .warning) }
    cursor.ignore("managedFields", "selfLink", "clusterName")
    let name = name(cursor)
    let written = cursor.field("namespace")?.dnsLabel()
    var metadata = ObjectMeta(name: name ?? "", namespace: namespaced ? written ?? "default" : "")
    metadata.labels = cursor.field("labels")?.labels() ?? [:]
    metadata.annotations = cursor.field("annotations")?.labels() ?? [:]
    metadata.finalizers = cursor.field("finalizers")?.strings() ?? []
    metadata.uid = cursor.field("uid")?.string().flatMap { UID($0) } ?? UID()
    metadata.resourceVersion =
      cursor.field("resourceVersion")?.string().flatMap { UInt64($0) } ?? 0
    metadata.generation = cursor.field("generation")?.int() ?? 1
    metadata.creationTime = time(cursor.field("creationTimestamp")) ?? .zero
    metadata.deletionTime = time(cursor.field("deletionTimestamp"))
    metadata.deletionGracePeriodSeconds = cursor.field("deletionGracePeriodSeconds")?.int()
    metadata.owner = owner(cursor.field("ownerReferences"))
    return name == nil ? nil : metadata
  }

  private mutating func name(_ cursor: DocumentCursor) -> String? {
    let base = cursor.field("generateName")
    if let name = cursor.field("name") { return name.subdomain() }
    if let base = base?.apiString() {
      return GeneratedName.name(base: base, random: nextGenerated())
    }
    cursor.error("Required value: name or generateName is required")
    return nil
  }

  /// The reference that controls; there is at most one.
  private func owner(_ cursor: DocumentCursor?) -> OwnerReference? {
    for reference in cursor?.elements() ?? []
    where reference.field("controller")?.bool() == true {
      let kind = reference.field("kind")?.string() ?? ""
      return OwnerReference(
        kind: OwnerKind(rawValue: kind) ?? .other,
        name: reference.field("name")?.string() ?? "",
        uid: reference.field("uid")?.string().flatMap { UID($0) } ?? UID())
    }
    return nil
  }

  /// An API time relative to the run's start; nil if there is none or the start is not known.
  func time(_ cursor: DocumentCursor?) -> SimulationTime? {
    guard let cursor, let text = cursor.string() else { return nil }
    guard let time = CalendarTime(rfc3339: text.withoutFractionOfSecond) else {
      cursor.error("\"\(text)\" is not a time", suggestion: "as in 2026-01-31T08:30:00Z")
      return nil
    }
    guard let start = options.start else { return .zero }
    return .seconds(time.unixSeconds - start.unixSeconds)
  }
}

extension String {
  /// `2026-01-31T08:30:00.123456Z` without what follows the seconds.
  fileprivate var withoutFractionOfSecond: String {
    guard utf8.count > 20, hasSuffix("Z"), let point = lastIndex(of: ".") else { return self }
    return self[..<point] + "Z"
  }
}
