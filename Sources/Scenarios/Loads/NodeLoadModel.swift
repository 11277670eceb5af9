public import AWSObjects

/// A figure of `models/kubernetes/node-load.yaml`, by the name it has there.
public enum NodeLoadParameter: String, Sendable, Hashable, CaseIterable {
  case systemMemory, systemFiles, imageFiles, smallImageFiles, readSize, fileTouch, readLatency
  case reclaimStall, lowFiles, oomFiles, oomPatience, activeFileShare, podOverhead
  case daemonThreads, daemonCPU, daemonCPUPerContainer, jobCPU, heartbeatCPU, leaseCPU
  case relistCPUDocker, relistCPUContainerd, evictionCPU, killCPU, pageCPU
  case idleMemory, idleCPU
  case jvmMemory, jvmStartCPU, jvmHeapGrowth, jvmHeapShare, jvmThreads
}

/// What is known of a figure: a range, and which of its values is the middle.
public struct NodeLoadRange: Sendable, Hashable {
  public enum Scale: String, Sendable, Hashable, CaseIterable {
    /// The middle is the mean of the ends.
    case linear
    /// The middle is their geometric mean.
    case log
  }

  public var from: Double
  public var to: Double
  public var scale: Scale
  public var unit: String
  public var provenance: Provenance

  public init(
    from: Double, to: Double, scale: Scale, unit: String, provenance: Provenance
  ) {
    self.from = from
    self.to = to
    self.scale = scale
    self.unit = unit
    self.provenance = provenance
  }

  /// The default: the mean on a linear scale, the geometric mean on a log scale.
  public var middle: Double {
    switch scale {
    case .linear: (from + to) / 2
    case .log: (from * to).squareRoot()
    }
  }
}

/// All figures of loaded nodes, each a range.
public struct NodeLoadModel: Sendable, Hashable {
  /// Looked up by name, never walked.
  public var ranges: [NodeLoadParameter: NodeLoadRange]

  public init(ranges: [NodeLoadParameter: NodeLoadRange]) { self.ranges = ranges }
}

/// Which values a scenario takes.
public struct NodeLoadSpec: Sendable, Hashable {
  public enum Choice: String, Sendable, Hashable, CaseIterable {
    /// The middle of each range.
    case middle
    /// All drawn from their ranges, by the seed.
    case drawn
  }

  public var parameters: Choice
  /// The scenario's own, in the order of the file.
  public var values: [Value] = []

  /// A figure that the scenario sets.
  public struct Value: Sendable, Hashable {
    public var name: NodeLoadParameter
    /// In the unit of the models.
    public var value: Double

    public init(name: NodeLoadParameter, value: Double) {
      self.name = name
      self.value = value
    }
  }

  public init(parameters: Choice = .middle) { self.parameters = parameters }
}
