import ServiceModel
public import TimeUnits

/// A worker node as physics: memory, the pages of running programs, its root volume, its CPU.
///
/// Between events every rate is constant, so the state is advanced in closed form; whoever owns the
/// machine advances it to the time of an event, changes it, settles its rates, and comes back at
/// `nextTime`. What makes a node fail is the step in between running well and running out: growing
/// anonymous memory pushes out the pages of programs, and everybody, the kubelet too, reads them
/// back from a small volume.
///
/// Amounts are MiB, CPU seconds, cores, seconds and reads.
public struct NodeMachine: Sendable {
  public let parameters: NodeParameters
  public let hardware: NodeHardware
  public private(set) var now: SimulationTime

  /// A container's place on the machine.
  struct Slot: Sendable {
    var load = ContainerLoad()
    var owner: UInt64 = 0
    var group: UInt32 = 0
    var isAlive = false
    var memory = 0.0
    var startLeft = 0.0
    var cpuSeconds = 0.0
    /// Cores it would use now, its quota taken off.
    var want = 0.0
    /// Cores it is granted.
    var share = 0.0
    /// Cores it uses, and MiB a second it grows.
    var rate = 0.0
    var growth = 0.0
    var throttledSeconds = 0.0
    /// Periods of CFS bandwidth control, each of which held it up.
    var periods = 0.0
    /// Where its requests are among the queues, for a container that serves; -1 for others. Apart,
    /// so that a slot is plain data.
    var queue: Int32 = -1
    /// MiB that each request in service takes.
    var requestMemory = 0.0
  }

  var slots: [Slot] = []
  var queues: [ServiceQueue] = []
  var freeQueues: [Int32] = []
  var freeSlots: [UInt32] = []
  var groups: [PodGroup] = []
  var groupIsAlive: [Bool] = []
  var freeGroups: [UInt32] = []
  var podCount = 0
  var images: [Image] = []
  var tree = CPUTree()
  /// Whether wants or members have changed since CPU was shared out.
  var cpuIsStale = true

  struct Image: Sendable {
    var number: UInt32
    var files: Double
    var containers: Int
  }

  // MARK: State

  /// MiB of hot file pages that are in memory.
  public internal(set) var residentFiles: Double
  /// Reads saved up for bursts.
  public internal(set) var credits: Double
  /// Whether the volume gives no more than its base.
  var isSpent = false
  /// Reads of the root volume so far.
  public private(set) var reads = 0.0
  /// CPU seconds that each job of the daemons has had if it ran all the time: their clock.
  public private(set) var daemonWork = 0.0
  /// Jobs of the daemons that run.
  public internal(set) var jobs = 0
  public private(set) var relist: RelistCycle
  var outOfMemorySince: SimulationTime?

  // MARK: Rates, constant until the next change

  /// CPU seconds a second of a daemon's job; 1 on a node that runs well.
  public internal(set) var daemonSpeed = 1.0
  /// The same of a thread that is not short of CPU.
  public internal(set) var threadSpeed = 1.0
  /// Cores that the daemons want, and are granted.
  var daemonWant = 0.0
  var daemonShare = 0.0
  var readRate = 0.0
  var fileRate = 0.0
  /// Cores that everybody uses together.
  public internal(set) var usedCores = 0.0
  /// When something is due; nil if nothing will change by itself.
  public internal(set) var nextTime: SimulationTime?

  /// A machine that has just booted: its own programs are in memory, its burst credits are full
  /// unless told otherwise.
  public init(
    _ hardware: NodeHardware, parameters: NodeParameters, credits: Double? = nil,
    at start: SimulationTime
  ) {
    self.hardware = hardware
    self.parameters = parameters
    now = start
    self.credits = min(credits ?? hardware.volume.creditLimit, hardware.volume.creditLimit)
    residentFiles = parameters.systemFiles
    relist = RelistCycle(at: start)
    settle()
  }

  // MARK: Time

