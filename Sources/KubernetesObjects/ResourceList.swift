/// Amounts by resource name, in name order, as `requests`, `limits` and `capacity` hold them.
public struct ResourceList: Sendable, Hashable {
  public private(set) var entries: [Entry] = []

  public struct Entry: Sendable, Hashable {
    public var name: String
    public var quantity: Quantity
  }

  public init() {}

  public var isEmpty: Bool { entries.isEmpty }

  /// Complexity: linear in the number of resources, which is small.
  public subscript(name: String) -> Quantity? {
    get { entries.first { $0.name == name }?.quantity }
    set {
      let index = entries.firstIndex { $0.name >= name } ?? entries.endIndex
      let found = index < entries.endIndex && entries[index].name == name
      switch (newValue, found) {
      case (let value?, true): entries[index].quantity = value
      case (let value?, false): entries.insert(Entry(name: name, quantity: value), at: index)
      case (nil, true): entries.remove(at: index)
      case (nil, false): break
      }
    }
  }
}

/// The names the API gives to resources.
public enum ResourceName {
  public static let cpu = "cpu"
  public static let memory = "memory"
  public static let ephemeralStorage = "ephemeral-storage"
  public static let pods = "pods"
  public static let hugePagesPrefix = "hugepages-"
}

/// Amounts as the scheduler adds them up: integers in fixed units.
public struct ResourceVector: Sendable, Hashable {
  /// Thousandths of a core.
  public var milliCPU: Int64 = 0
  /// Bytes.
  public var memory: Int64 = 0
  /// Bytes.
  public var ephemeralStorage: Int64 = 0
  /// Extended resources, huge pages and the like, in name order.
  public var scalars: [Scalar] = []

  public struct Scalar: Sendable, Hashable {
    public var name: String
    public var value: Int64

    public init(name: String, value: Int64) {
      self.name = name
      self.value = value
    }
  }

  public init(milliCPU: Int64 = 0, memory: Int64 = 0, ephemeralStorage: Int64 = 0) {
    self.milliCPU = milliCPU
    self.memory = memory
    self.ephemeralStorage = ephemeralStorage
  }

  /// Takes cpu in thousandths and everything else whole, both rounded up; `pods` is left out.
  public init(_ list: ResourceList) {
    for entry in list.entries {
      switch entry.name {
      case ResourceName.cpu: milliCPU = entry.quantity.milliValue
      case ResourceName.memory: memory = entry.quantity.value
      case ResourceName.ephemeralStorage: ephemeralStorage = entry.quantity.value
      case ResourceName.pods: break
      default: scalars.append(Scalar(name: entry.name, value: entry.quantity.value))
      }
    }
  }

  public var isZero: Bool {
    milliCPU == 0 && memory == 0 && ephemeralStorage == 0
      && scalars.allSatisfy { $0.value == 0 }
  }

  /// The amount of an extended resource; 0 if there is none.
  public func scalar(_ name: String) -> Int64 {
    scalars.first { $0.name == name }?.value ?? 0
  }

  // Sums wrap, as those of the real scheduler do: a manifest may ask for exabytes.

  @inlinable
  public static func += (a: inout ResourceVector, b: ResourceVector) {
    a.milliCPU &+= b.milliCPU
    a.memory &+= b.memory
    a.ephemeralStorage &+= b.ephemeralStorage
    if !b.scalars.isEmpty { a.addScalars(b.scalars, sign: 1) }
  }

  @inlinable
  public static func -= (a: inout ResourceVector, b: ResourceVector) {
    a.milliCPU &-= b.milliCPU
    a.memory &-= b.memory
    a.ephemeralStorage &-= b.ephemeralStorage
    if !b.scalars.isEmpty { a.addScalars(b.scalars, sign: -1) }
  }

  /// Raises every amount to at least that of `other`.
  public mutating func formMaximum(_ other: ResourceVector) {
    milliCPU = max(milliCPU, other.milliCPU)
    memory = max(memory, other.memory)
    ephemeralStorage = max(ephemeralStorage, other.ephemeralStorage)
    for scalar in other.scalars {
      let missing = scalar.value &- self.scalar(scalar.name)
      if missing > 0 || !scalars.contains(where: { $0.name == scalar.name }) {
        addScalars([Scalar(name: scalar.name, value: max(missing, 0))], sign: 1)
      }
    }
  }

  public mutating func addScalars(_ other: [Scalar], sign: Int64) {
    for scalar in other {
      let index = scalars.firstIndex { $0.name >= scalar.name } ?? scalars.endIndex
      if index < scalars.endIndex, scalars[index].name == scalar.name {
        scalars[index].value &+= sign &* scalar.value
      } else {
        scalars.insert(Scalar(name: scalar.name, value: sign &* scalar.value), at: index)
      }
    }
  }
}
