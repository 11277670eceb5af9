import AWSObjects
import TimeUnits

extension Cloud {
  /// A terminated instance can be seen for about an hour (EC2 user guide, instance life cycle).
  static let visibleAfterTermination: Duration = .seconds(3_600)

  mutating func stop(
    _ texts: [String], _ now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    let operation = "StopInstances"
    let ids = try resolve(texts, operation, now)
    for id in ids {
      switch self[id].state {
      case .running, .stopping, .stopped: continue
      case .pending, .shuttingDown, .terminated:
        throw AWSError(operation, .cannotStop("\(id)"))
      }
    }
    return ids.flatMap { self[$0].state == .running ? enter($0, .stopping, now) : [] }
  }

  mutating func start(
    _ texts: [String], _ now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    let operation = "StartInstances"
    let ids = try resolve(texts, operation, now)
    for id in ids {
      switch self[id].state {
      case .pending, .running, .stopped: continue
      case .stopping, .shuttingDown, .terminated:
        throw AWSError(operation, .cannotStart("\(id)"))
      }
    }
    return ids.flatMap { self[$0].state == .stopped ? enter($0, .pending, now) : [] }
  }

  mutating func terminate(
    _ texts: [String], _ now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    let ids = try resolve(texts, "TerminateInstances", now)
    return ids.flatMap { enter($0, .shuttingDown, now) }
  }

  /// The ids that the texts name; malformed ones are refused before unknown ones, as EC2 does.
  private func resolve(
    _ texts: [String], _ operation: String, _ now: SimulationTime
  ) throws(AWSError) -> [InstanceID] {
    for text in texts where !Self.isWellFormed(text) {
      throw AWSError(operation, .malformedInstanceID(text))
    }
    var ids: [InstanceID] = []
    var unknown: [String] = []
    for text in texts {
      if let id = idsByText[text], isVisible(id, now) {
        if !ids.contains(id) { ids.append(id) }
      } else {
        unknown.append(text)
      }
    }
    guard unknown.isEmpty else { throw AWSError(operation, .instancesNotFound(unknown)) }
    return ids
  }

  private func isVisible(_ id: InstanceID, _ now: SimulationTime) -> Bool {
    let instance = self[id]
    return instance.state != .terminated
      || now - instance.stateSince <= Self.visibleAfterTermination
  }

  // `i-` and 8 (until 2016) or 17 hexadecimal digits.
  private static func isWellFormed(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.starts(with: "i-".utf8), bytes.count == 10 || bytes.count == 19 else {
      return false
    }
    return bytes.dropFirst(2).allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
    }
  }

  /// Moves an instance on; a state that cannot follow changes nothing, since an instance may have
  /// been terminated while it was on its way to another state.
  mutating func enter(
    _ id: InstanceID, _ state: InstanceState, _ now: SimulationTime
  ) -> [CloudChange] {
    let old = self[id].state
    guard instances[Int(id.number)].enter(state, at: now) else { return [] }
    return [.instanceStateChanged(id, from: old, to: state)]
  }
}
