import ClusterSimulation
import ClusterState
import Experiments
import KubernetesObjects
import ScenarioFiles
import Scenarios
import SimulationKernel
import TestSupport
import Testing
import TimeUnits
import Traces

/// The story of the anomaly pipeline and what would have kept it from happening.
@Suite struct StoryTests {
  static let stories = [
    "anomalia-machina-7", "anomalia-machina-7-requests", "anomalia-machina-7-limits",
    "anomalia-machina-7-default-heap", "anomalia-machina-7-fixed-heap",
    "anomalia-machina-7-current",
  ]

  /// With the Cluster Autoscaler; longer, so that one copy of each has to do.
  static let autoscaled = [
    "anomalia-machina-7-autoscaled", "anomalia-machina-7-autoscaled-current",
    "anomalia-machina-7-autoscaled-no-requests",
    "anomalia-machina-7-autoscaled-no-requests-current",
  ]

  private static func setup(_ name: String, _ settings: [Setting] = []) throws -> ClusterSetup {
    try TestRuns.setup(file: "models/scenarios/\(name).yaml", settings: settings)
  }

  private static let drawn = Setting(path: "spec.nodeLoad.parameters", value: "drawn")

  @Test("a story does what it tells, claim by claim", arguments: stories + autoscaled)
  func claims(name: String) throws {
    var run = try ClusterRun(Self.setup(name))
    run.run(until: run.horizon)
    let summary = run.summary(version: "test")
    #expect(summary.expectations.count >= 2)
    for expectation in summary.expectations {
      #expect(expectation.passed, "\(expectation.text): found \(expectation.actual)")
    }
  }

  @Test("a copy at each tenth ends as the run itself, byte for byte", arguments: stories)
  func checkpoints(name: String) throws {
    var whole = try ClusterRun(Self.setup(name))
    let horizon = whole.horizon
    var copies: [ClusterRun] = []
    for tenth in 1...9 {
      whole.run(until: SimulationTime(nanoseconds: horizon.nanoseconds / 10 * Int64(tenth)))
      copies.append(whole)
    }
    whole.run(until: horizon)
    for var copy in copies {
      copy.run(until: horizon)
      #expect(copy.observer.digest.text == whole.observer.digest.text)
    }
  }

  @Test("a copy in the middle of an autoscaled story ends as the run itself", arguments: autoscaled)
  func autoscaledCheckpoint(name: String) throws {
    var whole = try ClusterRun(Self.setup(name))
    whole.run(until: SimulationTime(nanoseconds: whole.horizon.nanoseconds / 2))
    var copy = whole
    whole.run(until: whole.horizon)
    copy.run(until: copy.horizon)
    #expect(copy.observer.digest.text == whole.observer.digest.text)
  }

  @Test("looking at machines changes nothing: with and without records the same pods are left")
  func observing() throws {
    let setup = try Self.setup("anomalia-machina-7")
    var seen = try ClusterModel.assemble(setup)
    var unseen = seen
    unseen.context.isRecording = false
    seen.run(until: .seconds(5_400))
    unseen.run(until: .seconds(5_400))
    let pods = seen.model.cluster.pods.ids
    #expect(pods == unseen.model.cluster.pods.ids)
    for pod in pods {
      #expect(
        seen.model.cluster.pods[pod]?.status.phase == unseen.model.cluster.pods[pod]?.status.phase)
    }
  }

  @Test("with requests no node is lost, whatever the figures")
  func requests() throws {
    let summaries = try ReplicationRunner.run(
      Self.setup("anomalia-machina-7-requests", [Self.drawn]), count: 20, version: "test")
    for summary in summaries {
      for expectation in summary.expectations {
        #expect(expectation.passed, "seed \(summary.seed): \(expectation.text)")
      }
    }
  }

  @Test("the story's nodes are lost under some of the figures and not under others")
  func share() throws {
    let summaries = try ReplicationRunner.run(
      Self.setup("anomalia-machina-7", [Self.drawn]), count: 20, version: "test")
    let claim = "there is a time at which no node is Ready"
    let lost = summaries.count { summary in
      summary.expectations.contains { $0.text == claim && $0.passed }
    }
    #expect((1...19).contains(lost))
  }

  @Test("every figure drawn lies in its range, and the middle is the default")
  func figures() throws {
    let model = TestRuns.models.nodeLoad
    #expect(model.ranges[.systemMemory]?.middle == 600)
    #expect(abs((model.ranges[.readSize]?.middle ?? 0) - 32) < 1e-9)
    for range in model.ranges.values {
      #expect(range.from <= range.middle && range.middle <= range.to)
    }
  }
}
