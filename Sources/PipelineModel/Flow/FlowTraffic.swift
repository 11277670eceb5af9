import NetworkModel

/// Bytes of a flow: means of a check by the zone of its pod, times checks.
struct FlowTraffic: Sendable {
  private let zones: Int
  private let geography: Geography
  /// By zone of the pod: bytes of a check between each pair of zones, and of each row.
  private var perCheck: [[Double]] = []
  private var perRow: [[Double]] = []
  private let recordSize: Double
  private var bytes: [Double]
  /// What is not in `bytes` yet.
  private var checks: [Double]
  private var rows: [Double]

  init(_ settings: PipelineSettings, _ network: Network, nodeZones: [ZoneID], _ nodes: FlowNodes) {
    geography = network.geography
    zones = geography.zones.count
    recordSize = Double(settings.sizes.record)
    bytes = Array(repeating: 0, count: zones * zones)
    checks = Array(repeating: 0, count: zones)
    rows = checks
    update(settings, nodeZones: nodeZones, nodes)
  }

  mutating func addRecords(_ amount: Double, from broker: ZoneID, to pod: ZoneID) {
    bytes[Int(broker.index) * zones + Int(pod.index)] += amount * recordSize
  }

  mutating func addChecks(_ amount: Double, zone: ZoneID, rows perRead: Double) {
    checks[Int(zone.index)] += amount
    rows[Int(zone.index)] += amount * perRead
  }

  /// The bytes so far, in whole numbers.
  var meter: TransferMeter {
    var now = self
    now.settle()
    var meter = TransferMeter(geography)
    for source in 0..<zones {
      for destination in 0..<zones {
        meter.add(
          Int64(now.bytes[source * zones + destination]), from: ZoneID(source),
          to: ZoneID(destination))
      }
    }
    return meter
  }

  private mutating func settle() {
    for zone in 0..<zones where checks[zone] > 0 {
      for pair in bytes.indices {
        bytes[pair] += checks[zone] * perCheck[zone][pair] + rows[zone] * perRow[zone][pair]
      }
      checks[zone] = 0
      rows[zone] = 0
    }
  }

  /// Some node has gone or come: what a check moves from now on, as in `PipelineMachine`.
  mutating func update(_ settings: PipelineSettings, nodeZones: [ZoneID], _ nodes: FlowNodes) {
    if !perCheck.isEmpty { settle() }
    let none = Array(repeating: 0.0, count: zones * zones)
    perCheck = Array(repeating: none, count: zones)
    perRow = perCheck
    let factor = settings.replicationFactor
    let weight = Double(factor) / Double(settings.replicaSets.count)
    for first in stride(from: 0, to: settings.replicaSets.count, by: factor) {
      let set = settings.replicaSets[first..<(first + factor)].map { Int($0) }
      let live = set.filter { nodes.isKnownUp[$0] && nodes.isUp[$0] }
      guard live.count >= settings.readsRequired else { continue }
      for home in live {
        add(settings, set, home, live, nodeZones, weight / Double(live.count))
      }
    }
  }

  /// What one set costs if a node reads and passes the write on.
  private mutating func add(
    _ settings: PipelineSettings, _ set: [Int], _ home: Int, _ live: [Int], _ nodeZones: [ZoneID],
    _ weight: Double
  ) {
    let sizes = settings.sizes
    let to = Int(nodeZones[home].index)
    for zone in 0..<zones {
      perCheck[zone][zone * zones + to] += weight * Double(sizes.readRequest + sizes.write)
      perCheck[zone][to * zones + zone] += weight * Double(sizes.readAnswer)
      perRow[zone][to * zones + zone] += weight * Double(sizes.row)
      var digests = settings.readsRequired - 1
      for other in live where other != home {
        let there = Int(nodeZones[other].index)
        perCheck[zone][to * zones + there] += weight * Double(sizes.write)
        guard digests > 0 else { continue }
        digests -= 1
        perCheck[zone][to * zones + there] += weight * Double(sizes.readRequest)
        perCheck[zone][there * zones + to] += weight * Double(sizes.readAnswer)
      }
    }
  }
}
