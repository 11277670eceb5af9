import Foundation
import TestSupport
import Testing

/// Scenarios with services from the command line.
@Suite struct ServiceCommandTests {
  private static let wrong = """
    apiVersion: seatrial/v1
    kind: Scenario
    metadata: {name: wrong}
    spec:
      horizon: 10m
      cloud:
        region: us-east-1
        nodeGroups:
          - {name: workers, instanceType: m5.xlarge, min: 1, max: 2}
      services:
        - {kind: kafka, name: k, nodes: 3, instanceType: r4.xlarge, partitions: 0,
           replicationFactor: 4}
        - {kind: cassandra, name: c, region: eu-south-2, nodes: 3, instanceType: i3.2xlarge}
      faults:
        - {at: 11m, for: 1m, node: k/3}

    """

  @Test("zero partitions, too many copies, a region without a latency and a wrong fault at once")
  func mistakes() throws {
    let file = NSTemporaryDirectory() + "wrong-\(ProcessInfo.processInfo.globallyUniqueString).yaml"
    defer { try? FileManager.default.removeItem(atPath: file) }
    try Self.wrong.write(toFile: file, atomically: true, encoding: .utf8)
    let run = try TestRuns.command(["validate", file])
    #expect(run.status == 65)
    let errors = run.errors.split(separator: "\n").filter { $0.contains(": error: ") }.map {
      $0.dropFirst(file.count)
    }
    let expected = [
      ":11:77: error: spec.services[0].partitions: a topic has at least one partition, found 0",
      ":12:27: error: spec.services[0].replicationFactor: Replication factor: 4 larger than "
        + "available brokers: 3.",
      ":13:42: error: spec.services[1].region: no latency between us-east-1 and eu-south-2 is known",
      ":15:12: error: spec.faults[0].at: 11m is beyond the horizon of 10m",
      ":15:32: error: spec.faults[0].node: k has no node 3",
    ]
    #expect(errors.count == expected.count, "\(run.errors)")
    for (said, expected) in zip(errors, expected) {
      #expect(said.hasPrefix(expected), "\(said)")
    }
  }

  @Test("show lists the figures of the data tier with their marks")
  func show() throws {
    let run = try TestRuns.command(["show", "models/scenarios/pipeline-us-east-2.yaml"])
    #expect(run.status == 0, "\(run.errors)")
    for expected in [
      "spec.services[1].readCPU ", "default: assumed, within the bound that 18 000 checks/s set",
      "round trip, us-east-1 to us-east-2 ", "models/aws/region-rtt-ms.csv: measured, ",
      "default: published, Kafka 2.1, max.poll.interval.ms",
    ] {
      #expect(run.output.contains(expected), "\(expected)")
    }
  }
}
