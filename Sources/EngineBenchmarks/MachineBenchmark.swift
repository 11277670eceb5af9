public import Documents
import NodeModel
import SimulationKernel
import TimeUnits

/// Overloaded machines for an hour: each an m5.large with more JVMs than memory, the kernel ending
/// the largest and each being started again a minute later. One event whenever something changes on
/// a machine.
public struct MachineBenchmark: Hashable, Sendable {
  public var machines: Int
  public var containers: Int
  public var seconds: Int64

  public init(machines: Int = 1_000, containers: Int = 25, seconds: Int64 = 3_600) {
    self.machines = machines
    self.containers = containers
    self.seconds = seconds
  }

  public struct Result: Hashable, Sendable {
    public var events: Int
    /// CPU time of this thread.
    public var cpuSeconds: Double
    /// How many containers the kernel ended.
    public var killed: Int
    /// The mean share of the programs' pages that is missing at the end.
    public var missing: Double

    public func write(to json: inout JSONWriter) {
      json.object { json in
        json.field("events", events)
        json.field("cpu_s", cpuSeconds)
        json.field("killed", killed)
        json.field("missing", missing)
      }
    }
  }

  public func run() -> Result {
    var simulation = Simulation(
      model: MachineModel(machines: machines, containers: containers), isRecording: false)
    simulation.model.begin(in: &simulation.context)
    let start = CPUTime.thisThread()
    let events = simulation.run(until: .seconds(seconds))
    let spent = Double(CPUTime.thisThread() - start) / 1e9
    let missing = simulation.model.machines.reduce(0) { $0 + $1.missingShare }
    return Result(
      events: events, cpuSeconds: spent, killed: simulation.model.killed,
      missing: missing / Double(machines))
  }
}

struct MachineModel: Model {
  enum Event: BitwiseCopyable, Sendable {
    case due(machine: UInt32)
    case restart(machine: UInt32, pod: UInt32)
  }

  var machines: [NodeMachine]
  private var timers: [EventID?]
  var killed = 0

  init(machines count: Int, containers: Int) {
    let hardware = NodeHardware(
      memory: 7_577, cores: 2, volume: .gp2(gibibytes: 20), podWeight: 2_048, systemWeight: 1_024)
    machines = (0..<count).map { number in
      // No two are alike, so that they do not march in step.
      var parameters = NodeParameters()
      parameters.systemMemory = 450 + 300 * Double(number) / Double(count)
      var machine = NodeMachine(hardware, parameters: parameters, at: .zero)
      for _ in 0..<containers { Self.start(machine.addPod(Self.group), on: &machine) }
      machine.settle()
      return machine
    }
    timers = Array(repeating: nil, count: count)
  }

  private static let group = PodGroup(qos: .bestEffort, weight: 2)

  /// The consumer of the anomaly pipeline, with the middle of each range.
  private static func start(_ pod: UInt32, on machine: inout NodeMachine) {
    var load = ContainerLoad()
    load.threads = 5.66
    load.startCPU = 8
    load.startThreads = 2
    load.baseMemory = 170
    load.growthPerCPUSecond = 17.3
    load.fullMemory = 170 + 0.65 * 7_577 / 4
    load.files = 140
    load.image = 1
    _ = machine.start(load, owner: UInt64(pod), in: pod)
  }

  mutating func begin(in context: inout Context<Event, Never>) {
    for index in machines.indices { schedule(index, in: &context) }
  }

  mutating func handle(_ event: Event, in context: inout Context<Event, Never>) {
    switch event {
    case .due(let machine):
      timers[Int(machine)] = nil
      advance(Int(machine), in: &context)
    case .restart(let machine, let pod):
      machines[Int(machine)].advance(to: context.now)
      Self.start(pod, on: &machines[Int(machine)])
      advance(Int(machine), in: &context)
    }
  }

  private mutating func advance(_ index: Int, in context: inout Context<Event, Never>) {
    machines[index].advance(to: context.now)
    while let incident = machines[index].takeIncident() {
      let pod = UInt32(machines[index].owner(of: incident.place) ?? 0)
      machines[index].stop(incident.place)
      killed += 1
      context.schedule(.restart(machine: UInt32(index), pod: pod), after: .seconds(60))
    }
    machines[index].settle()
    schedule(index, in: &context)
  }

  private mutating func schedule(_ index: Int, in context: inout Context<Event, Never>) {
    if let timer = timers[index] { context.cancel(timer) }
    timers[index] = machines[index].nextTime.map {
      context.schedule(.due(machine: UInt32(index)), at: max($0, context.now))
    }
  }
}
