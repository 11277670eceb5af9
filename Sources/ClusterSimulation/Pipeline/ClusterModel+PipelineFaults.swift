import NetworkModel
import PipelineModel
import Scenarios
import SimulationKernel
import TimeUnits
import Traces

// What breaks, and heals again.
extension ClusterModel {
  mutating func breakDown(_ fault: FaultSpec, in context: inout ClusterContext) {
    let now = context.now
    switch fault.target {
    case .node(let service, let number):
      if service == pipeline!.cassandra.name {
        pipeline!.machine.stopNode(number, at: now)
      } else {
        pipeline!.machine.loseBroker(number, at: now)
      }
    case .link(let a, let b):
      let geography = pipeline!.network.geography
      if let a = geography.id(ofRegion: a), let b = geography.id(ofRegion: b) {
        pipeline!.machine.cut(a, b, until: now + fault.lasts, at: now)
      }
    }
    context.record(.fault(what: fault.what, began: true))
  }

  mutating func heal(_ fault: FaultSpec, in context: inout ClusterContext) {
    let now = context.now
    if case .node(let service, let number) = fault.target {
      if service == pipeline!.cassandra.name {
        pipeline!.machine.startNode(number, at: now)
      } else {
        pipeline!.machine.returnBroker(number, at: now)
      }
    }
    context.record(.fault(what: fault.what, began: false))
  }
}

extension FaultSpec {
  /// In words.
  var what: String {
    switch target {
    case .node(let service, let number): "node \(number) of \(service)"
    case .link(let a, let b): "the link between \(a) and \(b)"
    }
  }
}
