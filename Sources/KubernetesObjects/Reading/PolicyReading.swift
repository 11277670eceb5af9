import Documents

extension ManifestReader {
  mutating func priorityClass(_ cursor: DocumentCursor) -> PriorityClass? {
    cursor.ignore("description")
    defer { cursor.reportUnknownFields(severity: .warning) }
    let metadata = metadata(cursor, namespaced: false)
    guard let valueCursor = cursor.required("value"), let value = valueCursor.int() else {
      return nil
    }
    guard let value = Int32(exactly: value) else {
      valueCursor.error("\(value) does not fit int32")
      return nil
    }
    guard let metadata else { return nil }
    var priority = PriorityClass(metadata: metadata, value: value)
    priority.globalDefault = cursor.field("globalDefault")?.bool() ?? false
    if let policy = cursor.field("preemptionPolicy")?.choice(PodSpec.PreemptionPolicy.self) {
      priority.preemptionPolicy = policy
    }
    let isSystem = metadata.name.hasPrefix("system-")
    if value > PriorityClass.highestUserDefinable, !isSystem {
      valueCursor.error(
        "Forbidden: maximum allowed value of a user defined priority is "
          + "\(PriorityClass.highestUserDefinable)")
    }
    if isSystem, PriorityClass.system(metadata.name)?.value != value {
      cursor.field("metadata")?.field("name")?.invalid(
        "\"\(metadata.name)\"",
        "priority class names with 'system-' prefix are reserved for system use only")
    }
    return priority
  }

  mutating func limitRange(_ cursor: DocumentCursor) -> LimitRange? {
    defer { cursor.reportUnknownFields(severity: .warning) }
    guard let metadata = metadata(cursor, namespaced: true),
      let limits = cursor.required("spec")?.required("limits")
    else { return nil }
    return LimitRange(metadata: metadata, items: limits.elements().compactMap(limitRangeItem))
  }

  /// Defaults fall back on one another ([36] `SetDefaults_LimitRangeItem`).
  private func limitRangeItem(_ cursor: DocumentCursor) -> LimitRange.Item? {
    guard cursor.expectMapping(), let typeCursor = cursor.required("type"),
      let typeName = typeCursor.apiString()
    else { return nil }
    guard let type = LimitRange.Kind(rawValue: typeName) else {
      typeCursor.warning("limits of type \(typeName) are not modeled")
      return nil
    }
    var item = LimitRange.Item(type: type)
    func list(_ name: String) -> ResourceList { cursor.field(name)?.resourceList() ?? .init() }
    item.min = list("min")
    item.max = list("max")
    item.default = list("default")
    item.defaultRequest = list("defaultRequest")
    item.maxLimitRequestRatio = list("maxLimitRequestRatio")
    cursor.reportUnknownFields(severity: .warning)
    if type == .container {
      item.default.fill(from: item.max)
      item.defaultRequest.fill(from: item.default)
      item.defaultRequest.fill(from: item.min)
    }
    checkOrder(of: item, cursor)
    return item
  }

  private func checkOrder(of item: LimitRange.Item, _ cursor: DocumentCursor) {
    let pairs: [(String, ResourceList, String, ResourceList)] = [
      ("min", item.min, "max", item.max), ("min", item.min, "default", item.default),
      ("default", item.default, "max", item.max),
      ("defaultRequest", item.defaultRequest, "max", item.max),
      ("min", item.min, "defaultRequest", item.defaultRequest),
      ("defaultRequest", item.defaultRequest, "default", item.default),
    ]
    for (lowName, low, highName, high) in pairs {
      for entry in low.entries {
        guard let bound = high[entry.name], entry.quantity > bound else { continue }
        cursor.error(
          "\(lowName)[\(entry.name)]: Invalid value: \"\(entry.quantity)\": \(lowName) value "
            + "\(entry.quantity) is greater than \(highName) value \(bound)")
      }
    }
  }

  mutating func resourceQuota(_ cursor: DocumentCursor) -> ResourceQuota? {
    defer { cursor.reportUnknownFields(severity: .warning) }
    let used = cursor.field("status")?.field("used")?.resourceList()
    guard let metadata = metadata(cursor, namespaced: true), let spec = cursor.required("spec")
    else { return nil }
    var quota = ResourceQuota(
      metadata: metadata, hard: spec.field("hard")?.resourceList() ?? ResourceList())
    quota.used = used ?? ResourceList()
    quota.scopes = spec.field("scopes")?.strings() ?? []
    if let selector = spec.field("scopeSelector") {
      quota.scopeSelector =
        selector.field("matchExpressions")?.elements().compactMap { requirement in
          guard let scope = requirement.required("scopeName")?.apiString(),
            let kind = requirement.required("operator")?.choice(LabelRequirement.Operator.self)
          else { return nil }
          return LabelRequirement(
            key: scope, operator: kind, values: requirement.field("values")?.strings() ?? [])
        } ?? []
    }
    spec.reportUnknownFields(severity: .warning)
    return quota
  }

  mutating func podDisruptionBudget(
    _ cursor: DocumentCursor, version: String
  ) -> PodDisruptionBudget? {
    defer { cursor.reportUnknownFields(severity: .warning) }
    let allowed = cursor.field("status")?.field("disruptionsAllowed")?.int()
    guard let metadata = metadata(cursor, namespaced: true), let spec = cursor.required("spec")
    else { return nil }
    var selector = spec.field("selector")?.labelSelector()
    // In policy/v1beta1 an empty selector matched nothing.
    if version == "policy/v1beta1", selector == LabelSelector() { selector = nil }
    var budget = PodDisruptionBudget(metadata: metadata, selector: selector)
    budget.minAvailable = spec.field("minAvailable")?.intOrPercent()
    budget.maxUnavailable = spec.field("maxUnavailable")?.intOrPercent()
    if budget.minAvailable != nil, budget.maxUnavailable != nil {
      spec.error("Invalid value: minAvailable and maxUnavailable cannot be both set")
    }
    budget.evictsUnhealthyAlways =
      spec.field("unhealthyPodEvictionPolicy")?.choice(UnhealthyPodEvictionPolicy.self)
      == .alwaysAllow
    budget.disruptionsAllowed = allowed ?? 0
    budget.hasStatus = allowed != nil
    spec.reportUnknownFields(severity: .warning)
    return budget
  }
}

private enum UnhealthyPodEvictionPolicy: String, CaseIterable {
  case ifHealthyBudget = "IfHealthyBudget"
  case alwaysAllow = "AlwaysAllow"
}

extension ResourceList {
  /// Takes what `other` has and this has not.
  fileprivate mutating func fill(from other: ResourceList) {
    for entry in other.entries where self[entry.name] == nil { self[entry.name] = entry.quantity }
  }
}
