import AWSObjects
public import ClusterSimulation
public import Documents
public import KubernetesObjects
import NetworkModel
public import ScenarioFiles
public import Scenarios

/// From scenarios, manifests and models to what a run is assembled from.
public enum SetupLoader {
  /// An add-on's own manifest has mistakes.
  public struct BrokenAddon: Error, Sendable {
    public var diagnostics: [Diagnostic]
  }

  /// The setup of a scenario: its add-ons' objects before its own, its parameters in place of the
  /// models'.
  public static func setup(
    _ scenario: Scenario, manifests: ManifestSet, files: [LoadedScenario.CommandFile] = [],
    traces: [Int: RequestTrace] = [:], arrivals: [PodArrival] = [],
    scheduler: SchedulerSettings? = nil, models: Models
  ) throws(BrokenAddon) -> ClusterSetup {
    var aws = models.aws
    let kubelet = kubeletLatencies(scenario, models)
    apply(scenario.parameters, to: &aws.launchLatency)
    var named: [String: [ManifestObject]] = [:]
    for file in files { named[file.written] = file.manifests.objects }
    var setup = ClusterSetup(
      scenario: scenario, objects: try addons(scenario, models) + manifests.objects,
      files: named, aws: aws, kubelet: kubelet, nodeLoad: models.nodeLoad, traces: traces,
      arrivals: arrivals)
    setup.scheduler = scheduler
    if !scenario.services.isEmpty {
      // Pairs of regions without figures are mistakes in the scenario, found when it was read.
      setup.network = try? models.network.network(of: Geography(scenario))
    }
    return setup
  }

  private static func law(
    _ name: ParameterName, _ scenario: Scenario, _ models: Models
  ) -> Sourced<DelayLaw> {
    if let own = scenario.parameters.last(where: { $0.name == name }) {
      return Sourced(own.law, Provenance(.assumed, "the scenario"))
    }
    guard let law = models.law(name) else {
      preconditionFailure("the models have no \(name.rawValue)")
    }
    return law
  }

  private static func kubeletLatencies(_ scenario: Scenario, _ models: Models) -> KubeletLatencies {
    func law(_ name: ParameterName) -> Sourced<DelayLaw> { Self.law(name, scenario, models) }
    return KubeletLatencies(
      sandbox: law(.kubeletSandbox), containerStart: law(.kubeletContainerStart),
      imagePull: law(.kubeletImagePull), startup: law(.kubeletStartup),
      initRun: law(.kubeletInitRun), termination: law(.kubeletTermination),
      cleanup: law(.kubeletCleanup),
      registrationToReady: law(.kubeletRegistrationToReady))
  }

  private static func apply(
    _ overrides: [ParameterOverride], to latency: inout LaunchLatency
  ) {
    for override in overrides {
      let own = Sourced(override.law, Provenance(.assumed, "the scenario"))
      switch override.name {
      case .autoscalingReconcileDelay: latency.reconcileDelay = own
      case .autoscalingRunInstancesDelay: latency.runInstancesDelay = own
      case .autoscalingLaunchActivity: latency.launchActivity = own
      case .autoscalingTerminateActivity: latency.terminateActivity = own
      case .autoscalingTerminateActivityGone: latency.terminateActivityGone = own
      case .autoscalingHealthNotice: latency.healthNotice = own
      case .autoscalingReplacementDelay: latency.replacementDelay = own
      case .ec2PendingToRunning: latency.pendingToRunning = own
      case .ec2Stopping: latency.stopping = own
      case .ec2BootToReady:
        for index in latency.bootToReady.indices { latency.bootToReady[index].law = own }
      default: break
      }
    }
  }

  /// The objects of a scenario's add-ons, in the order of the scenario.
  private static func addons(
    _ scenario: Scenario, _ models: Models
  ) throws(BrokenAddon) -> [ManifestObject] {
    var options = ManifestReader.Options()
    options.release = scenario.era.release
    let paths = scenario.addons.compactMap { models.manifest(of: $0, in: scenario.era) }
    let loaded = ManifestLoader.load(paths, options: options)
    if loaded.hasErrors { throw BrokenAddon(diagnostics: loaded.diagnostics) }
    return loaded.manifests.objects
  }
}
