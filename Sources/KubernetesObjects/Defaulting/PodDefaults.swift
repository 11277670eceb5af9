extension PodSpec {
  /// The defaults that the API server gives pods but not templates ([36] `SetDefaults_Pod`):
  /// a limit without a request is the request, ports of the host network are host ports, and
  /// pod-level requests follow from containers and pod-level limits.
  public mutating func applyPodDefaults() {
    for index in containers.indices { containers[index].resources.requestWhatIsLimited() }
    for index in initContainers.indices { initContainers[index].resources.requestWhatIsLimited() }
    defaultPodLevelRequests()
    guard hostNetwork else { return }
    for index in containers.indices { containers[index].exposePortsOnHost() }
    for index in initContainers.indices { initContainers[index].exposePortsOnHost() }
  }

  private mutating func defaultPodLevelRequests() {
    guard var podLevel = resources, !podLevel.limits.isEmpty else { return }
    for entry in EffectiveResources.containerRequests(of: self).entries
    where podLevel.requests[entry.name] == nil
      && (entry.name == ResourceName.cpu || entry.name == ResourceName.memory)
    {
      podLevel.requests[entry.name] = entry.quantity
    }
    podLevel.requestWhatIsLimited()
    resources = podLevel
  }
}

extension ResourceRequirements {
  fileprivate mutating func requestWhatIsLimited() {
    for entry in limits.entries where requests[entry.name] == nil {
      requests[entry.name] = entry.quantity
    }
  }
}

extension Container {
  fileprivate mutating func exposePortsOnHost() {
    for index in ports.indices where ports[index].hostPort == 0 {
      ports[index].hostPort = ports[index].containerPort
    }
  }
}
