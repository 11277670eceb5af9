import AWSObjects
import ClusterAutoscaler
import ClusterState
import EC2AutoScaling
import KubernetesObjects
import Scenarios
public import SimulationKernel
import TimeUnits

extension ClusterModel {
  /// A run at its start: machines running and nodes Ready, controllers about to look, objects
  /// created, the timeline scheduled.
  public static func assemble(
    _ setup: ClusterSetup, parameters: ClusterParameters? = nil
  ) throws(AssemblyError) -> Simulation<ClusterModel> {
    let scenario = setup.scenario
    let streams = RandomStreams(seed: scenario.seed, isAntithetic: setup.isAntithetic)
    let parameters = parameters ?? ClusterParameters(release: scenario.era.release)
    var model = ClusterModel(
      controllerManager: controllers(parameters),
      scheduler: SchedulerState(
        parameters: parameters, streams: streams, settings: setup.scheduler),
      kubelets: fleet(setup, streams), world: try world(setup, streams), parameters: parameters,
      streams: ClusterStreams(streams), timeline: scenario.timeline, files: setup.files,
      arrivals: ArrivalSchedule(setup.arrivals, horizon: scenario.horizon))
    model.addLoads(setup, streams)
    model.autoscaler.flags = scenario.autoscalerFlags
    for type in Set(scenario.cloud.nodeGroups.flatMap(\.instanceTypes)).sorted() {
      guard let found = setup.aws.instanceTypes[type] else { continue }
      model.autoscaler.machines[type] = AWSMachineType(found)
    }
    var simulation = Simulation(model: model)
    simulation.model.start(setup, in: &simulation.context)
    return simulation
  }

  private static func controllers(_ parameters: ClusterParameters) -> ControllerManager {
    var manager = ControllerManager()
    let release = parameters.release
    // Worker counts of kube-controller-manager 1.36.
    manager.add(
      DeploymentController(release: release), workers: 5, client: parameters.client(of: .deployment)
    )
    manager.add(
      ReplicaSetController(release: release), workers: 5, client: parameters.client(of: .replicaSet)
    )
    manager.add(
      DaemonSetController(release: release), workers: 2, client: parameters.client(of: .daemonSet))
    manager.add(
      NodeLifecycleController(release: release), workers: 8,
      client: parameters.client(of: .nodeLifecycle))
    if release != .v1_11 {
      manager.add(
        TaintEvictionController(), workers: 8, client: parameters.client(of: .taintEviction))
    }
    manager.add(
      PodGCController(release: release), workers: 1, client: parameters.client(of: .podGC))
    return manager
  }

  private static func fleet(_ setup: ClusterSetup, _ streams: RandomStreams) -> KubeletFleet {
    var fleet = KubeletFleet(latencies: setup.kubelet, streams: streams)
    for behavior in setup.scenario.behaviors {
      fleet.behaviors[behavior.name] = ContainerBehavior(
        startup: behavior.startup, runsFor: behavior.runsFor, exitCode: behavior.exitCode,
        termination: behavior.termination)
    }
    return fleet
  }

  private static func world(
    _ setup: ClusterSetup, _ streams: RandomStreams
  ) throws(AssemblyError) -> CloudWorld {
    let scenario = setup.scenario
    let rule = NodeAllocatable(era: scenario.era.nodes)
    var shapes: [CloudWorld.ShapeKey: MachineShape] = [:]
    var traits: [String: NodeTraits] = [:]
    var cloud = Cloud(epoch: scenario.date)
    limit(&cloud, setup)
    var image: String?
    for spec in scenario.cloud.nodeGroups {
      do throws(InstanceTypeCatalog.UnknownInstanceType) {
        var rule = rule
        rule.kubeReservedMemoryMiB = spec.kubeReserved?.memoryMiB
        rule.kubeReservedCPUMillis = spec.kubeReserved?.cpuMillis
        rule.podLimit = spec.maxPods
        if let volume = spec.volume { rule.rootVolumeGiB = Int64(volume.gibibytes) }
        for type in spec.instanceTypes {
          shapes[.init(group: spec.name, instanceType: type)] =
            try setup.aws.instanceTypes.shape(of: type, rule: rule)
        }
      } catch { throw .unknownInstanceType(error) }
      image = image ?? spec.image
      traits[spec.name] = NodeTraits(spec)
      var group = AutoScalingGroup(
        name: spec.name, instanceType: spec.instanceType, zones: spec.zones, minSize: spec.min,
        desiredCapacity: spec.desired, maxSize: spec.max)
      spec.autoScaling.configure(&group)
      do throws(AWSError) {
        try cloud.apply(.createAutoScalingGroup(group), at: .zero)
      } catch { throw .refusedGroup(error) }
    }
    let name = image ?? scenario.era.defaultImage
    let nothing = Sourced(DelayLaw.constant(.zero), Provenance(.assumed, "no machine boots"))
    let hasGroups = !scenario.cloud.nodeGroups.isEmpty
    guard
      let boot = setup.aws.launchLatency.bootToReady(image: name, at: scenario.date)
        ?? (hasGroups ? nil : nothing)
    else {
      throw .noBootLatency(image: name)
    }
    var world = CloudWorld(
      cloud: cloud, region: scenario.cloud.region, latency: setup.aws.launchLatency,
      bootToReady: boot, shapes: shapes, release: scenario.era.release, streams: streams)
    world.traits = traits
    world.spotInterruptionsPerHour = scenario.cloud.spot.interruptionsPerHour
    for group in scenario.cloud.nodeGroups {
      for spec in group.autoScaling.lifecycleHooks {
        world.hookAnswers[.init(group: group.name, hook: spec.hook.name)] = spec
      }
    }
    return world
  }
}

extension Era {
  /// The node image of the era's EKS worker groups.
  var defaultImage: String {
    switch self {
    case .february2019: "amazon-linux-2"
    case .current: "amazon-linux-2023"
    }
  }
}
