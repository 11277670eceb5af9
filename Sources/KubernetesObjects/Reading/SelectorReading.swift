import Documents

extension DocumentCursor {
  /// A label selector (meta/v1).
  func labelSelector() -> LabelSelector {
    guard expectMapping() else { return LabelSelector() }
    let selector = LabelSelector(
      matchLabels: field("matchLabels")?.labels() ?? [:],
      matchExpressions: field("matchExpressions")?.requirements(ofNodes: false) ?? [])
    reportUnknownFields(severity: .warning)
    return selector
  }

  /// Requirements on labels; `Gt` and `Lt` exist in node selectors only.
  func requirements(ofNodes: Bool) -> [LabelRequirement] {
    elements().compactMap { $0.requirement(ofNodes: ofNodes) }
  }

  private func requirement(ofNodes: Bool) -> LabelRequirement? {
    guard expectMapping() else { return nil }
    defer { reportUnknownFields(severity: .warning) }
    let values = field("values")
    guard let key = required("key")?.apiString(),
      let kind = required("operator")?.choice(LabelRequirement.Operator.self)
    else { return nil }
    let requirement = LabelRequirement(key: key, operator: kind, values: values?.strings() ?? [])
    switch kind {
    case .in, .notIn:
      if requirement.values.isEmpty {
        (values ?? self).error(
          "Required value: must be specified when `operator` is 'In' or 'NotIn'")
      }
    case .exists, .doesNotExist:
      if !requirement.values.isEmpty {
        (values ?? self).error(
          "Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
      }
    case .greaterThan, .lessThan:
      if !ofNodes {
        invalid("\"\(kind.rawValue)\"", "not a valid selector operator")
      } else if requirement.values.count != 1 {
        (values ?? self).error(
          "Required value: must be specified single value when `operator` is 'Lt' or 'Gt'")
      }
    }
    return requirement
  }
}
