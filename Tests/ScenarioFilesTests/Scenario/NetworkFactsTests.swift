import AWSObjects
import Documents
import Foundation
import NetworkModel
import ScenarioFiles
import Testing

@Suite struct NetworkFactsTests {
  @Test("the shipped table has 19 regions, each to each, and Virginia to Ohio as published")
  func shipped() throws {
    let facts = try ScenarioFolder.library.get().network
    #expect(facts.regions.regions.count == 19 && facts.regions.count == 361)
    let figures = try facts.regions.roundTrip(from: "us-east-1", to: "us-east-2")
    #expect(figures.minimum == 10.457 && figures.mean == 10.549)
    #expect(facts.regionsProvenance.mark == .measured && facts.sameZone.provenance.mark == .assumed)
    let geography = Geography(
      facts.regions.regions.map { Geography.Zone(region: $0, name: "\($0)a") })
    let network = try facts.network(of: geography)
    #expect(network.paths.count == 2 + 342)
    for (index, name) in facts.regions.regions.enumerated().dropFirst() {
      let mean = try facts.regions.roundTrip(from: facts.regions.regions[0], to: name).mean
      #expect(abs(network.meanRoundTrip(from: ZoneID(0), to: ZoneID(index)) - mean * 1e6) < 1)
    }
  }

  @Test("a region without measurements is named with the nearest that has some")
  func unknownRegion() throws {
    let facts = try ScenarioFolder.library.get().network
    let sink = DiagnosticSink()
    let place = DocumentCursor(
      DocumentNode(.plain("x"), line: 4, column: 9), path: "spec.regions", file: "s.yaml",
      sink: sink)
    facts.reportMissing(among: ["us-east-1", "us-east-2"], at: place)
    #expect(sink.diagnostics.isEmpty)
    facts.reportMissing(among: ["us-east-1", "us-west-3"], at: place)
    let text = sink.diagnostics.map(\.description).joined(separator: "\n")
    #expect(
      text.hasPrefix(
        "s.yaml:4:9: error: spec.regions: no latency between us-east-1 and us-west-3 is known; "
          + "regions with measurements are af-south-1, ap-east-1, "))
    #expect(text.hasSuffix("(did you mean 'us-west-1'?)"))
  }

  @Test("mistakes in the document and in the table come out together, each with its place")
  func mistakes() throws {
    try ScenarioFolder.with([
      "aws/instance-types.csv": "instance_type\n",
      "aws/network.yaml": """
      sameZone: {minimum: 2, mean: 1, maximum: 3, deviation: 0, unit: ms, mark: assumed, source: a}
      otherZone: {minimum: 1, mean: 1, maximum: 1, unit: s, mark: guessed, source: a}
      betweenRegions: {table: t.csv, unit: ms, mark: measured, source: b}
      """,
      "aws/t.csv": """
      source,destination,min_ms,avg_ms,max_ms,mdev_ms
      a-1,b-1,1,x,3,0
      a-1,c-1,1,0.5,3,0
      """,
    ]) { folder in
      let error = #expect(throws: ModelLibrary.Broken.self) { try ModelLibrary.load(folder) }
      let text = error?.description.replacingOccurrences(of: folder + "/", with: "") ?? ""
      for line in [
        "aws/network.yaml:1:11: error: sameZone: the mean lies between the minimum and the maximum",
        "aws/network.yaml:2:12: error: otherZone: 'deviation' is missing",
        "aws/network.yaml:2:52: error: otherZone.unit: the unit of a round trip is ms",
        "aws/network.yaml:2:61: error: otherZone.mark: unknown value 'guessed'",
        "aws/t.csv:2:11: error: avg_ms: expected a number, found \"x\"",
        "aws/t.csv:3:11: error: avg_ms: the mean lies between the minimum and the maximum",
      ] {
        #expect(text.contains(line), "\(line)\n\(text)")
      }
    }
  }
}
