import AWSObjects
import Documents
import Scenarios
import TimeUnits

extension Models {
  /// Names in the draft that the models do not know, and what there was not yet on its day.
  func problems(in draft: ScenarioDraft) -> [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    // Without a node group nothing is in the region.
    if !draft.cloud.nodeGroups.isEmpty, let problem = regionProblem(draft) { found.append(problem) }
    for (index, group) in draft.cloud.nodeGroups.enumerated() {
      let path = "spec.cloud.nodeGroups[\(index)]"
      if let problem = unknownType(group.instanceType, at: "\(path).instanceType") {
        found.append(problem)
      }
      found += mixedProblems(group, draft, at: "\(path).mixedInstances")
      if let image = group.image,
        aws.launchLatency.bootToReady(image: image, at: draft.date) == nil
      {
        found.append(imageProblem(image, draft.date, at: "\(path).image"))
      }
    }
    for (index, shortage) in draft.cloud.capacityShortages.enumerated() {
      if let type = shortage.instanceType,
        let problem = unknownType(
          type, at: "spec.cloud.capacityShortages[\(index)].instanceType")
      {
        found.append(problem)
      }
    }
    for (index, addon) in draft.addons.enumerated()
    where manifest(of: addon, in: draft.era) == nil {
      let known = addons[draft.era]?.map(\.rawValue) ?? []
      found.append(
        ScenarioProblem(
          path: "spec.addons[\(index)]",
          message: "the era \(draft.era.rawValue) has no add-on '\(addon.rawValue)'",
          suggestion: "it has: " + known.joined(separator: ", ")))
    }
    return found + serviceProblems(in: draft)
  }

  func unknownType(_ name: String, at path: String) -> ScenarioProblem? {
    guard !name.isEmpty, aws.instanceTypes[name] == nil else { return nil }
    return ScenarioProblem(
      path: path, message: "unknown instance type '\(name)'",
      suggestion: Spelling.suggestion(for: name, among: aws.instanceTypes.types.map(\.name))
        ?? "such as m5.large")
  }

  /// Types that are not known, and a strategy that was not there on the day.
  private func mixedProblems(
    _ group: NodeGroupSpec, _ draft: ScenarioDraft, at path: String
  ) -> [ScenarioProblem] {
    guard let policy = group.autoScaling.mixedInstances else { return [] }
    var found = policy.instanceTypes.enumerated().compactMap { index, type in
      unknownType(type, at: "\(path).instanceTypes[\(index)]")
    }
    if let since = policy.spotAllocationStrategy.since, draft.date.date < since {
      found.append(
        ScenarioProblem(
          path: "\(path).spotAllocationStrategy",
          message: "\(policy.spotAllocationStrategy.rawValue) came on \(since), the scenario plays "
            + "on \(draft.date.date)", suggestion: "lowest-price"))
    }
    return found
  }

  /// The last day that the history of regions speaks of (`models/README.md`).
  private static let endOfHistory = CalendarTime(unixSeconds: 1_577_836_800)

  private func regionProblem(_ draft: ScenarioDraft) -> ScenarioProblem? {
    let region = draft.cloud.region
    let path = "spec.cloud.region"
    if let problem = unknownRegion(region.name, at: path) { return problem }
    let offered = aws.eks.regions(at: draft.date)
    if offered.contains(region) { return nil }
    // After its end the history does not know every region.
    if aws.eks.start(of: region) == nil, draft.date >= Self.endOfHistory { return nil }
    let names = offered.map(\.name).joined(separator: ", ")
    let start = aws.eks.start(of: region).map { ", EKS came there on \($0.date)" } ?? ""
    return ScenarioProblem(
      path: path, message: "EKS was not in \(region) on \(draft.date.date)\(start)",
      suggestion: offered.isEmpty ? "EKS began on 2018-06-05" : "EKS was in \(names)")
  }

  func unknownRegion(_ name: String, at path: String) -> ScenarioProblem? {
    guard !RegionNames.all.contains(name) else { return nil }
    return ScenarioProblem(
      path: path, message: "unknown region '\(name)'",
      suggestion: Spelling.suggestion(for: name, among: RegionNames.all) ?? "such as us-east-1")
  }

  private func imageProblem(
    _ image: String, _ date: CalendarTime, at path: String
  ) -> ScenarioProblem {
    var known: [String] = []
    for row in aws.launchLatency.bootToReady
    where !known.contains(row.image)
      && aws.launchLatency.bootToReady(image: row.image, at: date) != nil
    {
      known.append(row.image)
    }
    return ScenarioProblem(
      path: path, message: "no node image '\(image)' on \(date.date)",
      suggestion: Spelling.suggestion(for: image, among: known)
        ?? "known: " + known.joined(separator: ", "))
  }

  /// What can be simulated, but on weaker ground than it may seem.
  func doubts(about draft: ScenarioDraft) -> [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    let region = draft.cloud.region
    if !draft.cloud.nodeGroups.isEmpty, RegionNames.all.contains(region.name),
      aws.eks.start(of: region) == nil, draft.date >= Self.endOfHistory
    {
      found.append(
        ScenarioProblem(
          path: "spec.cloud.region",
          message: "models/aws/eks.yaml does not say whether EKS was in \(region)"))
    }
    for (index, group) in draft.cloud.nodeGroups.enumerated() {
      guard let type = aws.instanceTypes[group.instanceType] else { continue }
      let path = "spec.cloud.nodeGroups[\(index)].instanceType"
      found += doubts(about: type, in: region, draft, at: path)
      do throws(MissingPrice) {
        let volume = group.volume?.type ?? (draft.era == .february2019 ? .gp2 : .gp3)
        _ = try aws.volumePrices.price(
          of: .storage, volume.rawValue, in: region, at: draft.date)
      } catch {
        found.append(ScenarioProblem(path: path, message: "\(error): the bill will lack it"))
      }
    }
    return found + serviceDoubts(about: draft)
  }

  /// A type that may not have been there on the day, or of which no price is known.
  func doubts(
    about type: InstanceType, in region: Region, _ draft: ScenarioDraft, at path: String
  ) -> [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    if draft.era == .february2019, type.maxPods2019 == nil {
      found.append(
        ScenarioProblem(
          path: path,
          message: "'\(type.name)' is not in the pod limits of 2019-02: it may not have been "
            + "sold then"))
    }
    do {
      _ = try aws.prices.price(of: type.name, in: region, at: draft.date)
    } catch {
      found.append(ScenarioProblem(path: path, message: "\(error): the bill will lack it"))
    }
    return found
  }
}
