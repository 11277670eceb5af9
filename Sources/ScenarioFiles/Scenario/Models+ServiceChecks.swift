import AWSObjects
import NetworkModel
import Scenarios

// A service is bought anywhere and at any time: EKS need not be where it is.
extension Models {
  /// Names of services and faults that the models do not know, and distances nobody measured.
  func serviceProblems(in draft: ScenarioDraft) -> [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    for (index, service) in draft.services.enumerated() {
      let path = "spec.services[\(index)]"
      if let problem = unknownType(service.instanceType, at: "\(path).instanceType") {
        found.append(problem)
      }
      if let problem = regionProblem(of: service, draft, at: "\(path).region") {
        found.append(problem)
      }
    }
    for (index, fault) in draft.faults.enumerated() {
      guard case .link(let source, let destination) = fault.target else { continue }
      for (end, name) in [source, destination].enumerated() {
        if let problem = unknownRegion(name, at: "spec.faults[\(index)].link[\(end)]") {
          found.append(problem)
        }
      }
    }
    return found
  }

  private func regionProblem(
    of service: ServiceSpec, _ draft: ScenarioDraft, at path: String
  ) -> ScenarioProblem? {
    let cloud = draft.cloud.region.name
    guard service.region != cloud else {
      // Of the cluster's own region it is said there, if there is a cluster.
      return draft.cloud.nodeGroups.isEmpty ? unknownRegion(cloud, at: path) : nil
    }
    if let problem = unknownRegion(service.region, at: path) { return problem }
    guard RegionNames.all.contains(cloud) else { return nil }
    return network.regions.missing(among: [cloud, service.region]).first.map { missing in
      ScenarioProblem(
        path: path,
        message: "no latency between \(cloud) and \(service.region) is known "
          + "(models/aws/region-rtt-ms.csv)",
        suggestion: "regions with measurements: " + missing.known.joined(separator: ", "))
    }
  }

  /// What can be simulated of services, but on weaker ground than it may seem.
  func serviceDoubts(about draft: ScenarioDraft) -> [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    for (index, service) in draft.services.enumerated() {
      guard let type = aws.instanceTypes[service.instanceType],
        RegionNames.all.contains(service.region)
      else { continue }
      found += doubts(
        about: type, in: Region(service.region), draft,
        at: "spec.services[\(index)].instanceType")
    }
    if let doubt = idleDoubt(draft) { found.append(doubt) }
    var regions = [draft.cloud.region.name]
    for service in draft.services where !regions.contains(service.region) {
      regions.append(service.region)
    }
    for (index, fault) in draft.faults.enumerated() {
      guard case .link(let source, let destination) = fault.target else { continue }
      for (end, name) in [source, destination].enumerated()
      where RegionNames.all.contains(name) && !regions.contains(name) {
        found.append(
          ScenarioProblem(
            path: "spec.faults[\(index)].link[\(end)]",
            message: "nothing of the scenario is in \(name): no traffic is cut",
            suggestion: "it is in " + regions.joined(separator: ", ")))
      }
    }
    return found
  }

  /// Messages need both a log and a table. Of a consumer that lacks one it is said there.
  private func idleDoubt(_ draft: ScenarioDraft) -> ScenarioProblem? {
    let kinds = ["kafka", "cassandra"].filter { kind in
      draft.services.contains { $0.kind.name == kind }
    }
    let hasConsumer = draft.behaviors.contains {
      if case .consumer? = $0.role { true } else { false }
    }
    guard kinds.count == 1, !hasConsumer else { return nil }
    return ScenarioProblem(
      path: "spec.services",
      message: "the only service is a \(kinds[0]): no pipeline is played",
      suggestion: kinds[0] == "kafka" ? "add a cassandra" : "add a kafka")
  }
}
