import ClusterState
import KubernetesObjects
import Scenarios
import SimulationKernel
import TimeUnits
import Traces

// Pods that come and go at the times of a table. Each schedules its successor and its own end, so
// that only what is alive waits in the event list.
extension ClusterModel {
  /// Schedules the first arrival and the first look.
  func startArrivals(in context: inout ClusterContext) {
    guard let first = arrivals.pods.first else { return }
    context.schedule(.arrival(.arrive(0)), at: first.created)
    scheduleLook(in: &context)
  }

  private func scheduleLook(in context: inout ClusterContext) {
    guard context.now < arrivals.end else { return }
    context.schedule(
      .arrival(.look), at: min(context.now + arrivals.lookEvery, arrivals.end),
      priority: .measurement)
  }

  mutating func handle(_ event: ArrivalEvent, in context: inout ClusterContext) {
    switch event {
    case .arrive(let index): arrive(Int(index), in: &context)
    case .leave(let pod):
      // It is over and deleted without grace; who was evicted is gone already.
      if cluster.pods.contains(pod) {
        _ = try? write(.deletePod(pod, graceSeconds: 0), in: &context)
      }
    case .look:
      context.record(.allocation(allocation()))
      scheduleLook(in: &context)
    }
  }

  private mutating func arrive(_ index: Int, in context: inout ClusterContext) {
    let arrival = arrivals.pods[index]
    if index + 1 < arrivals.pods.count {
      context.schedule(
        .arrival(.arrive(UInt32(index + 1))), at: arrivals.pods[index + 1].created)
    }
    do throws(Refusal) {
      guard case .pod(let id) = try create(sharing: arrival.pod, in: &context) else { return }
      if let deleted = arrival.deleted {
        context.schedule(.arrival(.leave(id)), at: deleted)
      }
    } catch { refuse("Pod", arrival.pod.metadata, error) }
  }

  /// Remembers what the API server refused of what the scenario brings.
  mutating func refuse(_ kind: String, _ metadata: ObjectMeta, _ refusal: Refusal) {
    refusals.append("\(kind) \(metadata.name) was refused: \(refusal.message)")
  }

  /// What the pods on all nodes ask for, beside what these offer; and who has no node.
  func allocation() -> AllocationSample {
    var offered = ResourceVector()
    var requested = ResourceVector()
    var placed: Int64 = 0
    var slots: Int64 = 0
    for id in cluster.nodes.ids {
      cluster.nodes.read(id) { node in
        offered += ResourceVector(node.status.allocatable)
        slots += node.status.allocatable[ResourceName.pods]?.value ?? 0
      }
      for pod in cluster.podIDs(onNode: id) {
        cluster.pods.read(pod) { pod in
          guard !pod.status.phase.isTerminal else { return }
          requested += pod.spec.value.requests
          placed += 1
        }
      }
    }
    let waiting = cluster.pods.ids.count { id in
      cluster.pods.read(id) { $0.nodeName == nil && !$0.status.phase.isTerminal } ?? false
    }
    var sample = AllocationSample(placed: placed, waiting: Int64(waiting))
    sample.add(ResourceName.cpu, requested.milliCPU, of: offered.milliCPU)
    sample.add(ResourceName.memory, requested.memory, of: offered.memory)
    for scalar in offered.scalars where !scalar.name.hasPrefix(ResourceName.hugePagesPrefix) {
      sample.add(scalar.name, requested.scalar(scalar.name), of: scalar.value)
    }
    sample.add(ResourceName.pods, placed, of: slots)
    return sample
  }
}
