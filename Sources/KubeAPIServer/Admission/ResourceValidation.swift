import KubernetesObjects

/// Requests against limits once defaults are in: a default limit can fall below a request.
///
/// Follows `ValidateContainerResourceRequirements` 1.36.
enum ResourceValidation {
  static func causes(in spec: PodSpec) -> [String] {
    causes(spec.containers, "spec.containers")
      + causes(spec.initContainers, "spec.initContainers")
  }

  private static func causes(_ containers: [Container], _ path: String) -> [String] {
    containers.enumerated().flatMap { index, container in
      container.resources.requests.entries.compactMap { entry in
        guard let limit = container.resources.limits[entry.name], entry.quantity > limit else {
          return nil
        }
        return "\(path)[\(index)].resources.requests: Invalid value: \"\(entry.quantity)\": must "
          + "be less than or equal to \(entry.name) limit of \(limit)"
      }
    }
  }
}
