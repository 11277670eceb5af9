import Kubelet
import TimeUnits

/// What memory does to a container.
public enum MemoryIncident: Sendable, Hashable {
  /// It has reached its own limit.
  case containerLimit(place: UInt32)
  /// The cgroup of all pods has reached its limit, and this one is the worst.
  case podLimit(place: UInt32)
  /// The machine has nothing left, and this one is the worst.
  case machine(place: UInt32)

  public var place: UInt32 {
    switch self {
    case .containerLimit(let place), .podLimit(let place), .machine(let place): place
    }
  }
}

extension NodeMachine {
  /// MiB below which two amounts are the same.
  static let tolerance = 1e-6

  /// What the kernel does now, if anything: whoever is named must be stopped, then ask again.
  ///
  /// A container over its limit dies at once; the machine is out of memory when so little is left
  /// for files that reclaim finds nothing, and stays so for a while.
  public mutating func takeIncident() -> MemoryIncident? {
    for index in slots.indices where slots[index].isAlive {
      if slots[index].memory >= slots[index].load.memoryLimit - Self.tolerance {
        return .containerLimit(place: UInt32(index))
      }
    }
    if let limit = hardware.podMemoryLimit, podMemory >= limit - Self.tolerance,
      let worst = worst(of: limit)
    {
      return .podLimit(place: worst)
    }
    guard room <= parameters.oomFiles + Self.tolerance else {
      outOfMemorySince = nil
      return nil
    }
    let since = outOfMemorySince ?? now
    outOfMemorySince = since
    guard now >= patienceEnds(since), let worst = worst(of: hardware.memory) else { return nil }
    outOfMemorySince = nil
    return .machine(place: worst)
  }

  func patienceEnds(_ since: SimulationTime) -> SimulationTime {
    since.advanced(byNanoseconds: Int64((parameters.oomPatience * 1e9).rounded(.up)))
  }

  /// The kernel's choice; of equals the first.
  private func worst(of total: Double) -> UInt32? {
    let places = slots.indices.filter { slots[$0].isAlive }
    let processes = places.map {
      OOMKill.Process(
        memory: Int64(slots[$0].memory * 1_048_576), adjustment: slots[$0].load.oomAdjustment)
    }
    return OOMKill.victims(among: processes, total: Int64(total * 1_048_576)).first
      .map { UInt32(places[$0]) }
  }
}
