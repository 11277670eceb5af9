/// Keeps pods off nodes on which a port they want of the machine is taken
/// (`plugins/nodeports` 1.36).
struct NodePorts: RowFilterPlugin {
  let name = PluginName.nodePorts

  func prepare(_ cycle: inout CycleState, _ snapshot: inout SchedulerSnapshot) -> Bool {
    !snapshot.classes.classes[Int(cycle.podClass)].ports.isEmpty
  }

  func verdict(
    ofRow row: Int, _ cycle: CycleState, _ snapshot: SchedulerSnapshot, _ pod: PodClass
  ) -> FailureReasons {
    for used in snapshot.rows[row].usedPorts where pod.ports.contains(where: used.conflicts) {
      return .ports
    }
    return []
  }
}
