import AWSObjects
import ClusterAutoscaler
import EC2AutoScaling
import TimeUnits

// What the autoscaler's provider reads of the simulated cloud, and calls there.
extension AWSNodeGroups {
  /// Reads the groups if that is due; throws if the API refuses.
  ///
  /// An API that does not tell activities is no sign that one failed (`isNodeGroupAvailable`).
  mutating func refresh(
    from cloud: inout Cloud, machines: [String: AWSMachineType], at now: SimulationTime
  ) throws(AWSError) {
    guard needsRefresh(at: now) else { return }
    let found = try cloud.describeAutoScalingGroups(at: now)
    refresh(found.map { AWSGroupDescription($0, machines: machines) }, at: now) { name in
      let activities = try? cloud.describeScalingActivities(ofGroup: name, at: now)
      return activities?.map {
        AWSScalingActivity(start: $0.startTime, hasFailed: $0.status == .failed)
      } ?? []
    }
  }
}

extension AWSGroupDescription {
  /// - Parameters:
  ///   - machines: what each instance type has, by its name.
  init(_ group: AutoScalingGroup, machines: [String: AWSMachineType]) {
    self.init(
      name: group.name, minSize: group.minSize, maxSize: group.maxSize,
      desiredCapacity: group.desiredCapacity,
      instances: group.members.lazy.filter(\.lifecycle.counts).map {
        AWSGroupInstance(id: "\($0.instance)", zone: $0.zone.name)
      },
      availabilityZones: group.zones.map(\.name),
      tags: group.tags.map { ($0.key, $0.value) },
      machine: machines[group.mixedInstancesPolicy?.instanceTypes.first ?? group.instanceType])
  }
}

extension AWSMachineType {
  init(_ type: InstanceType) {
    self.init(
      name: type.name, vCPUs: type.vcpus, memoryMiB: type.memoryMiB,
      gpus: type.extendedResources.first { $0.name == "nvidia.com/gpu" }?.count ?? 0,
      architecture: type.kubernetesArchitecture ?? "amd64")
  }
}

extension AWSGroupCall {
  var mutation: CloudMutation {
    switch self {
    case .setDesiredCapacity(let group, let size):
      .setDesiredCapacity(group: group, desired: size)
    case .terminateInstance(_, let id):
      .terminateInstanceInAutoScalingGroup(instance: id, decrementDesired: true)
    }
  }
}