  /// Lets time pass at the present rates; at most to `nextTime`, where rates change.
  public mutating func advance(to time: SimulationTime) {
    let nanoseconds = time.nanoseconds - now.nanoseconds
    guard nanoseconds > 0 else { return }
    let seconds = Double(nanoseconds) / 1e9
    relist.advance(
      from: now, seconds: seconds, speed: daemonSpeed, work: relistWork)
    now = time
    for index in slots.indices where slots[index].isAlive { advanceSlot(index, seconds) }
    residentFiles = max(0, residentFiles + fileRate * seconds)
    credits = min(
      hardware.volume.creditLimit,
      max(0, credits + (hardware.volume.baseReads - readRate) * seconds))
    reads += readRate * seconds
    daemonWork += daemonSpeed * seconds
  }

  private mutating func advanceSlot(_ index: Int, _ seconds: Double) {
    let rate = slots[index].rate
    let queue = Int(slots[index].queue)
    if queue >= 0 {
      queues[queue].advance(to: now)
    } else {
      let quota = slots[index].load.quota
      if quota < slots[index].load.threads, rate > 0 {
        // Each period is used up after quota / threads of it.
        slots[index].periods += seconds * 10
        slots[index].throttledSeconds += seconds * (1 - quota / slots[index].load.threads)
      }
    }
    slots[index].cpuSeconds += rate * seconds
    if slots[index].startLeft > 0 {
      slots[index].startLeft = max(0, slots[index].startLeft - rate * seconds)
    }
    slots[index].memory = min(
      max(slots[index].load.fullMemory, slots[index].memory),
      slots[index].memory + slots[index].growth * seconds)
  }

  /// CPU seconds of one relist.
  var relistWork: Double {
    parameters.relistCPU * Double(slots.count - freeSlots.count)
  }
}

// MARK: What can be seen

extension NodeMachine {
  /// MiB that programs would have resident if there were room.
  public var hotFiles: Double {
    var files = parameters.systemFiles
    for index in images.indices where images[index].containers > 0 { files += images[index].files }
    return files
  }

  /// MiB of the containers' anonymous memory.
  public var containerMemory: Double {
    var memory = 0.0
    for index in slots.indices where slots[index].isAlive { memory += slots[index].memory }
    return memory
  }

  /// MiB for files: what anonymous memory leaves.
  public var room: Double {
    hardware.memory - parameters.systemMemory - Double(podCount) * parameters.podOverhead
      - containerMemory
  }

  /// The kubelet's memory.available in MiB: pages of files that are on the active list count as
  /// used.
  public var availableMemory: Double {
    max(0, room - parameters.activeFileShare * residentFiles)
  }

  /// MiB of the memory of all pods, as their cgroup counts it.
  public var podMemory: Double {
    containerMemory + Double(podCount) * parameters.podOverhead
  }

  /// The share of the hot file pages that is not in memory.
  public var missingShare: Double {
    let files = hotFiles
    return files > 0 ? max(0, 1 - residentFiles / files) : 0
  }

  /// Reads a second of the root volume.
  public var readsPerSecond: Double { readRate }

  /// Every container that runs, with what it has used.
  public func forEachContainer(_ body: (_ place: UInt32, _ usage: ContainerUsage) -> Void) {
    for index in slots.indices where slots[index].isAlive {
      body(UInt32(index), usage(of: UInt32(index)))
    }
  }

  /// What a container has used so far.
  public func usage(of slot: UInt32) -> ContainerUsage {
    let found = slots[Int(slot)]
    var usage = ContainerUsage()
    usage.memory = found.memory
    usage.cpuSeconds = found.cpuSeconds
    if found.queue >= 0 {
      let queue = queues[Int(found.queue)]
      usage.cpuSeconds = queue.cpuSeconds
      usage.periods = Double(queue.periods)
      usage.throttledPeriods = Double(queue.throttledPeriods)
      usage.throttledSeconds = queue.throttledSeconds
    } else {
      usage.periods = found.periods
      usage.throttledPeriods = found.periods
      usage.throttledSeconds = found.throttledSeconds
    }
    return usage
  }
}
