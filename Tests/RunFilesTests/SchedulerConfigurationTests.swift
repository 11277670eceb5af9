import Documents
import Foundation
import KubeScheduler
import RunFiles
import Testing

@Suite struct SchedulerConfigurationTests {
  private func load(_ text: String) throws -> SchedulerConfiguration.Loaded {
    let path = NSTemporaryDirectory() + "scheduler-\(UInt64.random(in: 0 ... .max)).yaml"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let head = "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n"
    try Data((head + text).utf8).write(to: URL(fileURLWithPath: path))
    return SchedulerConfiguration.load(path)
  }

  private func profile(_ text: String) throws -> SchedulerProfile {
    let loaded = try load(text)
    #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics)")
    return try #require(loaded.configuration?.profiles.first)
  }

  /// Each complaint without the file's name.
  private func complaints(_ text: String) throws -> [String] {
    let loaded = try load(text)
    return loaded.diagnostics.map {
      "\($0.line):\($0.column) \($0.severity) \($0.path): \($0.message)"
    }
  }

  @Test("A file without profiles is the default profile, under the default name")
  func standard() throws {
    #expect(try profile("percentageOfNodesToScore: 0") == .kubernetes1_36)
    #expect(try profile("profiles: [{}]") == .kubernetes1_36)
    #expect(try profile("percentageOfNodesToScore: 40").percentageOfNodesToScore == 40)
    let own = "percentageOfNodesToScore: 40\nprofiles: [{percentageOfNodesToScore: 70}]"
    #expect(try profile(own).percentageOfNodesToScore == 70)
  }

  @Test("Disabling a plugin at one point leaves it at the others; a new weight replaces the old")
  func plugins() throws {
    let profile = try profile(
      """
      profiles:
        - schedulerName: packed
          plugins:
            score:
              disabled: [{name: ImageLocality}, {name: TaintToleration}]
              enabled: [{name: NodeResourcesFit, weight: 5}]
            filter: {disabled: [{name: NodePorts}]}
            postFilter: {disabled: [{name: "*"}]}
      """)
    #expect(profile.name == "packed")
    #expect(!profile.filters.contains(.nodePorts) && profile.filters.contains(.taintToleration))
    #expect(profile.filters.count == SchedulerProfile.kubernetes1_36.filters.count - 1)
    #expect(profile.scores.first == .init(.nodeResourcesFit, weight: 5))
    #expect(!profile.scores.contains { $0.name == .imageLocality || $0.name == .taintToleration })
    #expect(profile.scores.contains(.init(.nodeAffinity, weight: 2)))
    #expect(!profile.preempts)
  }

  @Test("multiPoint names plugins at every point; a star begins with none")
  func multiPoint() throws {
    let one = try profile(
      """
      profiles:
        - plugins:
            multiPoint:
              disabled: [{name: "*"}]
              enabled: [{name: NodeResourcesFit, weight: 3}, {name: NodeName}]
      """)
    #expect(one.filters == [.nodeResourcesFit, .nodeName])
    #expect(one.scores == [.init(.nodeResourcesFit, weight: 3)])
    #expect(!one.preempts)
    let other = try profile(
      """
      profiles:
        - plugins:
            multiPoint:
              enabled: [{name: TaintToleration, weight: 7}]
              disabled: [{name: PodTopologySpread}]
            score: {enabled: [{name: NodeAffinity}]}
      """)
    #expect(other.scores.contains(.init(.taintToleration, weight: 7)))
    #expect(!other.filters.contains(.podTopologySpread))
    // Enabled without a weight, it counts once, whatever its default weight is.
    #expect(other.scores.first == .init(.nodeAffinity, weight: 1))
    #expect(other.filters.first == .nodeUnschedulable)
  }

