import AWSObjects
import ClusterSimulation
import ClusterState
import EC2AutoScaling
import KubernetesObjects
import SimulationKernel
import TimeUnits
import Traces

/// What must hold in every world at every time, in words where it does not.
struct Checker {
  private var created = 0
  private var gone = 0
  private var bound: [PodName: String] = [:]
  private var capacityChanged = SimulationTime.zero
  private(set) var faults: [String] = []

  /// Follows the records: a pod is bound once, and goes once.
  mutating func absorb(_ record: TraceRecord, at time: SimulationTime) {
    switch record {
    case .podCreated: created += 1
    case .podGone(let pod):
      gone += 1
      bound[pod] = nil
    case .podBound(let pod, let node):
      if let old = bound.updateValue(node, forKey: pod) {
        faults.append("\(time.secondsValue) s: \(pod.name) was bound to \(old), now to \(node)")
      }
    case .groupCapacity: capacityChanged = time
    default: break
    }
  }

  /// Looks at the state between two events.
  mutating func check(_ run: ClusterRun) {
    let cluster = run.simulation.model.cluster
    let time = "\(run.now.secondsValue) s: "
    faults += cluster.indexFaults().map { time + $0 }
    if created - gone != cluster.pods.count {
      faults.append(time + "\(created) pods created, \(gone) gone, \(cluster.pods.count) there")
    }
    checkCapacity(cluster, time)
    let cloud = run.simulation.model.world.cloud
    faults += cloud.brokenInvariants.map { time + $0 }
    for group in cloud.groups {
      let counted = group.members.count(where: \.lifecycle.counts)
      // A lowered maximum takes the group some seconds to follow.
      if counted > group.maxSize, run.now - capacityChanged > .seconds(60) {
        faults.append(time + "group \(group.name) has \(counted) instances, max \(group.maxSize)")
      }
    }
  }

  private mutating func checkCapacity(_ cluster: Cluster, _ time: String) {
    for id in cluster.nodes.ids {
      guard let node = cluster.nodes[id] else { continue }
      var requested = ResourceVector()
      var count: Int64 = 0
      for podID in cluster.podIDs(onNode: id) {
        guard let pod = cluster.pods[podID], !pod.status.phase.isTerminal else { continue }
        requested += pod.spec.value.requests
        count += 1
      }
      let room = ResourceVector(node.status.allocatable)
      if requested.milliCPU > room.milliCPU || requested.memory > room.memory
        || count > node.status.allocatable[ResourceName.pods]?.value ?? 0
      {
        faults.append(
          time + "\(node.name) holds \(requested.milliCPU)m, \(requested.memory) B, \(count) pods")
      }
    }
  }
}
