import Documents
import Foundation
import SimulationKernel
import Testing
import TimeUnits

@testable import Conformance

@Suite("Dry runs of cluster-autoscaler")
struct AutoscalerDryRunTests {
  private func recording(_ file: String) throws -> AutoscalerRecording {
    let document = try JSONReader.read(AutoscalerRecordingTests.text(file))
    return try #require(
      AutoscalerRecording(DocumentCursor(document, file: file, sink: DiagnosticSink())))
  }

  private func ties(_ seed: UInt64) -> RandomStream {
    RandomStreams(seed: seed).stream("dry-run.cluster-autoscaler.ties")
  }

  private func json(_ file: String, seed: UInt64) throws -> String {
    var writer = JSONWriter()
    try AutoscalerDryRun(recording(file), ties: ties(seed)).write(to: &writer)
    return writer.text
  }

  private static let files = [
    "05-leastwaste-mem-heavy.json", "08-no-balance-3zones.json", "13-scaledown-empty.json",
  ]

  @Test("the same seed gives the same JSON", arguments: files)
  func repeats(_ file: String) throws {
    #expect(try json(file, seed: 7) == json(file, seed: 7))
  }

  @Test("where nothing is left to chance every seed decides alike")
  func seeds() throws {
    func decisions(_ seed: UInt64) throws -> [String] {
      try AutoscalerDryRun(recording("01-scaleup-simple.json"), ties: ties(seed)).timeline
        .compactMap { entry in
          switch entry.event {
          case .increaseSize, .decreaseTargetSize: "\(entry)"
          default: nil
          }
        }
    }
    let first = try decisions(1)
    #expect(!first.isEmpty)
    for seed: UInt64 in 2...8 { #expect(try decisions(seed) == first) }
  }

  @Test("where groups are equally good seeds choose among them, and how many is the same")
  func chosenGroups() throws {
    var groups: Set<String> = []
    var totals: Set<Int> = []
    for seed: UInt64 in 1...16 {
      let run = try AutoscalerDryRun(recording("08-no-balance-3zones.json"), ties: ties(seed))
      for entry in run.timeline {
        if case .increaseSize(let group, let count) = entry.event {
          groups.insert(group)
          totals.insert(count)
          break
        }
      }
    }
    #expect(groups.count > 1 && totals.count == 1)
  }

  @Test("a copy made in the middle of a run goes on like the original", arguments: files)
  func checkpoint(_ file: String) throws {
    let recording = try recording(file)
    var world = try AutoscalerWorld(recording, ties: AutoscalerTies(ties(3)))
    world.run(until: .zero + recording.duration / 2)
    var copy = world
    let before = world.timeline.count
    copy.run()
    #expect(world.timeline.count == before && !world.isOver && copy.isOver)
    world.run()
    #expect(world.timeline == copy.timeline && world.samples == copy.samples)
    let whole = try AutoscalerDryRun(recording, ties: ties(3))
    #expect(whole.timeline == copy.timeline)
  }

  @Test("every mistake of a case is told with its place")
  func mistakes() throws {
    let text = """
      {"case": {"name": "x", "durationSec": 600,
        "flags": {"scan-intervall": "10s", "max-nodes-total": "many",
          "expander": "random,least-waste"},
        "groups": [
          {"id": "a", "min": 3, "max": 1, "template": {"name": "t", "allocatable": {"cpu": "1"}}},
          {"id": "b", "min": 0, "max": 1},
          {"min": 0, "max": 1, "template": {"name": "t", "allocatable": {"cpu": "1"}}}]}}
      """
    let sink = DiagnosticSink()
    let document = try JSONReader.read(text)
    #expect(AutoscalerRecording(DocumentCursor(document, file: "x.json", sink: sink)) == nil)
    let places = sink.sorted.filter { $0.severity == .error }.map(\.path)
    #expect(
      Set(places) == [
        "case.flags.scan-intervall", "case.flags.max-nodes-total", "case.flags", "case.groups[0]",
        "case.groups[1]", "case.groups[2]",
      ])
    #expect(places.count == 6)
  }
}
