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
  var ordinal: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
