import Documents

extension DocumentCursor {
  func taints() -> [Taint] {
    elements().compactMap { cursor in
      guard cursor.expectMapping() else { return nil }
      defer { cursor.reportUnknownFields(severity: .warning) }
      cursor.ignore("timeAdded")
      let value = cursor.field("value")?.apiString() ?? ""
      guard let key = cursor.required("key")?.apiString(),
        let effect = cursor.required("effect")?.choice(Taint.Effect.self)
      else { return nil }
      return Taint(key: key, value: value, effect: effect)
    }
  }

  func tolerations() -> [Toleration] { elements().compactMap { $0.toleration() } }

  private func toleration() -> Toleration? {
    guard expectMapping() else { return nil }
    defer { reportUnknownFields(severity: .warning) }
    var toleration = Toleration()
    toleration.key = field("key")?.apiString() ?? ""
    toleration.value = field("value")?.apiString() ?? ""
    toleration.seconds = field("tolerationSeconds")?.int()
    if let cursor = field("operator"), let text = cursor.string(), !text.isEmpty {
      guard let kind = cursor.choice(Toleration.Operator.self) else { return nil }
      toleration.operator = kind
    }
    if let cursor = field("effect"), let text = cursor.string(), !text.isEmpty {
      guard let effect = cursor.choice(Taint.Effect.self) else { return nil }
      toleration.effect = effect
    }
    if toleration.key.isEmpty, toleration.operator != .exists {
      error(
        "operator: Invalid value: \"\(toleration.operator.rawValue)\": operator must be Exists "
          + "when `key` is empty, which means \"match all values and all keys\"")
    }
    if toleration.operator == .exists, !toleration.value.isEmpty {
      error(
        "operator: Invalid value: \"\(toleration.value)\": value must be empty when `operator` "
          + "is 'Exists'")
    }
    if toleration.seconds != nil, toleration.effect != .noExecute {
      error(
        "effect: Invalid value: \"\(toleration.effect?.rawValue ?? "")\": effect must be "
          + "'NoExecute' when `tolerationSeconds` is set")
    }
    return toleration
  }
}
