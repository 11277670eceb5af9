public import AWSObjects

/// What a container wants of its machine: one of three kinds.
public enum ContainerLoadSpec: Sendable, Hashable {
  case process(ProcessLoadSpec)
  case jvm(JVMLoadSpec)
  case service(ServiceLoadSpec)
}

/// A program that uses CPU and memory of its own accord.
public struct ProcessLoadSpec: Sendable, Hashable {
  /// Cores it would use if it were alone; a thread for each. The default is 0.
  public var cpu: Double = 0
  /// MiB from its start. The default is 0.
  public var memory: Double = 0
  /// Nil stays as it is.
  public var growth: Growth?

  /// How its memory grows.
  public struct Growth: Sendable, Hashable {
    public enum Clock: String, Sendable, Hashable, CaseIterable {
      /// With time, while it runs at full speed.
      case second
      /// With the CPU it gets.
      case cpuSecond
    }

    /// MiB for each unit of the clock.
    public var rate: Double
    public var per: Clock
    /// MiB at which it ends; nil never.
    public var to: Double?

    public init(rate: Double, per: Clock, to: Double? = nil) {
      self.rate = rate
      self.per = per
      self.to = to
    }
  }

  public init(cpu: Double = 0, memory: Double = 0, growth: Growth? = nil) {
    self.cpu = cpu
    self.memory = memory
    self.growth = growth
  }
}

/// A Java virtual machine whose heap grows with the CPU it gets.
public struct JVMLoadSpec: Sendable, Hashable {
  /// Such as `8u111`, the one in the image `java:8`, or `17`. The default is `8u111`.
  public var version: String
  /// `-Xmx` in MiB; nil leaves the maximum to the JVM's own rule.
  public var maxHeap: Double?
  /// `-XX:MaxRAMPercentage`; nil is the JVM's default of 25.
  public var maxRAMPercentage: Double?
  /// Threads that run at any moment; nil is the models' figure.
  public var threads: Double?

  public init(
    version: String = "8u111", maxHeap: Double? = nil, maxRAMPercentage: Double? = nil,
    threads: Double? = nil
  ) {
    self.version = version
    self.maxHeap = maxHeap
    self.maxRAMPercentage = maxRAMPercentage
    self.threads = threads
  }
}

/// A program that answers requests.
public struct ServiceLoadSpec: Sendable, Hashable {
  /// CPU seconds of one request.
  public var cpu: DelayLaw
  /// MiB of the program itself. The default is 0.
  public var memory: Double
  /// MiB of each request that is worked on or waits. The default is 0.
  public var requestMemory: Double
  /// How many requests are worked on at once; nil is all.
  public var workers: Int?

  public init(
    cpu: DelayLaw, memory: Double = 0, requestMemory: Double = 0, workers: Int? = nil
  ) {
    self.cpu = cpu
    self.memory = memory
    self.requestMemory = requestMemory
    self.workers = workers
  }
}
