import AWSObjects

extension Cloud {
  /// What must hold whatever people do; each broken rule as a sentence, none if all hold.
  ///
  /// Complexity: linear in instances, members and activities.
  public var brokenInvariants: [String] {
    var broken: [String] = []
    var owner: [Int] = Array(repeating: -1, count: instances.count)
    for (index, group) in groups.enumerated() {
      if !(0 <= group.minSize && group.minSize <= group.desiredCapacity
        && group.desiredCapacity <= group.maxSize)
      {
        broken.append(
          "\(group.name): not \(group.minSize) <= \(group.desiredCapacity) <= \(group.maxSize)")
      }
      for member in group.members {
        let number = Int(member.instance.number)
        if owner[number] != -1 { broken.append("\(member.instance) is a member twice") }
        owner[number] = index
        if member.lifecycle == .terminated {
          broken.append("\(member.instance) is a member though it has left")
        }
        if instances[number].zone != member.zone {
          broken.append("\(member.instance) is not in the zone of its membership")
        }
      }
    }
    if owner != groupIndexes { broken.append("the index of members disagrees with the groups") }
    for (number, instance) in instances.enumerated() {
      if Int(instance.id.number) != number { broken.append("\(instance.id) is out of place") }
      let open = instance.billedSpans.count { $0.end == nil }
      if open != (instance.state == .running ? 1 : 0) {
        broken.append("\(instance.id) is \(instance.state.rawValue) with \(open) open bills")
      }
    }
    return broken
  }
}
