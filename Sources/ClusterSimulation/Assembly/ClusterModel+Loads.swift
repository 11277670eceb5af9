import AWSObjects
import KubernetesObjects
import Scenarios
import SimulationKernel
import TimeUnits

extension ClusterModel {
  static let dashboard = Addon.dashboardWorkload
  /// Who watches it.
  /// The container name in the published Deployment of cluster-autoscaler.
  static let autoscaler = "cluster-autoscaler"
  static let dashboardLook = RequestLoadSpec(
    workload: dashboard, source: .person(every: .seconds(15)), timeout: .seconds(60))

  /// Gives the run machines under load and the requests that come to it, if the scenario speaks of
  /// either. Whoever runs the web dashboard has a person who watches it.
  mutating func addLoads(_ setup: ClusterSetup, _ streams: RandomStreams) {
    let scenario = setup.scenario
    guard scenario.hasNodeLoad else { return }
    let figures = NodeLoadFigures(setup.nodeLoad, spec: scenario.nodeLoad, streams: streams)
    var specs: [String: ContainerLoadSpec] = [:]
    for behavior in scenario.behaviors { specs[behavior.name] = behavior.load }
    var wanted = scenario.loads
    if setup.hasDashboard {
      if specs[Self.dashboard] == nil {
        specs[Self.dashboard] = .service(
          ServiceLoadSpec(
            cpu: .constant(.rounded(seconds: figures[.pageCPU])), memory: figures[.idleMemory]))
      }
      if !wanted.contains(where: { $0.workload == Self.dashboard }) {
        wanted.append(Self.dashboardLook)
      }
    }
    // The autoscaler's loops are requests to its container, one at a time.
    if specs[Self.autoscaler] == nil {
      specs[Self.autoscaler] = .service(
        ServiceLoadSpec(
          cpu: .constant(.milliseconds(50)), memory: figures[.idleMemory], workers: 1))
    }
    var volumes: [String: RootVolumeSpec] = [:]
    for group in scenario.cloud.nodeGroups { volumes[group.name] = group.volume }
    loads = NodeLoads(
      figures: figures, release: parameters.release, specs: specs, volumes: volumes)
    for (index, spec) in wanted.enumerated() {
      guard case .service(let service)? = specs[spec.workload] else { continue }
      requests.loads.append(
        RequestLoad(
          spec, demand: service.cpu, trace: setup.traces[index], number: index,
          streams: streams))
    }
  }
}

extension ClusterSetup {
  var hasDashboard: Bool {
    objects.contains { object in
      if case .deployment(let deployment) = object {
        deployment.metadata.name == ClusterModel.dashboard
      } else {
        false
      }
    }
  }
}
