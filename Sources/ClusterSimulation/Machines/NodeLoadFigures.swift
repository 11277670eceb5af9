import KubernetesObjects
import NodeModel
import Probability
import Scenarios
import SimulationKernel

/// The figures of loaded nodes that a run has: the middle of each range, or a draw from it, or what
/// the scenario says.
struct NodeLoadFigures: Sendable {
  /// By the order of the names.
  private var values: [Double] = []

  init(_ model: NodeLoadModel, spec: NodeLoadSpec, streams: RandomStreams) {
    for (index, name) in NodeLoadParameter.allCases.enumerated() {
      guard let range = model.ranges[name] else {
        preconditionFailure("the models have no \(name.rawValue)")
      }
      // One draw for each figure, whether it is used or not: what the scenario sets shifts nothing.
      var stream = streams.stream("node-load", entity: UInt64(index))
      let drawn = range.value(at: stream.openUniform())
      let given = spec.values.last { $0.name == name }?.value
      values.append(given ?? (spec.parameters == .drawn ? drawn : range.middle))
    }
  }

  subscript(name: NodeLoadParameter) -> Double {
    values[NodeLoadParameter.allCases.firstIndex(of: name)!]
  }

  /// The figures of a machine, in its units.
  func machine(_ release: KubernetesRelease) -> NodeParameters {
    var machine = NodeParameters()
    machine.systemMemory = self[.systemMemory]
    machine.systemFiles = self[.systemFiles]
    machine.readSize = self[.readSize] / 1_024
    machine.fileTouch = self[.fileTouch]
    machine.readLatency = self[.readLatency] / 1_000
    machine.reclaimStall = self[.reclaimStall] / 1_000
    machine.lowFiles = self[.lowFiles]
    machine.oomFiles = self[.oomFiles]
    machine.oomPatience = self[.oomPatience]
    machine.activeFileShare = self[.activeFileShare]
    machine.podOverhead = self[.podOverhead]
    machine.daemonThreads = self[.daemonThreads]
    machine.daemonCPU = self[.daemonCPU]
    machine.daemonCPUPerContainer = self[.daemonCPUPerContainer]
    machine.jobCPU = self[.jobCPU]
    // Kubernetes 1.11 on EKS ran Docker, today's images containerd.
    machine.relistCPU = self[release == .v1_11 ? .relistCPUDocker : .relistCPUContainerd]
    return machine
  }
}

extension NodeLoadRange {
  /// The value at a share of the way from one end to the other, on the range's scale.
  func value(at share: Double) -> Double {
    guard to > from else { return from }
    switch scale {
    case .linear: return from + (to - from) * share
    case .log: return (try? LogUniform(minimum: from, maximum: to))?.quantile(share) ?? from
    }
  }
}
