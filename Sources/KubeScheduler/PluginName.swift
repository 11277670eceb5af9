/// The plugins of the default profile by their names in a `KubeSchedulerConfiguration`, in the
/// order in which they run ([36] `apis/config/v1/default_plugins.go`).
public enum PluginName: String, Sendable, Hashable, CaseIterable {
  case schedulingGates = "SchedulingGates"
  case nodeUnschedulable = "NodeUnschedulable"
  case nodeName = "NodeName"
  case taintToleration = "TaintToleration"
  case nodeAffinity = "NodeAffinity"
  case nodePorts = "NodePorts"
  case nodeResourcesFit = "NodeResourcesFit"
  case volumeRestrictions = "VolumeRestrictions"
  case nodeVolumeLimits = "NodeVolumeLimits"
  case volumeBinding = "VolumeBinding"
  case volumeZone = "VolumeZone"
  case podTopologySpread = "PodTopologySpread"
  case interPodAffinity = "InterPodAffinity"
  case dynamicResources = "DynamicResources"
  case defaultPreemption = "DefaultPreemption"
  case balancedAllocation = "NodeResourcesBalancedAllocation"
  case imageLocality = "ImageLocality"

  // Only in the profile of 1.11, under the names its predicates and priorities had.
  case checkNodeCondition = "CheckNodeCondition"
  case checkNodePressure = "CheckNodePressure"
  case selectorSpread = "SelectorSpreadPriority"

  /// The place in the order of the plugins.
  var ordinal: Int {
    switch self {
    case .schedulingGates: 0
    case .nodeUnschedulable: 1
    case .nodeName: 2
    case .taintToleration: 3
    case .nodeAffinity: 4
    case .nodePorts: 5
    case .nodeResourcesFit: 6
    case .volumeRestrictions: 7
    case .nodeVolumeLimits: 8
    case .volumeBinding: 9
    case .volumeZone: 10
    case .podTopologySpread: 11
    case .interPodAffinity: 12
    case .dynamicResources: 13
    case .defaultPreemption: 14
    case .balancedAllocation: 15
    case .imageLocality: 16
    case .checkNodeCondition: 17
    case .checkNodePressure: 18
    case .selectorSpread: 19
    }
  }
}