  @Test("The arguments of plugins are taken over")
  func arguments() throws {
    let profile = try profile(
      """
      profiles:
        - pluginConfig:
            - name: NodeResourcesFit
              args:
                apiVersion: kubescheduler.config.k8s.io/v1
                kind: NodeResourcesFitArgs
                scoringStrategy:
                  type: RequestedToCapacityRatio
                  resources: [{name: cpu, weight: 3}, {name: nvidia.com/gpu}]
                  requestedToCapacityRatio:
                    shape: [{utilization: 0, score: 0}, {utilization: 100, score: 10}]
            - name: PodTopologySpread
              args:
                defaultingType: List
                defaultConstraints:
                  - {maxSkew: 1, topologyKey: rack, whenUnsatisfiable: ScheduleAnyway}
            - name: InterPodAffinity
              args: {hardPodAffinityWeight: 40}
      """)
    #expect(
      profile.scoringStrategy
        == .requestedToCapacityRatio(
          [.init("cpu", weight: 3), .init("nvidia.com/gpu")],
          shape: [.init(utilization: 0, score: 0), .init(utilization: 100, score: 10)]))
    guard case .list(let constraints) = profile.spreadDefaults else {
      Issue.record("the constraints are not the list's")
      return
    }
    #expect(constraints.map(\.topologyKey) == ["rack"])
    #expect(profile.hardPodAffinityWeight == 40)
    let packed = try self.profile(
      """
      profiles:
        - pluginConfig:
            - {name: NodeResourcesFit, args: {scoringStrategy: {type: MostAllocated}}}
      """)
    #expect(packed.scoringStrategy == .mostAllocated(ScoringStrategy.cpuAndMemory))
  }

  @Test("What an administrator adds to the plugins is taken over, waits of the queue as well")
  func moreArguments() throws {
    let loaded = try load(
      """
      podInitialBackoffSeconds: 2
      podMaxBackoffSeconds: 60
      profiles:
        - pluginConfig:
            - name: NodeAffinity
              args:
                addedAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                    nodeSelectorTerms:
                      - matchExpressions: [{key: pool, operator: In, values: [x]}]
            - name: NodeResourcesFit
              args: {ignoredResources: [a.io/b], ignoredResourceGroups: [c.io]}
            - name: DefaultPreemption
              args: {minCandidateNodesPercentage: 0, minCandidateNodesAbsolute: 7}
            - name: InterPodAffinity
              args: {ignorePreferredTermsOfExistingPods: true}
      """)
    #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics)")
    let configuration = try #require(loaded.configuration)
    #expect(configuration.initialBackoff == .seconds(2))
    #expect(configuration.maxBackoff == .seconds(60))
    let profile = try #require(configuration.profiles.first)
    #expect(profile.addedAffinity?.required?.count == 1)
    #expect(profile.ignoredResources == ["a.io/b"] && profile.ignoredResourceGroups == ["c.io"])
    #expect(profile.minCandidateNodesPercentage == 0 && profile.minCandidateNodesAbsolute == 7)
    #expect(profile.ignoresPreferencesOfPlacedPods)
    #expect(
      try complaints(
        """
        podInitialBackoffSeconds: 20
        podMaxBackoffSeconds: 10
        profiles:
          - pluginConfig:
              - name: DefaultPreemption
                args: {minCandidateNodesPercentage: 0, minCandidateNodesAbsolute: 0}
              - name: NodeResourcesFit
                args: {ignoredResourceGroups: [a.io/b]}
        """) == [
          "4:23 error podMaxBackoffSeconds: must not be below podInitialBackoffSeconds",
          "8:15 error profiles[0].pluginConfig[0].args: both minCandidateNodesPercentage and "
            + "minCandidateNodesAbsolute cannot be zero",
          "10:40 error profiles[0].pluginConfig[1].args.ignoredResourceGroups[0]: a group is the "
            + "part before the '/': 'a.io'",
        ])
  }

  @Test("What is wrong or unknown is said where it stands, all of it at once")
  func mistakes() throws {
    #expect(
      try complaints(
        """
        percentageOfNodesToScore: 120
        profiles:
          - plugins:
              scores: {}
              score: {enabled: [{name: NodeResourceFit}]}
            pluginConfig:
              - name: NodeResourcesFit
                args:
                  scoringStrategy:
                    type: LeastAllocatd
              - name: PodTopologySpread
                args:
                  defaultConstraints:
                    - {maxSkew: 0, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}
              - name: InterPodAffinity
                args: {hardPodAffinityWeight: 101, ignorePreferredTermsOfExistingPods: true}
        """) == [
          "3:27 error percentageOfNodesToScore: expected a number from 0 to 100, found 120",
          "6:7 error profiles[0].plugins.scores: unknown key 'scores'",
          "7:32 error profiles[0].plugins.score.enabled[0].name: no plugin is called "
            + "'NodeResourceFit'",
          "12:19 error profiles[0].pluginConfig[0].args.scoringStrategy.type: unknown value "
            + "'LeastAllocatd'",
          "16:25 error profiles[0].pluginConfig[1].args.defaultConstraints[0].maxSkew: expected a "
            + "number from 1 to 2147483647, found 0",
          "18:39 error profiles[0].pluginConfig[2].args.hardPodAffinityWeight: expected a number "
            + "from 0 to 100, found 101",
        ])
    #expect(SchedulerConfiguration.load("/nowhere/at/all.yaml").isMissing)
  }

  @Test("Two profiles of one name, and default constraints beside the system's, are refused")
  func contradictions() throws {
    #expect(
      try complaints("profiles: [{schedulerName: a}, {schedulerName: a}]") == [
        "3:32 error profiles[1]: two profiles are called 'a'"
      ])
    #expect(
      try complaints(
        """
        profiles:
          - pluginConfig:
              - name: PodTopologySpread
                args:
                  defaultConstraints:
                    - {maxSkew: 1, topologyKey: z, whenUnsatisfiable: DoNotSchedule}
        """) == [
          "8:13 error profiles[0].pluginConfig[0].args.defaultConstraints: with the defaultingType "
            + "System there may be none"
        ])
  }
}
