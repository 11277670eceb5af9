public import AWSObjects
public import Documents
import KubernetesObjects
public import Scenarios
import TimeUnits

/// A scenario with every value it runs on and where each came from, for `seatrial show SCENARIO`.
public struct EffectiveScenario: Sendable {
  /// Who gave a value.
  public enum Origin: Sendable, Hashable, CustomStringConvertible {
    case file(SourcePlace)
    case setting(String)
    /// Nobody gave it; the text says whose default it is.
    case `default`(String)
    /// A figure of the models folder.
    case model(file: String, Provenance)
    /// A figure that the file gives together with how well it is known.
    case figure(SourcePlace, Provenance)

    public var description: String {
      switch self {
      case .file(let place): "\(place.file):\(place.line)"
      case .setting(let text): text
      case .default(let text): text.isEmpty ? "default" : "default: \(text)"
      case .model(let file, let provenance):
        "\(file): \(provenance.mark.rawValue), \(provenance.source)"
      case .figure(let place, let provenance):
        "\(place.file):\(place.line): \(provenance.mark.rawValue), \(provenance.source)"
      }
    }
  }

  public struct Entry: Sendable, Hashable {
    public var path: String
    public var value: String
    public var origin: Origin
  }

  /// In the order of the file's fields, then what the models add.
  public internal(set) var entries: [Entry] = []
  let document: DocumentNode
  let settings: AppliedSettings
  let file: String
  let groups: [NodeGroupSpec]

  /// Nil if the scenario has errors.
  public init?(_ loaded: LoadedScenario, models: Models) {
    guard let scenario = loaded.scenario, let document = loaded.document else { return nil }
    self.document = document
    settings = loaded.settings
    file = loaded.path
    groups = scenario.cloud.nodeGroups
    addFrame(scenario)
    addCloud(scenario)
    addLists(scenario)
    addLoads(scenario, models)
    addPipeline(scenario, models)
    addMachines(scenario, models)
    addServiceMachines(scenario, models)
    addParameters(scenario, models)
  }

  // MARK: What the file says

  mutating func add(_ path: String, _ value: String, ifAbsent text: String = "") {
    entries.append(Entry(path: path, value: value, origin: origin(of: path) ?? .default(text)))
  }

  func origin(of path: String) -> Origin? {
    if let setting = settings.setting(at: path) { return .setting(setting.origin) }
    if let given = groups.origin(of: path) { return .file(given.place) }
    guard let node = NodePath(path)?.find(in: document)?.node, node.line > 0 else { return nil }
    return .file(SourcePlace(file: file, line: node.line, column: node.column))
  }

  private mutating func addFrame(_ scenario: Scenario) {
    add("metadata.name", scenario.name)
    add("spec.era", scenario.era.rawValue)
    add("spec.date", scenario.date.date, ifAbsent: "the era's day")
    add("spec.horizon", DurationText.text(for: scenario.horizon))
    add("spec.seed", "\(scenario.seed)")
  }

  private mutating func addCloud(_ scenario: Scenario) {
    add("spec.cloud.region", scenario.cloud.region.name)
    for (index, group) in scenario.cloud.nodeGroups.enumerated() {
      let path = "spec.cloud.nodeGroups[\(index)]"
      add("\(path).name", group.name)
      add("\(path).instanceType", group.instanceType)
      add(
        "\(path).zones", group.zones.map(\.name).joined(separator: ", "),
        ifAbsent: "three zones of the region")
      add("\(path).min", "\(group.min)")
      add("\(path).desired", "\(group.desired)", ifAbsent: "min")
      add("\(path).max", "\(group.max)")
      if let image = group.image { add("\(path).image", image) }
      if let limit = group.maxPods { add("\(path).maxPods", "\(limit)") }
      for (key, value) in group.labels.sorted(by: { $0.key < $1.key }) {
        add("\(path).labels.\(key)", value)
      }
      for taint in group.taints {
        add("\(path).taints", "\(taint.key)=\(taint.value):\(taint.effect.rawValue)")
      }
      if let cpu = group.kubeReserved?.cpuMillis { add("\(path).kubeReserved.cpu", "\(cpu)m") }
      if let memory = group.kubeReserved?.memoryMiB {
        add("\(path).kubeReserved.memory", "\(memory)Mi")
      }
      addAutoScaling(group.autoScaling, path)
    }
    addCapacity(scenario.cloud)
    if let file = document["spec"]?["cloud"]?["spotPrices"]?.scalarText {
      add("spec.cloud.spotPrices", file)
    }
  }

  private mutating func addLists(_ scenario: Scenario) {
    for (index, manifest) in scenario.manifests.enumerated() {
      add("spec.manifests[\(index)]", manifest.path)
    }
    add(
      "spec.scheduler.config", scenario.schedulerConfiguration?.path ?? "none",
      ifAbsent: "the era's default profile")
    for (index, arrival) in scenario.arrivals.enumerated() {
      add("spec.arrivals[\(index)].pods", arrival.pods.path)
      add("spec.arrivals[\(index)].lifetimes", arrival.lifetimes.path)
    }
    add(
      "spec.addons", scenario.addons.map(\.rawValue).joined(separator: ", "),
      ifAbsent: "what EKS installs")
    let field = behaviorField
    for behavior in scenario.behaviors {
      let path = "spec.\(field).\(behavior.name)"
      if let law = behavior.startup { add("\(path).startup", law.text) }
      if let law = behavior.runsFor { add("\(path).runsFor", law.text) }
      if behavior.runsFor != nil { add("\(path).exitCode", "\(behavior.exitCode)") }
      if let law = behavior.termination { add("\(path).termination", law.text) }
    }
    // The scenario has its timeline in the order of time, which need not be the file's.
    for entry in scenario.timeline {
      let at = DurationText.text(for: .nanoseconds(entry.at.nanoseconds))
      entries.append(
        Entry(
          path: "spec.timeline at \(at)", value: entry.text,
          origin: entry.place.map(Origin.file) ?? origin(of: "spec.timeline") ?? .default("")))
    }
    for (index, expectation) in scenario.expectations.enumerated() {
      add("spec.expect[\(index)]", expectation.sentence)
    }
  }

