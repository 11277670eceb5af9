public import TimeUnits

/// Which calls a change of a group's size means, and what refuses it before any call is made.
///
/// A call that succeeded is to be noted, so that the sizes that are believed follow it. Follows
/// `cloudprovider/aws/{aws_cloud_provider,auto_scaling_groups}.go` of cluster-autoscaler 1.36.
extension AWSNodeGroups {
  /// More machines: the size that is believed and so many more, whatever the cloud's own is.
  public func increase(_ name: String, by count: Int) throws(CreationError) -> [AWSGroupCall] {
    let group = try known(name)
    guard count > 0 else { throw Self.refusal("size increase must be positive") }
    let size = group.size + count
    guard size <= group.description.maxSize else {
      throw Self.refusal(
        "size increase too large - desired:\(size) max:\(group.description.maxSize)")
    }
    return [.setDesiredCapacity(group: name, to: size)]
  }

  /// Fewer machines without taking one away: refused if any of them is there, placeholders
  /// included.
  public func decrease(_ name: String, by count: Int) throws(CreationError) -> [AWSGroupCall] {
    let group = try known(name)
    guard count > 0 else { throw Self.refusal("size decrease size must be negative") }
    guard group.size - count >= group.instances.count else {
      throw Self.refusal(
        "attempt to delete existing nodes targetSize:\(group.size) delta:\(-count) "
          + "existingNodes: \(group.instances.count)")
    }
    return [.setDesiredCapacity(group: name, to: group.size - count)]
  }

  /// Takes machines away.
  ///
  /// Placeholders go by setting the size to the number of machines that are there, which is read
  /// afresh; 1.13 took one off for each. Machines go one by one, but for those that are going.
  ///
  /// - Parameters:
  ///   - providerIDs: machines of the group, or their ids.
  ///   - actualInstances: how many machines the group has now.
  public func delete(
    _ providerIDs: [String], from name: String, actualInstances: () -> Int
  ) throws(CreationError) -> [AWSGroupCall] {
    let group = try known(name)
    if providerIDs.isEmpty { return [] }
    guard group.size > group.description.minSize else {
      throw Self.refusal("min size reached, nodes will not be deleted")
    }
    let ids = providerIDs.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    for id in ids where !group.instances.contains(where: { $0.id == id }) {
      throw Self.refusal("can't delete instance \(id), which is not part of an ASG")
    }
    if release == .v1_13 { return deleteOneByOne(ids, from: group) }
    var calls: [AWSGroupCall] = []
    if ids.contains(where: Self.isPlaceholder) {
      calls.append(.setDesiredCapacity(group: name, to: actualInstances()))
    }
    for id in ids where !Self.isPlaceholder(id) {
      if group.instances.contains(where: { $0.id == id && $0.isTerminating }) { continue }
      calls.append(.terminateInstance(group: name, id: id))
    }
    return calls
  }

  private func deleteOneByOne(_ ids: [String], from group: Group) -> [AWSGroupCall] {
    var size = group.size
    return ids.map { id in
      size -= 1
      return Self.isPlaceholder(id)
        ? .setDesiredCapacity(group: group.description.name, to: size)
        : .terminateInstance(group: group.description.name, id: id)
    }
  }

  private func known(_ name: String) throws(CreationError) -> Group {
    guard let group = group(name) else { throw Self.refusal("\(name) is not a known group") }
    return group
  }

  private static func refusal(_ message: String) -> CreationError {
    CreationError(.other, code: "cloudProviderError", message: message)
  }

  // MARK: Believing

  /// Notes that the cloud took a call.
  public mutating func note(_ call: AWSGroupCall, at now: SimulationTime) {
    switch call {
    case .setDesiredCapacity(let name, let size):
      guard let place = places[name] else { return }
      groups[place].size = size
      groups[place].lastChange = now
    case .terminateInstance(let name, _):
      guard let place = places[name] else { return }
      groups[place].size -= 1
    }
  }

  /// Notes that all calls of a deletion were taken: the next loop asks the cloud.
  public mutating func noteDeletion(_ calls: [AWSGroupCall], at now: SimulationTime) {
    for call in calls { note(call, at: now) }
    forceRefresh()
  }
}
