import AWSObjects
import EC2AutoScaling
import KubernetesObjects
import Scenarios
import SimulationKernel
import TimeUnits
import Traces

extension ClusterRun {
  func addBill(_ summary: inout RunSummary) {
    let scenario = setup.scenario
    // Nodes that manifests bring stand wherever they stand: nothing of AWS is known of them.
    if scenario.cloud.nodeGroups.isEmpty { return }
    let region = scenario.cloud.region
    var bill = Bill()
    addInstances(&bill)
    bill.add(
      rootVolumes, in: region, prices: setup.aws.volumePrices, epoch: scenario.date, at: now)
    addServices(&bill)
    bill.addControlPlane(
      setup.aws.eks, version: scenario.cloud.version, from: .zero, epoch: scenario.date, at: now)
    summary.costLines = bill.lines.map { line in
      RunSummary.CostLine(
        item: line.count == 1 ? line.item : "\(line.count) x \(line.item)",
        detail: "\(line.amount) at $\(line.usdPerUnit)/\(line.unit.rawValue) "
          + "(\(line.provenance.mark.rawValue): \(line.provenance.source))",
        usd: line.usd)
    }
    summary.warnings += bill.missing.map(\.description)
  }

  /// Spot instances at their prices of the day where the scenario brings any, at its discount else.
  private func addInstances(_ bill: inout Bill) {
    let cloud = setup.scenario.cloud
    let epoch = setup.scenario.date
    let all = simulation.model.world.cloud.instances
    let byDiscount =
      cloud.spotPrices == nil ? all : all.filter { $0.purchaseOption == .onDemand }
    bill.add(
      byDiscount, in: cloud.region, prices: setup.aws.prices, epoch: epoch,
      spotDiscount: cloud.spot.discount, at: now)
    if let prices = cloud.spotPrices {
      bill.addSpot(
        all.filter { $0.purchaseOption == .spot }, prices: prices, epoch: epoch, at: now)
    }
  }

  /// The volume that each instance booted from: its group's, or what the era's node groups had.
  private var rootVolumes: [VolumeUse] {
    let cloud = simulation.model.world.cloud
    let usual = RootVolumeSpec(type: setup.scenario.era.release == .v1_11 ? .gp2 : .gp3)
    return cloud.instances.map { instance in
      let name = cloud.launchGroup(of: instance.id)
      let group = setup.scenario.cloud.nodeGroups.first { $0.name == name }
      let volume = group?.volume ?? usual
      return VolumeUse(
        rootOf: instance, type: volume.type.rawValue, gibibytes: volume.gibibytes,
        iops: volume.iops, throughput: volume.throughput)
    }
  }
}

extension Bill.Line {
  /// `12.5 h`, `0.083 GiB-month`.
  fileprivate var amount: String {
    let value = unit == .hour ? Double(seconds) / 3_600 : quantity
    let digits: Double = unit == .hour ? 100 : 1_000
    return "\((value * digits).rounded() / digits) \(unit.rawValue)"
  }
}
