import AWSObjects
import Documents
import Foundation
import Testing

/// Answers that AWS really gave, where a checkout has them beside it.
@Suite(.enabled(if: RepositoryFiles.hasGivenData)) struct RecordedAnswersTests {
  private static let data = RepositoryFiles.root.appending(path: "../shared/data").standardized

  private static func files(_ folder: String) -> [String] {
    (FileManager.default.enumerator(atPath: data.appending(path: folder).path)?
      .compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".json") || $0.hasSuffix(".rst") }.sorted().map { "\(folder)/\($0)" }
  }

  private static func read(_ file: String) throws -> (answers: [AWSAnswer], said: [String]) {
    let text = try #require(RepositoryFiles.givenData(file))
    let sink = DiagnosticSink()
    let documents =
      file.hasSuffix(".json")
      ? [try JSONReader.read(text)]
      : AnswerTranscript.documents(in: text, file: file, sink: sink)
    let answers = documents.compactMap { AWSAnswer($0, file: file, sink: sink) }
    return (answers, sink.diagnostics.map(\.description))
  }

  /// The same file by Foundation's parser.
  private static func raw(_ file: String) throws -> [String: Any] {
    let data = try Data(contentsOf: Self.data.appending(path: file))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("every recorded answer is read without a complaint, as the call it was recorded for")
  func all() throws {
    let files = Self.files("aws/api-answers")
    #expect(files.count >= 51)
    for file in files {
      let (answers, said) = try Self.read(file)
      #expect(said.isEmpty, "\(said)")
      let answer = try #require(answers.first)
      // `autoscaling.DescribeAutoScalingGroups` is `autoscaling describe-auto-scaling-groups`.
      let folder = file.split(separator: "/")[2]
      let call = answer.call.replacingOccurrences(of: "-", with: "").replacingOccurrences(
        of: " ", with: ".")
      #expect(folder.lowercased().replacingOccurrences(of: "-", with: "") == call)
    }
  }

  @Test("sizes, states and types are those that the raw JSON says")
  func groups() throws {
    var groupCount = 0
    var instanceCount = 0
    for file in Self.files("aws/api-answers/autoscaling.DescribeAutoScalingGroups") {
      guard case .autoScalingGroups(let groups)? = try Self.read(file).answers.first else {
        Issue.record("\(file)")
        continue
      }
      let raw = try #require(try Self.raw(file)["AutoScalingGroups"] as? [[String: Any]])
      #expect(groups.count == raw.count)
      for (group, raw) in zip(groups, raw) {
        groupCount += 1
        #expect(group.name == raw["AutoScalingGroupName"] as? String)
        #expect(group.minSize == raw["MinSize"] as? Int)
        #expect(group.desiredCapacity == raw["DesiredCapacity"] as? Int)
        #expect(group.maxSize == raw["MaxSize"] as? Int)
        #expect(group.zones.map(\.name) == raw["AvailabilityZones"] as? [String])
        #expect(group.tags.count == (raw["Tags"] as? [Any])?.count)
        #expect(group.newInstancesProtected == raw["NewInstancesProtectedFromScaleIn"] as? Bool)
        #expect(group.terminationPolicies == raw["TerminationPolicies"] as? [String])
        let suspended = raw["SuspendedProcesses"] as? [[String: Any]]
        #expect(
          group.suspendedProcesses
            == suspended?.compactMap { $0["ProcessName"] as? String })
        let members = try #require(raw["Instances"] as? [[String: Any]])
        instanceCount += members.count
        #expect(
          Self.tally(group.instances.map(\.lifecycleState.rawValue))
            == Self.tally(members.compactMap { $0["LifecycleState"] as? String }))
        #expect(group.instances.map(\.id) == members.compactMap { $0["InstanceId"] as? String })
        #expect(
          group.instances.filter(\.isProtectedFromScaleIn).count
            == members.filter { $0["ProtectedFromScaleIn"] as? Bool == true }.count)
        #expect(
          group.instances.map(\.instanceType) == members.map { $0["InstanceType"] as? String })
      }
    }
    #expect(groupCount >= 36)
    #expect(instanceCount >= 39)
  }

  private static func tally(_ words: [String]) -> [String: Int] {
    Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +)
  }

  @Test("machines of a real cluster are there with type, zone and state")
  func instances() throws {
    let file = "clusters/eks-hpc6a-32/describe-instances.json"
    let (answers, said) = try Self.read(file)
    #expect(said.isEmpty, "\(said)")
    guard case .instances(let machines)? = answers.first else {
      Issue.record("no instances")
      return
    }
    let reservations = try #require(try Self.raw(file)["Reservations"] as? [[String: Any]])
    let raw = reservations.flatMap { $0["Instances"] as? [[String: Any]] ?? [] }
    #expect(machines.count == raw.count && raw.count >= 32)
    #expect(
      Self.tally(machines.map(\.state.rawValue))
        == Self.tally(raw.compactMap { ($0["State"] as? [String: Any])?["Name"] as? String }))
    #expect(
      Self.tally(machines.map(\.instanceType))
        == Self.tally(raw.compactMap { $0["InstanceType"] as? String }))
    let topology = try Self.read("clusters/eks-hpc6a-32/describe-instance-topology.json")
    #expect(topology.said.isEmpty, "\(topology.said)")
  }

  @Test("the manual's examples are read, the prose around them passed over")
  func manual() throws {
    var calls: [String] = []
    for file in Self.files("aws/cli-examples") {
      let (answers, said) = try Self.read(file)
      #expect(!answers.isEmpty, "\(file)")
      #expect(said.allSatisfy { $0.contains("cut short") }, "\(said)")
      calls += answers.map(\.call)
    }
    #expect(Set(calls).count == 8)
    #expect(calls.count >= 13, "\(calls)")
  }

  @Test("types and offerings: as many as the raw JSON has")
  func offerings() throws {
    for region in ["us-east-1", "eu-west-1"] {
      let file = "aws/instance-type-offerings/\(region).json"
      guard case .instanceTypeOfferings(let offerings)? = try Self.read(file).answers.first else {
        Issue.record("\(file)")
        continue
      }
      let raw = try #require(try Self.raw(file)["InstanceTypeOfferings"] as? [[String: Any]])
      #expect(offerings.count == raw.count && raw.count > 1_000)
      #expect(offerings.allSatisfy { $0.location.hasPrefix(region) })
    }
    let file = "aws/instance-types/describe-instance-types.json"
    guard case .instanceTypes(let types)? = try Self.read(file).answers.first else {
      Issue.record("\(file)")
      return
    }
    #expect(types.count == (try Self.raw(file)["InstanceTypes"] as? [Any])?.count)
  }
}
