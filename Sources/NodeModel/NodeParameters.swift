/// What a loaded node's behavior depends on: one value of every range in
/// `models/kubernetes/node-load.yaml`, where units, sources and marks stand. A run sets all of them
/// from there; the values here are the middles, rounded, for a machine by itself.
public struct NodeParameters: Sendable, Hashable {
  /// MiB of anonymous memory outside of pods.
  public var systemMemory = 600.0
  /// MiB of the system's hot file pages.
  public var systemFiles = 300.0
  /// MiB that one refault reads.
  public var readSize = 32.0 / 1024
  /// MiB of hot file pages touched again for each CPU second.
  public var fileTouch = 316.0
  /// Seconds of one read of an idle volume.
  public var readLatency = 0.001
  /// Seconds that direct reclaim adds to a fault while file pages are few.
  public var reclaimStall = 0.007
  /// MiB of resident hot file pages below which faults reclaim by themselves.
  public var lowFiles = 64.0
  /// MiB of room for file pages at which the kernel is out of memory.
  public var oomFiles = 30.0
  /// Seconds that this must last.
  public var oomPatience = 1.0
  /// Share of the resident hot file pages that counts as used.
  public var activeFileShare = 0.7
  /// MiB of a pod beside its containers.
  public var podOverhead = 17.5
  /// Threads of the daemons that run beside their jobs.
  public var daemonThreads = 6.0
  /// Cores that the daemons use at rest, and for each container.
  public var daemonCPU = 0.05
  public var daemonCPUPerContainer = 0.003
  /// Cores that a running job of the daemons wants.
  public var jobCPU = 0.5
  /// CPU seconds of a relist, for each container.
  public var relistCPU = 0.005

  public init() {}
}

/// The disk that a node's programs are read from.
public struct RootVolume: Sendable, Hashable {
  /// Reads a second that never end.
  public var baseReads: Double
  /// Reads a second while credits last.
  public var burstReads: Double
  /// The most credits that are saved up, in reads.
  public var creditLimit: Double
  /// MiB a second at most.
  public var throughput: Double

  public init(baseReads: Double, burstReads: Double, creditLimit: Double, throughput: Double) {
    self.baseReads = baseReads
    self.burstReads = burstReads
    self.creditLimit = creditLimit
    self.throughput = throughput
  }

  /// General purpose SSD (gp2): 3 reads a second for each GiB, at least 100, at most 16 000; bursts
  /// to 3 000 from a balance of 5.4 million; 128 MiB/s up to 170 GiB, 250 MiB/s beyond (EBS user
  /// guide, "General Purpose SSD volumes", gp2).
  public static func gp2(gibibytes: Double) -> RootVolume {
    let base = min(16_000, max(100, 3 * gibibytes))
    return RootVolume(
      baseReads: base, burstReads: max(3_000, base), creditLimit: base < 3_000 ? 5_400_000 : 0,
      throughput: gibibytes <= 170 ? 128 : 250)
  }

  /// General purpose SSD (gp3): 3 000 reads a second and 125 MiB/s, whatever the size, more if
  /// bought (EBS user guide, gp3).
  public static func gp3(reads: Double = 3_000, throughput: Double = 125) -> RootVolume {
    RootVolume(baseReads: reads, burstReads: reads, creditLimit: 0, throughput: throughput)
  }
}

/// What a node has.
public struct NodeHardware: Sendable, Hashable {
  /// MiB that the operating system sees.
  public var memory: Double
  public var cores: Double
  public var volume: RootVolume
  /// MiB that the cgroup of all pods may use; nil is the whole machine.
  public var podMemoryLimit: Double?
  /// The CPU weights of `kubepods` and `system.slice`; only their ratio counts.
  public var podWeight: Double
  public var systemWeight: Double
  /// The weight of the cgroup of all best-effort pods, and the least of any. The default is 2, that
  /// of cgroup v1; 1 with v2.
  public var leastWeight: Double

  public init(
    memory: Double, cores: Double, volume: RootVolume, podMemoryLimit: Double? = nil,
    podWeight: Double, systemWeight: Double, leastWeight: Double = 2
  ) {
    self.memory = memory
    self.cores = cores
    self.volume = volume
    self.podMemoryLimit = podMemoryLimit
    self.podWeight = podWeight
    self.systemWeight = systemWeight
    self.leastWeight = leastWeight
  }
}
