import AWSObjects
import Scenarios
import TimeUnits

// What the machines, containers and requests of a scenario are, value by value.
extension EffectiveScenario {
  mutating func addLoads(_ scenario: Scenario, _ models: Models) {
    guard scenario.hasNodeLoad else { return }
    for (index, group) in scenario.cloud.nodeGroups.enumerated() {
      let kind: RootVolumeSpec.Kind = scenario.era == .february2019 ? .gp2 : .gp3
      let volume = group.volume ?? RootVolumeSpec(type: kind)
      add(
        "spec.cloud.nodeGroups[\(index)].volume", volume.text,
        ifAbsent: "the era's EKS node groups")
    }
    let field = behaviorField
    for behavior in scenario.behaviors {
      guard let load = behavior.load else { continue }
      add("spec.\(field).\(behavior.name)", load.text)
      if let key = modelKey(of: behavior.name), let model = models.workloads[key] {
        let file = key.split(separator: "/").first.map(String.init) ?? key
        addModel(
          "spec.\(field).\(behavior.name).model", key, "models/workloads/\(file).yaml",
          model.provenance)
      }
    }
    for (index, load) in scenario.loads.enumerated() {
      add("spec.load[\(index)]", "to \(load.workload): \(load.source.text)")
    }
    let spec = scenario.nodeLoad
    add("spec.nodeLoad.parameters", spec.parameters.rawValue)
    for name in NodeLoadParameter.allCases {
      if let own = spec.values.last(where: { $0.name == name }) {
        add("spec.nodeLoad.set.\(name.rawValue)", "\(own.value)")
      } else if let range = models.nodeLoad.ranges[name] {
        addModel(
          "node-load.\(name.rawValue)", range.text(spec.parameters),
          "models/kubernetes/node-load.yaml", range.provenance)
      }
    }
  }
}

extension EffectiveScenario {
  /// A number without a fraction that is none.
  static func short(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
  }
}

extension NodeLoadRange {
  /// `600 MiB, middle of 450 to 750`, or `drawn from 450 to 750 MiB`.
  fileprivate func text(_ choice: NodeLoadSpec.Choice) -> String {
    let range = "\(Self.short(from)) to \(Self.short(to)) \(unit)"
    let scale = self.scale == .log ? ", log" : ""
    if choice == .drawn { return "drawn from \(range)\(scale)" }
    let value = Self.short((middle * 10_000).rounded() / 10_000)
    return "\(value) \(unit), middle of \(Self.short(from)) to \(Self.short(to))\(scale)"
  }

  private static func short(_ value: Double) -> String { EffectiveScenario.short(value) }
}

extension RootVolumeSpec {
  fileprivate var text: String {
    var text = "\(type.rawValue), \(gibibytes) GiB"
    if let iops { text += ", \(iops) reads/s" }
    if let throughput { text += ", \(throughput) MiB/s" }
    return type == .gp2 ? "\(text), burst credits \(credits.rawValue)" : text
  }
}

extension ContainerLoadSpec {
  fileprivate var text: String {
    switch self {
    case .process(let process):
      let growth = process.growth.map { growth in
        ", growing \(growth.rate) MiB each \(growth.per.rawValue)"
          + (growth.to.map { " to \($0) MiB" } ?? "")
      }
      return "process: \(process.cpu) cores, \(process.memory) MiB\(growth ?? "")"
    case .jvm(let jvm):
      let heap = jvm.maxHeap.map { "-Xmx \($0) MiB" } ?? "its own heap rule"
      return "JVM \(jvm.version), \(heap)"
    case .service(let service):
      let workers = service.workers.map { ", \($0) workers" } ?? ""
      return "service: \(service.cpu.text) of CPU a request\(workers)"
    }
  }
}

extension RequestLoadSpec.Source {
  fileprivate var text: String {
    switch self {
    case .open(let rate): "\(rate) requests/s, Poisson"
    case .closed(let users, let think): "\(users) users who think \(think.text)"
    case .trace(let trace):
      "\(trace.written), a row each \(DurationText.text(for: trace.period)), times \(trace.scale)"
    case .person(let every): "a person who looks every \(DurationText.text(for: every))"
    }
  }
}
