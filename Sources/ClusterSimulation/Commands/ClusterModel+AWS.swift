import AWSObjects
import EC2AutoScaling
import Scenarios
import SimulationKernel

extension ClusterModel {
  mutating func run(
    _ command: AWSCommand, region: String?, in context: inout ClusterContext
  ) -> CommandOutcome {
    if let region, region != world.region.name {
      // Another region's API knows none of this cluster's machines.
      return .refused(
        "the cluster is in \(world.region); nothing of it is known in \(region)")
    }
    if command.isRead {
      do throws(AWSError) {
        try world.cloud.api.admit(command.action, at: context.now)
      } catch {
        return .refused(error.description)
      }
    }
    switch command {
    case .stopInstances(let references, _):
      return changeInstances(references, { .stopInstances($0) }, in: &context)
    case .startInstances(let references):
      return changeInstances(references, { .startInstances($0) }, in: &context)
    case .terminateInstances(let references):
      return changeInstances(references, { .terminateInstances($0) }, in: &context)
    case .terminateInstanceInAutoScalingGroup(let reference, let decrement):
      return changeInstances(
        [reference],
        {
          .terminateInstanceInAutoScalingGroup(
            instance: $0.first ?? "", decrementDesired: decrement)
        }, in: &context)
    case .setDesiredCapacity(let group, let desired, let honor):
      return attempt(
        .setDesiredCapacity(group: group, desired: desired, honorCooldown: honor), in: &context)
    case .updateAutoScalingGroup(let update):
      return attempt(
        .updateAutoScalingGroup(
          name: update.group, minSize: update.minSize, maxSize: update.maxSize,
          desiredCapacity: update.desiredCapacity), in: &context)
    case .describeAutoScalingGroups(let names): return describe(names)
    case .describeInstances(let references): return describe(references)
    default: return runOnMembers(command, in: &context)
    }
  }

  mutating func attempt(
    _ mutation: CloudMutation, in context: inout ClusterContext
  ) -> CommandOutcome {
    do throws(AWSError) {
      try callCloud(mutation, in: &context)
      return CommandOutcome()
    } catch {
      return .refused(error.description)
    }
  }

  mutating func changeInstances(
    _ references: [InstanceReference], _ mutation: ([String]) -> CloudMutation,
    in context: inout ClusterContext
  ) -> CommandOutcome {
    let ids = resolve(references)
    guard !ids.isEmpty else { return .refused("no instance is meant: the group has none") }
    let before = ids.compactMap { world.cloud.instanceID($0).map { world.cloud[$0].state } }
    var outcome = attempt(mutation(ids), in: &context)
    guard outcome.accepted else { return outcome }
    for (id, old) in zip(ids, before) {
      guard let found = world.cloud.instanceID(id) else { continue }
      outcome.add("\(id): \(old.rawValue) -> \(world.cloud[found].state.rawValue)")
    }
    return outcome
  }

  func resolve(_ references: [InstanceReference]) -> [String] {
    references.flatMap { reference -> [String] in
      switch reference {
      case .id(let id): return [id]
      case .group(let name, let first):
        let members = world.cloud.instances(ofGroup: name).map { "\($0.id)" }
        return first.map { Array(members.prefix($0)) } ?? members
      }
    }
  }

  // MARK: Looking

  /// The newest first, as `describe-scaling-activities` lists them.
  func describeActivities(of group: String?, atMost limit: Int?) -> CommandOutcome {
    var outcome = CommandOutcome()
    let activities = world.cloud.activities.reversed().lazy
      .filter { group == nil || $0.group == group }
    for activity in activities.prefix(max(0, limit ?? Int.max)) {
      outcome.add("\(activity.status.rawValue): \(activity.description)")
    }
    return outcome
  }

  private func describe(_ names: [String]) -> CommandOutcome {
    var outcome = CommandOutcome()
    for group in world.cloud.groups where names.isEmpty || names.contains(group.name) {
      outcome.add(
        "\(group.name): min \(group.minSize), desired \(group.desiredCapacity), "
          + "max \(group.maxSize)")
      for member in group.members {
        outcome.add(
          "  \(member.instance) \(member.lifecycle.rawValue) in \(member.zone), "
            + world.cloud[member.instance].state.rawValue)
      }
    }
    return outcome
  }

  private func describe(_ references: [InstanceReference]) -> CommandOutcome {
    var outcome = CommandOutcome()
    let ids = references.isEmpty ? world.cloud.instances.map { "\($0.id)" } : resolve(references)
    for id in ids {
      guard let found = world.cloud.instanceID(id) else { continue }
      let instance = world.cloud[found]
      outcome.add("\(id) \(instance.instanceType) \(instance.zone) \(instance.state.rawValue)")
    }
    return outcome
  }
}
