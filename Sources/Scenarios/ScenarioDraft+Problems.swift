import AWSObjects
import TimeUnits

extension ScenarioDraft {
  /// Everything in the draft that contradicts itself, in the order of the file's fields.
  public var problems: [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    func report(_ path: String, _ message: String, _ suggestion: String? = nil) {
      found.append(ScenarioProblem(path: path, message: message, suggestion: suggestion))
    }
    if name.isEmpty { report("metadata.name", "the name is empty") }
    if horizon <= .zero {
      report("spec.horizon", "the horizon must be longer than 0", "such as 1h")
    }
    if schedulerConfiguration != nil, era != .current {
      report(
        "spec.scheduler.config",
        "a KubeSchedulerConfiguration is read by kube-scheduler 1.36, not by 1.11", "era: current")
    }
    found += nodeGroupProblems
    found += autoScalingProblems
    found += nameProblems
    found += loadProblems
    found += roleProblems
    found += serviceProblems
    found += faultProblems
    for (index, entry) in timeline.enumerated() {
      found += problems(of: entry, at: "spec.timeline[\(index)]")
    }
    for (index, expectation) in expectations.enumerated() {
      found += problems(of: expectation, at: "spec.expect[\(index)]")
    }
    return found
  }

  private var nodeGroupProblems: [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    for (index, group) in cloud.nodeGroups.enumerated() {
      let path = "spec.cloud.nodeGroups[\(index)]"
      func report(_ field: String, _ message: String, _ suggestion: String? = nil) {
        found.append(
          ScenarioProblem(path: "\(path).\(field)", message: message, suggestion: suggestion))
      }
      if group.name.isEmpty { report("name", "the name is empty") }
      if cloud.nodeGroups[..<index].contains(where: { $0.name == group.name }) {
        report("name", "there is a node group '\(group.name)' already")
      }
      if group.min < 0 { report("min", "min \(group.min) is below 0") }
      if group.min > group.max { report("min", "min \(group.min) is above max \(group.max)") }
      if group.desired > group.max {
        report(
          "desired", "desired \(group.desired) is above max \(group.max)",
          "an Auto Scaling group keeps min <= desired <= max")
      } else if group.desired < group.min {
        report(
          "desired", "desired \(group.desired) is below min \(group.min)",
          "an Auto Scaling group keeps min <= desired <= max")
      }
      if group.zones.isEmpty {
        report("zones", "a node group needs at least one zone", "such as [\(cloud.region)a]")
      }
      for (position, zone) in group.zones.enumerated() {
        if !zone.isWellFormed || zone.region != cloud.region {
          report(
            "zones[\(position)]", "'\(zone)' is not a zone of \(cloud.region)",
            "such as \(cloud.region)a")
        } else if group.zones[..<position].contains(zone) {
          report("zones[\(position)]", "'\(zone)' is there twice")
        }
      }
    }
    return found
  }

  private var nameProblems: [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    for (index, addon) in addons.enumerated() where addons[..<index].contains(addon) {
      found.append(
        ScenarioProblem(
          path: "spec.addons[\(index)]", message: "'\(addon.rawValue)' is there twice"))
    }
    return found
  }

  /// Requests need somebody who answers them: a workload whose behavior is a service, or the
  /// dashboard.
  private var loadProblems: [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    for (index, load) in loads.enumerated() where !load.workload.isEmpty {
      let behavior = behaviors.first { $0.name == load.workload }
      if case .service? = behavior?.load { continue }
      if load.workload == Addon.dashboardWorkload, behavior?.load == nil,
        addons.contains(.dashboard)
      {
        continue
      }
      found.append(
        ScenarioProblem(
          path: "spec.load[\(index)].to",
          message: "nothing says how '\(load.workload)' answers requests",
          suggestion: "spec.behaviour.\(load.workload): {service: {cpu: 20ms}}"))
    }
    return found
  }

  private func problems(of entry: TimelineEntry, at path: String) -> [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    if let problem = timeProblem(entry.at) {
      found.append(ScenarioProblem(path: "\(path).at", message: problem))
    }
    for group in entry.command.groupNames where cloud.nodeGroups.allSatisfy({ $0.name != group }) {
      let known = cloud.nodeGroups.map(\.name)
      // A group of another name is what the real service would refuse; a substitution of nothing
      // is a mistake in the scenario.
      found.append(
        ScenarioProblem(
          path: "\(path).run", message: "$(instances \(group)): there is no node group '\(group)'",
          suggestion: known.isEmpty ? nil : "known: " + known.joined(separator: ", ")))
    }
    return found
  }

  private func problems(of expectation: Expectation, at path: String) -> [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    for (field, time) in expectation.times {
      if let problem = timeProblem(time) {
        found.append(ScenarioProblem(path: "\(path).\(field)", message: problem))
      }
    }
    if let window = expectation.window, window.from > window.to {
      found.append(ScenarioProblem(path: "\(path).to", message: "'to' is before 'from'"))
    }
    if case .command(let claim) = expectation.claim,
      !(1...max(1, timeline.count)).contains(claim.number) || timeline.isEmpty
    {
      found.append(
        ScenarioProblem(
          path: "\(path).command",
          message: "there is no command \(claim.number): the timeline has \(timeline.count)"))
    }
    return found
  }

  /// Why a time is not one of the run; nil if it is.
  func timeProblem(_ time: SimulationTime) -> String? {
    if time < .zero { return "a time before the start" }
    guard time.nanoseconds > horizon.nanoseconds else { return nil }
    let at = DurationText.text(for: .nanoseconds(time.nanoseconds))
    return "\(at) is beyond the horizon of \(DurationText.text(for: horizon))"
  }
}
