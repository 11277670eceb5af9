public import AWSObjects
public import Scenarios

/// A container's behavior that the models describe.
public struct WorkloadModel: Sendable {
  public var behavior: BehaviorSpec
  public var provenance: Provenance
}

/// Everything the `models` folder says.
public struct Models: Sendable {
  /// Where it is.
  public var folder: String
  public var aws: AWSModels
  /// Delays of kubelets and container runtimes (`models/kubernetes/kubelet.yaml`).
  public var kubelet: [ParameterName: Sourced<DelayLaw>]
  /// What loaded nodes do (`models/kubernetes/node-load.yaml`).
  public var nodeLoad: NodeLoadModel
  /// Round trips inside and between regions (`models/aws/network.yaml`).
  public var network: NetworkFacts
  /// What runs inside known workloads (`models/workloads`), by `file/name`. Looked up, never
  /// walked.
  public var workloads: [String: WorkloadModel]
  /// The add-ons that have manifests, by era.
  var addons: [Era: [Addon]]

  /// The manifest of an add-on in an era; nil if that era has none.
  public func manifest(of addon: Addon, in era: Era) -> String? {
    addons[era]?.contains(addon) == true ? Self.manifest(of: addon, in: era, of: folder) : nil
  }

  static func manifest(of addon: Addon, in era: Era, of folder: String) -> String {
    "\(folder)/kubernetes/addons/\(era.rawValue)/\(addon.rawValue).yaml"
  }

  /// A parameter's law as the models have it; nil for `ec2.bootToReady`, which depends on the image
  /// and the date.
  public func law(_ name: ParameterName) -> Sourced<DelayLaw>? {
    let latency = aws.launchLatency
    return switch name {
    case .autoscalingReconcileDelay: latency.reconcileDelay
    case .autoscalingRunInstancesDelay: latency.runInstancesDelay
    case .autoscalingLaunchActivity: latency.launchActivity
    case .autoscalingTerminateActivity: latency.terminateActivity
    case .autoscalingTerminateActivityGone: latency.terminateActivityGone
    case .autoscalingHealthNotice: latency.healthNotice
    case .autoscalingReplacementDelay: latency.replacementDelay
    case .ec2PendingToRunning: latency.pendingToRunning
    case .ec2Stopping: latency.stopping
    case .ec2BootToReady: nil
    default: kubelet[name]
    }
  }
}
