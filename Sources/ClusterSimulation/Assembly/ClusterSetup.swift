public import AWSObjects
public import EC2AutoScaling
public import KubernetesObjects
public import NetworkModel
public import Scenarios

/// All that a run is assembled from: the scenario, the objects behind its file names, the models.
public struct ClusterSetup: Sendable {
  public var scenario: Scenario
  /// Created at the start, in this order: the add-ons' objects, then the scenario's.
  public var objects: [ManifestObject]
  /// What `kubectl apply -f` and `delete -f` find, by the name as written.
  public var files: [String: [ManifestObject]]
  public var aws: AWSModels
  public var kubelet: KubeletLatencies
  public var nodeLoad: NodeLoadModel
  /// Nil is the era's own.
  public var scheduler: SchedulerSettings?
  /// The request counts behind each load that is a trace, by the load's place.
  public var traces: [Int: RequestTrace]
  /// Round trips between the zones of the cluster and of its services; nil without services.
  public var network: Network?
  /// Pods that come and go at times of their own, in the order of their creation.
  public var arrivals: [PodArrival]
  /// Whether every random draw is the mirror image of the one that the seed usually gives.
  public var isAntithetic = false

  public init(
    scenario: Scenario, objects: [ManifestObject], files: [String: [ManifestObject]] = [:],
    aws: AWSModels, kubelet: KubeletLatencies, nodeLoad: NodeLoadModel,
    traces: [Int: RequestTrace] = [:], arrivals: [PodArrival] = []
  ) {
    self.scenario = scenario
    self.objects = objects
    self.files = files
    self.aws = aws
    self.kubelet = kubelet
    self.nodeLoad = nodeLoad
    self.traces = traces
    self.arrivals = arrivals
  }
}

/// Why a setup cannot be assembled; scenario files are checked for it before.
public enum AssemblyError: Error, Sendable, CustomStringConvertible {
  case unknownInstanceType(InstanceTypeCatalog.UnknownInstanceType)
  case noBootLatency(image: String)
  case refusedGroup(AWSError)

  public var description: String {
    switch self {
    case .unknownInstanceType(let error): error.description
    case .noBootLatency(let image):
      "models/aws/launch-latency.yaml has no boot time for the image '\(image)' on that date"
    case .refusedGroup(let error): error.description
    }
  }
}
