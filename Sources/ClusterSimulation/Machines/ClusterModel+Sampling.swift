import NodeModel
import SimulationKernel
import TimeUnits
import Traces

// What a monitoring system sees: every machine and every workload, each fifteen seconds.
extension ClusterModel {
  /// Prometheus' default scrape interval is a minute, the operator's and ours 15 s.
  static let samplingInterval = Duration.seconds(15)

  // Looks at copies: observing a machine must not divide its steps anew.
  mutating func sample(in context: inout ClusterContext) {
    context.schedule(.sample, after: Self.samplingInterval, priority: .measurement)
    guard context.isRecording, let loads else { return }
    var usages = loads.ended
    for index in kubelets.agents.indices {
      guard kubelets.agents[index].hasMachine else { continue }
      var machine = kubelets.agents[index].machine!
      machine.advance(to: context.now)
      context.record(.nodeLoad(NodeLoadSample(kubelets.agents[index].nodeName, machine)))
      machine.forEachContainer { place, usage in
        let number = kubelets.agents[index].placeWorkloads[Int(place)]
        usages[number].containers += 1
        usages[number].memory += usage.memory
        usages[number].add(usage)
      }
    }
    for (number, usage) in usages.enumerated() {
      context.record(
        .workloadUsage(
          WorkloadSample(
            workload: loads.workloads[number], containers: Int64(usage.containers),
            memoryMiB: Int64(usage.memory.rounded()),
            cpuMilliseconds: Int64((usage.cpuSeconds * 1_000).rounded()),
            periods: Int64(usage.periods), throttledPeriods: Int64(usage.throttledPeriods),
            throttledMilliseconds: Int64((usage.throttledSeconds * 1_000).rounded()))))
    }
  }
}

extension NodeLoadSample {
  init(_ name: String, _ machine: NodeMachine) {
    func perMille(_ share: Double) -> Int64 { Int64((share * 1_000).rounded()) }
    self.init(
      name: name, availableMiB: Int64(machine.availableMemory.rounded(.down)),
      missingPerMille: perMille(machine.missingShare),
      daemonSpeedPerMillion: Int64((machine.daemonSpeed * 1e6).rounded()),
      readsPerSecond: Int64(machine.readsPerSecond.rounded()),
      credits: Int64(machine.credits), cpuMillis: perMille(machine.usedCores))
  }
}
