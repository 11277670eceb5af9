import AWSObjects
import ClusterAutoscaler
import EC2AutoScaling
import KubernetesObjects
import TimeUnits

// The ConfigMap in which the autoscaler says how it sees the cluster.
extension ClusterModel {
  /// `kubectl get configmap cluster-autoscaler-status -o yaml`.
  func autoscalerStatusManifest(at now: SimulationTime) -> String {
    guard let status = autoscalerStatus(), let loop = autoscaler.process?.loop else { return "" }
    let text = StatusConfigMap.text(status, release: loop.options.release)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
    return """
      apiVersion: v1
      data:
        status: |
      \(lines)
      kind: ConfigMap
      metadata:
        name: \(loop.options.statusConfigMapName)
        namespace: \(loop.options.namespace)
      """
  }

  /// What each part says, by its name: `cluster` or a group's.
  private func parts() -> [(name: String, state: AutoscalerStatus.ClusterWide)] {
    guard let process = autoscaler.process, let last = autoscaler.lastLoop else { return [] }
    let registry = process.loop.registry
    let probe = probe(last, last)
    let unneeded = process.loop.scaleDown.unneeded.entries.map(\.node.name)
    var parts: [(name: String, state: AutoscalerStatus.ClusterWide)] = []
    parts.append(
      (
        "cluster",
        AutoscalerStatus.ClusterWide(
          health: registry.isClusterHealthy ? .healthy : .unhealthy,
          counts: .init(registry.total),
          scaleUp: registry.scaleUpRequests.isEmpty ? .noActivity : .inProgress,
          scaleDown: unneeded.isEmpty ? .noCandidates : .candidatesPresent,
          candidates: unneeded.count, probe: probe)
      ))
    for group in process.belief.groups.map(\.description) {
      let readiness = registry.readiness[group.name] ?? Readiness()
      let names = Set(readiness.registered)
      let candidates = unneeded.count { names.contains($0) }
      let scaleUp: AutoscalerStatus.ScaleUp
      switch registry.safety(of: group.name, at: last) {
      case .unhealthy: scaleUp = .unhealthy
      case .backedOff: scaleUp = .backoff
      case .safe: scaleUp = registry.scaleUpRequests[group.name] == nil ? .noActivity : .inProgress
      }
      parts.append(
        (
          group.name,
          AutoscalerStatus.ClusterWide(
            health: registry.isHealthy(group.name) ? .healthy : .unhealthy,
            counts: .init(readiness), scaleUp: scaleUp,
            scaleDown: candidates == 0 ? .noCandidates : .candidatesPresent,
            candidates: candidates, probe: probe)
        ))
    }
    return parts
  }

  private func probe(_ last: SimulationTime, _ since: SimulationTime) -> AutoscalerStatus.Probe {
    AutoscalerStatus.Probe(
      last: world.cloud.epoch.adding(last), lastTransition: world.cloud.epoch.adding(since))
  }

  /// Remembers when a part last began to say something else.
  mutating func noteTransitions(at now: SimulationTime) {
    for (name, state) in parts() {
      for (key, text) in [
        ("\(name)/health", state.health.rawValue), ("\(name)/up", state.scaleUp.rawValue),
        ("\(name)/down", state.scaleDown.rawValue),
      ] where autoscaler.transitions[key]?.state != text {
        autoscaler.transitions[key] = .init(state: text, since: now)
      }
    }
  }

  private func autoscalerStatus() -> AutoscalerStatus? {
    guard let process = autoscaler.process, let last = autoscaler.lastLoop else { return nil }
    func dated(_ name: String, _ state: AutoscalerStatus.ClusterWide)
      -> AutoscalerStatus.ClusterWide
    {
      var state = state
      func since(_ part: String) -> AutoscalerStatus.Probe {
        probe(last, autoscaler.transitions["\(name)/\(part)"]?.since ?? last)
      }
      state.healthProbe = since("health")
      state.scaleUpProbe = since("up")
      state.scaleDownProbe = since("down")
      return state
    }
    let all = parts()
    guard let first = all.first else { return nil }
    var status = AutoscalerStatus(
      time: world.cloud.epoch.adding(last), phase: .running,
      clusterWide: dated(first.name, first.state))
    for (group, part) in zip(process.belief.groups, all.dropFirst()) {
      status.nodeGroups.append(
        AutoscalerStatus.Group(
          name: part.name, state: dated(part.name, part.state), target: group.size,
          minSize: group.description.minSize, maxSize: group.description.maxSize,
          backoff: process.loop.registry.backoff.entry(part.name)?.error))
    }
    return status
  }
}

extension AutoscalerStatus.NodeCounts {
  init(_ readiness: Readiness) {
    self.init()
    registered = readiness.registered.count
    ready = readiness.ready.count
    notStarted = readiness.notStarted.count
    beingDeleted = readiness.deleted.count
    unready = readiness.unready.count
    longUnregistered = readiness.longUnregistered.count
    unregistered = readiness.unregistered.count
  }
}
