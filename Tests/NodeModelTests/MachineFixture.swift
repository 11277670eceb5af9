import NodeModel
import TimeUnits

/// A machine and the loop that plays it, with every incident obeyed.
struct MachineFixture {
  var machine: NodeMachine
  var killed: [MemoryIncident] = []
  private(set) var steps = 0

  /// An m5.large as Kubernetes 1.11 ran it, unless told otherwise.
  init(
    memory: Double = 7_600, cores: Double = 2, volume: RootVolume = .gp2(gibibytes: 20),
    credits: Double? = nil, podMemoryLimit: Double? = nil,
    parameters: NodeParameters = NodeParameters()
  ) {
    machine = NodeMachine(
      NodeHardware(
        memory: memory, cores: cores, volume: volume, podMemoryLimit: podMemoryLimit,
        podWeight: 1024 * cores, systemWeight: 1024), parameters: parameters, credits: credits,
      at: .zero)
  }

  /// A JVM without requests, its heap rising to `heap` MiB.
  static func jvm(heap: Double, threads: Double = 5.66, growth: Double = 17.3) -> ContainerLoad {
    var load = ContainerLoad()
    load.threads = threads
    load.startCPU = 8
    load.startThreads = 2
    load.baseMemory = 170
    load.growthPerCPUSecond = growth
    load.fullMemory = 170 + heap
    load.files = 140
    load.image = 1
    return load
  }

  @discardableResult
  mutating func start(_ load: ContainerLoad, qos: PodGroupClass = .bestEffort) -> UInt32 {
    let pod = machine.addPod(PodGroup(qos: qos, weight: 2, quota: load.quota))
    let place = machine.start(load, owner: UInt64(pod), in: pod)
    machine.settle()
    return place
  }

  /// Plays until `seconds`; `observe` sees the machine after every change.
  mutating func run(until seconds: Double, observe: (NodeMachine) -> Void = { _ in }) {
    let end = SimulationTime(nanoseconds: Int64(seconds * 1e9))
    while machine.now < end {
      let next = min(machine.nextTime ?? end, end)
      machine.advance(to: next)
      while let incident = machine.takeIncident() {
        killed.append(incident)
        let pod = UInt32(machine.owner(of: incident.place)!)
        machine.stop(incident.place)
        machine.removePod(pod)
      }
      machine.settle()
      steps += 1
      observe(machine)
    }
  }
}
