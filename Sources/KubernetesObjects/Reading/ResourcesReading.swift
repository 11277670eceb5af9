import Documents

extension DocumentCursor {
  /// Requests and limits of a container or pod, validated ([36] `ValidateResourceRequirements`).
  func resourceRequirements() -> ResourceRequirements {
    guard expectMapping() else { return ResourceRequirements() }
    defer { reportUnknownFields(severity: .warning) }
    let requests = field("requests")
    let limits = field("limits")
    if let claims = field("claims"), claims.node.elements?.isEmpty == false {
      claims.warning("claims is not modeled: devices are not allocated")
    }
    let requirements = ResourceRequirements(
      requests: requests?.resourceList() ?? ResourceList(),
      limits: limits?.resourceList() ?? ResourceList())
    for cursor in [requests, limits] { cursor?.checkResourceNames() }
    for entry in requirements.requests.entries {
      guard let place = requests?.field(entry.name) else { continue }
      let mustMatch = !ResourceName.isOvercommitAllowed(entry.name)
      guard let limit = requirements.limits[entry.name] else {
        if mustMatch {
          place.error("Required value: Limit must be set for non overcommitable resources")
        }
        continue
      }
      if mustMatch, entry.quantity != limit {
        place.invalid(
          "\"\(entry.quantity)\"", "must be equal to \(entry.name) limit of \(limit)")
      } else if entry.quantity > limit {
        place.invalid(
          "\"\(entry.quantity)\"",
          "must be less than or equal to \(entry.name) limit of \(limit)")
      }
    }
    return requirements
  }

  private func checkResourceNames() {
    for (name, cursor) in entries() where !name.contains("/") {
      if !ResourceName.isStandardForContainers(name) {
        let known = [ResourceName.cpu, ResourceName.memory, ResourceName.ephemeralStorage]
        cursor.invalid(
          "\"\(name)\"", "must be a standard resource for containers",
          suggestion: Spelling.suggestion(for: name, among: known))
      }
    }
  }
}

extension ResourceName {
  /// Resources whose requests may be below their limits.
  static func isOvercommitAllowed(_ name: String) -> Bool {
    !isExtended(name) && !name.hasPrefix(hugePagesPrefix)
  }

  static func isStandardForContainers(_ name: String) -> Bool {
    name == cpu || name == memory || name == ephemeralStorage || name.hasPrefix(hugePagesPrefix)
  }
}