  // MARK: What the models add

  mutating func addModel(
    _ path: String, _ value: String, _ file: String, _ from: Provenance
  ) {
    add(path, value, file, from)
  }

  /// A value of the file, or else a default with its own mark and source.
  mutating func add(_ path: String, _ value: String, ifAbsent provenance: Provenance) {
    let origin = origin(of: path) ?? .model(file: "default", provenance)
    entries.append(Entry(path: path, value: value, origin: origin))
  }

  /// How the file spells it.
  var behaviorField: String {
    document["spec"]?["behaviour"] == nil ? "behavior" : "behaviour"
  }

  /// The workload of the models that a behavior is taken from.
  func modelKey(of behavior: String) -> String? {
    document["spec"]?[behaviorField]?[behavior]?["model"]?.scalarText
  }

  private mutating func add(_ path: String, _ value: String, _ file: String, _ from: Provenance) {
    entries.append(Entry(path: path, value: value, origin: .model(file: file, from)))
  }

  private mutating func addMachines(_ scenario: Scenario, _ models: Models) {
    var seen: Set<String> = []
    for group in scenario.cloud.nodeGroups where seen.insert(group.instanceType).inserted {
      let rule = NodeAllocatable(era: scenario.era.nodes)
      guard let shape = try? models.aws.instanceTypes.shape(of: group.instanceType, rule: rule)
      else { continue }
      for figure in shape.figures {
        add(
          "\(group.instanceType) \(figure.name)", figure.value, "models/aws/instance-types.csv",
          figure.provenance)
      }
      let region = scenario.cloud.region
      if let price = try? models.aws.prices.price(
        of: group.instanceType, in: region, at: scenario.date)
      {
        add(
          "\(group.instanceType) price", "\(price.usdPerHour) USD/h", "models/aws/prices",
          price.provenance)
      }
    }
    if !scenario.cloud.nodeGroups.isEmpty,
      let fee = try? models.aws.eks.fee(at: scenario.date)
    {
      add("EKS control plane", "\(fee.usdPerHour) USD/h", "models/aws/eks.yaml", fee.provenance)
    }
  }

  private mutating func addParameters(_ scenario: Scenario, _ models: Models) {
    for name in ParameterName.allCases {
      if let own = scenario.parameters.first(where: { $0.name == name }) {
        add("spec.parameters.\(name.rawValue)", own.law.text)
      } else if let law = models.law(name) {
        let file =
          name.rawValue.hasPrefix("kubelet.")
          ? "models/kubernetes/kubelet.yaml" : "models/aws/launch-latency.yaml"
        add(name.rawValue, law.value.text, file, law.provenance)
      }
    }
    let latency = models.aws.launchLatency
    guard !scenario.parameters.contains(where: { $0.name == .ec2BootToReady }) else { return }
    var images: [String] = []
    for row in latency.bootToReady where !images.contains(row.image) {
      images.append(row.image)
      if let law = latency.bootToReady(image: row.image, at: scenario.date) {
        add(
          "\(ParameterName.ec2BootToReady.rawValue) (\(row.image))", law.value.text,
          "models/aws/launch-latency.yaml", law.provenance)
      }
    }
  }
}

extension EffectiveScenario {
  /// One line a value: path, value, origin, aligned.
  public var text: String {
    func pad(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    // A long value does not push every other line's origin out of sight.
    let paths = min(44, entries.map(\.path.count).max() ?? 0)
    let values = min(44, entries.map(\.value.count).max() ?? 0)
    return entries.map { entry in
      "\(pad(entry.path, paths))  \(pad(entry.value, values))  \(entry.origin)\n"
    }.joined()
  }

  /// One document: `{"values": [{"path", "value", "origin", "mark"?, "source"?}]}`.
  public var json: String {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.text
  }

  public func write(to writer: inout JSONWriter) {
    writer.object { json in
      json.field("file", file)
      json.field(
        "values",
        array: { json in
          for entry in entries {
            json.object { json in
              json.field("path", entry.path)
              json.field("value", entry.value)
              switch entry.origin {
              case .model(let file, let provenance):
                json.field("origin", file)
                json.field("mark", provenance.mark.rawValue)
                json.field("source", provenance.source)
              case .figure(let place, let provenance):
                json.field("origin", "\(place.file):\(place.line)")
                json.field("mark", provenance.mark.rawValue)
                json.field("source", provenance.source)
              default: json.field("origin", entry.origin.description)
              }
            }
          }
        })
    }
  }
}

extension DelayLaw {
  /// The law in words: `4s`, `1s to 25s, uniform`, `lognormal, median 4s, sigma 0.5`.
  var text: String {
    switch self {
    case .constant(let delay): return DurationText.text(for: delay)
    case .uniform(let from, let to):
      return "\(DurationText.text(for: from)) to \(DurationText.text(for: to)), uniform"
    case .lognormal(let median, let sigma):
      return "lognormal, median \(DurationText.text(for: median)), sigma \(sigma)"
    case .exponential(let mean): return "exponential, mean \(DurationText.text(for: mean))"
    case .mixture(let components):
      let total = components.reduce(0) { $0 + $1.weight }
      return components.map { component in
        let percent = (component.weight / total * 1000).rounded() / 10
        return "\(percent)%: \(component.law.text)"
      }.joined(separator: "; ")
    }
  }
}
