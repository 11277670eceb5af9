import AWSObjects
import Documents
import KubernetesObjects
import Scenarios

/// Node groups from answers of the AWS CLI: the groups, and what they are launched from.
struct GroupAnswers {
  let sink: DiagnosticSink
  private var groups: [(group: AWSAnswer.Group, file: String)] = []
  private var configurations: [AWSAnswer.LaunchConfiguration] = []
  private var templates: [AWSAnswer.LaunchTemplateVersion] = []
  private var nodegroups: [AWSAnswer.ManagedNodegroup] = []
  private var machines: [AWSAnswer.MachineInstance] = []

  init(sink: DiagnosticSink) { self.sink = sink }

  /// Takes what `file` holds; an answer that says nothing of groups is an error at `cursor`.
  mutating func read(_ file: GivenFile, _ cursor: DocumentCursor) {
    let documents = AnswerTranscript.answers(in: file.text, file: file.path, sink: sink)
    if documents.isEmpty, !sink.hasErrors { cursor.error("there is no JSON in the file") }
    for document in documents {
      guard let answer = AWSAnswer(document, file: file.path, sink: sink) else { continue }
      switch answer {
      case .autoScalingGroups(let found): groups += found.map { ($0, file.path) }
      case .launchConfigurations(let found): configurations += found
      case .launchTemplateVersions(let found): templates += found
      case .nodegroup(let found): nodegroups.append(found)
      case .instances(let found): machines += found
      case .autoScalingInstances, .scalingActivities, .instanceTypeNames: break
      default:
        cursor.warning("what '\(answer.call)' says is not used for node groups")
      }
    }
  }

  /// The groups as a run has them; one whose instance type nothing tells is reported and left out.
  func specs() -> [NodeGroupSpec] {
    groups.compactMap { group, file in spec(group, file) }
  }

  private func spec(_ group: AWSAnswer.Group, _ file: String) -> NodeGroupSpec? {
    let managed = nodegroups.first { $0.autoScalingGroups.contains(group.name) }
    guard let type = instanceType(of: group, managed) else {
      let source = group.launchSource?.sentence ?? "what it launches"
      report(
        .error, group, file, "the instance type is not known: nothing describes \(source)",
        "add the answer of \(call(for: group.launchSource)) to spec.cloud.autoScalingGroups")
      return nil
    }
    var spec = NodeGroupSpec(
      name: group.name, instanceType: type, zones: group.zones, min: group.minSize,
      desired: group.desiredCapacity, max: group.maxSize, volume: volume(of: group, managed))
    spec.labels = managed?.labels ?? [:]
    spec.taints = managed?.taints.compactMap(Self.taint) ?? []
    var doubts: [String] = []
    spec.autoScaling = autoScaling(of: group, type, described(group.launchSource)?.spot, &doubts)
    spec.origin = GroupOrigin(
      place: SourcePlace(file: file, line: group.line, column: group.column), path: group.path)
    for doubt in doubts { report(.warning, group, file, doubt) }
    return spec
  }

  private func report(
    _ severity: Diagnostic.Severity, _ group: AWSAnswer.Group, _ file: String, _ message: String,
    _ suggestion: String? = nil
  ) {
    sink.report(
      Diagnostic(
        severity: severity, file: file, line: group.line, column: group.column, path: group.path,
        message: message, suggestion: suggestion))
  }

  // MARK: What is launched

  /// The type of most of its machines, else of what they are launched from.
  private func instanceType(
    of group: AWSAnswer.Group, _ managed: AWSAnswer.ManagedNodegroup?
  ) -> String? {
    if let first = group.mixedInstances?.instanceTypes.first { return first }
    if let type = described(group.launchSource)?.type ?? managed?.instanceTypes.first {
      return type
    }
    let own = machines.filter { $0.groupName == group.name }.map(\.instanceType)
    let types = group.instances.compactMap(\.instanceType) + own
    var counts: [String: Int] = [:]
    for type in types { counts[type, default: 0] += 1 }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// What an answer says of a launch configuration or template.
  private struct Described {
    var type: String?
    var disks: [AWSAnswer.BlockDevice]
    /// Nil where it buys on demand.
    var spot: SpotRequest?
  }

  private func described(_ source: AWSAnswer.LaunchSource?) -> Described? {
    switch source {
    case .configuration(let name):
      return configurations.first { $0.name == name }.map { found in
        Described(
          type: found.instanceType, disks: found.blockDevices,
          spot: found.spotPrice.map { SpotRequest(maxPrice: $0) })
      }
    case .template(let id, let name, let version):
      let versions = templates.filter {
        (id != nil && $0.id == id) || (name != nil && $0.name == name)
      }
      let wanted: AWSAnswer.LaunchTemplateVersion? =
        switch version {
        case "$Latest": versions.max { $0.version < $1.version }
        case nil, "$Default": versions.first(where: \.isDefault) ?? versions.first
        case .some(let number): versions.first { String($0.version) == number }
        }
      return wanted.map { found in
        Described(
          type: found.instanceType, disks: found.blockDevices,
          spot: found.isSpot ? SpotRequest() : nil)
      }
    case nil: return nil
    }
  }

  private func volume(
    of group: AWSAnswer.Group, _ managed: AWSAnswer.ManagedNodegroup?
  ) -> RootVolumeSpec? {
    let disk = described(group.launchSource)?.disks.first { $0.gibibytes != nil }
    if let disk, let size = disk.gibibytes {
      var volume = RootVolumeSpec(
        type: disk.volumeType.flatMap(RootVolumeSpec.Kind.init(rawValue:)) ?? .gp2,
        gibibytes: Double(size))
      if volume.type == .gp3 {
        volume.iops = disk.iops.map(Double.init)
        volume.throughput = disk.throughput.map(Double.init)
      }
      return volume
    }
    // EKS makes gp3 volumes for node groups without a launch template of their own.
    return managed?.diskSize.map { RootVolumeSpec(type: .gp3, gibibytes: Double($0)) }
  }

  private static func taint(_ taint: AWSAnswer.ManagedNodegroup.Taint) -> Taint? {
    let effect: Taint.Effect? =
      switch taint.effect {
      case "NO_SCHEDULE": .noSchedule
      case "PREFER_NO_SCHEDULE": .preferNoSchedule
      case "NO_EXECUTE": .noExecute
      default: nil
      }
    return effect.map { Taint(key: taint.key, value: taint.value, effect: $0) }
  }

  private func call(for source: AWSAnswer.LaunchSource?) -> String {
    if case .template? = source { return "aws ec2 describe-launch-template-versions" }
    return "aws autoscaling describe-launch-configurations"
  }
}
