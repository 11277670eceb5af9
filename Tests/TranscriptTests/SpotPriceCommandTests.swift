import Foundation
import TestSupport
import Testing

/// A managed spot group of a ClusterConfig, with the answer of `describe-spot-price-history`.
@Suite struct SpotPriceCommandTests {
  private static let files = [
    "s.yaml": """
    apiVersion: seatrial/v1
    kind: Scenario
    metadata: {name: s}
    spec:
      horizon: 2h
      cloud: {clusterConfig: c.yaml, spotPrices: p.json}

    """,
    "c.yaml": """
    apiVersion: eksctl.io/v1alpha5
    kind: ClusterConfig
    metadata: {name: blue, region: us-east-1, version: "1.34"}
    managedNodeGroups:
      - {name: a, instanceType: m5.large, desiredCapacity: 1, spot: true,
         availabilityZones: [us-east-1a]}

    """,
    "p.json": """
    {"SpotPriceHistory": [
      {"AvailabilityZone": "us-east-1a", "InstanceType": "m5.large", "SpotPrice": "0.0345",
       "ProductDescription": "Linux/UNIX", "Timestamp": "2026-07-19T08:00:00.000Z"},
      {"AvailabilityZone": "us-east-1a", "InstanceType": "m5.large", "SpotPrice": "0.0400",
       "ProductDescription": "Linux/UNIX", "Timestamp": "2026-07-20T01:00:00.000Z"}]}

    """,
  ]

  private func run(_ files: [String: String]) throws -> String {
    let folder = NSTemporaryDirectory() + "spot-\(ProcessInfo.processInfo.globallyUniqueString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, text) in files {
      try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }
    let run = try TestRuns.command(["run", "s.yaml", "--out", "run"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    return run.output
  }

  @Test("an hour at each price of the day; without a price of its zone it is named")
  func history() throws {
    let output = try run(Self.files)
    for text in [
      "$0.0345 m5.large, spot: 1.0 h at $0.0345/h", "$0.0400 m5.large, spot: 1.0 h at $0.04/h",
    ] {
      #expect(output.contains(text), "\(text) in \(output)")
    }
    var elsewhere = Self.files
    elsewhere["p.json"] = Self.files["p.json"]?.replacingOccurrences(of: "1a", with: "1b")
    let other = try run(elsewhere)
    #expect(!other.contains("m5.large, spot:"), "\(other)")
    #expect(
      other.contains("no price is known for m5.large as a spot instance in us-east-1a"), "\(other)")
  }

  @Test("without prices of the day a spot instance costs on demand less the discount, assumed")
  func discount() throws {
    var files = Self.files
    files["s.yaml"] = Self.files["s.yaml"]?.replacingOccurrences(
      of: ", spotPrices: p.json", with: "")
    let output = try run(files)
    #expect(
      output.contains("m5.large, spot: 2.0 h at $0.0336") && output.contains("less 65 %"),
      "\(output)")
  }
}
