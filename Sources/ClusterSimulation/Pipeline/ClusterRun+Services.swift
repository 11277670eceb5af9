import AWSObjects
import EC2AutoScaling
import NetworkModel
import PipelineModel
import Scenarios
import ServiceModel
import SimulationKernel
import TimeUnits
public import Traces

// What the data tier costs, and what a month of it would.
extension ClusterRun {
  /// Adds the services' machines by the hour, and the data that moved.
  func addServices(_ bill: inout Bill) {
    let scenario = setup.scenario
    for service in scenario.services {
      let instances = (0..<service.nodes).map { number in
        var instance = Instance(
          id: InstanceID(UInt32(number)), instanceType: service.instanceType,
          zone: AvailabilityZone(service.zones[number % service.zones.count]), launchTime: .zero)
        instance.enter(.running, at: .zero)
        return instance
      }
      bill.add(
        instances, in: Region(service.region), prices: setup.aws.prices, epoch: scenario.date,
        at: now)
    }
    addTransfer(&bill)
  }

  private func addTransfer(_ bill: inout Bill) {
    guard let pipeline = simulation.model.pipeline else { return }
    let prices = setup.aws.transferPrices
    let date = setup.scenario.date
    for line in pipeline.machine.transfer.lines {
      switch line.border {
      case .withinZone: break
      case .betweenZones(let region):
        bill.addTransfer(
          betweenZonesOf: Region(region), gigabytes: line.gigabytes, prices: prices, at: date)
      case .betweenRegions(let from, let to):
        bill.addTransfer(
          from: Region(from), to: Region(to), gigabytes: line.gigabytes, prices: prices, at: date)
      }
    }
  }

  /// A month as AWS counts it: 730 hours.
  private static let month = 730 * 3_600.0

  /// What the pipeline came to, beside what its scrapes say.
  var pipelineMetrics: [(name: MetricName, value: Double)] {
    guard let pipeline = simulation.model.pipeline, now > .zero else { return [] }
    var bill = Bill()
    addTransfer(&bill)
    let machine = pipeline.machine
    let seconds = now.secondsValue
    func figure(_ name: String, _ value: Double) -> (name: MetricName, value: Double) {
      (MetricName(name), value)
    }
    return [
      figure("seatrial_transfer_usd", bill.usd),
      figure("seatrial_transfer_usd_per_month", bill.usd / seconds * Self.month),
      figure("seatrial_pipeline_latency_mean_seconds", machine.endToEnd.mean / 1e9),
      figure("seatrial_pipeline_service_mean_seconds", machine.service.mean / 1e9),
    ] + perPod(pipeline)
  }

  /// Checks a second of a pod, from its first check on: the mean over the pods at the end.
  private func perPod(_ pipeline: PipelineWorld) -> [(name: MetricName, value: Double)] {
    let rates = pipeline.members.compactMap { member -> Double? in
      guard let consumer = member.consumer, let since = member.since, now > since else {
        return nil
      }
      return Double(pipeline.machine.counts(of: consumer).checked) / (now - since).secondsValue
    }
    guard !rates.isEmpty else { return [] }
    let mean = rates.reduce(0, +) / Double(rates.count)
    return [(MetricName("seatrial_pipeline_checks_per_second_per_pod"), mean)]
  }

  /// What the scrapes of the application's pods returned, in the order of time.
  public var applicationSamples: [ApplicationSample] { simulation.model.pipeline?.samples ?? [] }

  /// The messages that were followed, in the order in which they were handed over.
  public var journeys: [MessageJourney] { simulation.model.pipeline?.journeys ?? [] }
}
