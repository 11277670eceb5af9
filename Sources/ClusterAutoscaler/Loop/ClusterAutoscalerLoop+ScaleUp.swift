import KubeScheduler
import KubernetesObjects
import TimeUnits

extension ClusterAutoscalerLoop {
  /// The nodes that are there and those on their way, with the pods that will be on them.
  mutating func buildSnapshot(_ pass: inout LoopPass) {
    let observation = pass.observation
    if observation.snapshot.hasPods(below: options.expendablePodsPriorityCutoff) {
      for observed in observation.nodes {
        guard let index = pass.snapshot.node(named: observed.name) else { continue }
        for key in pass.snapshot.pods(on: index) {
          if let pod = observation.pod(key), isExpendable(pod) { pass.snapshot.removePod(key) }
        }
      }
    }
    for pod in observation.pending where !isExpendable(pod.pod) {
      // A pod that waits for victims to leave has its place already.
      if let name = pod.pod.status.nominatedNodeName, let node = pass.snapshot.node(named: name) {
        pass.snapshot.place(pod.reference, on: node)
      }
    }
    for (index, group) in observation.groups.enumerated() {
      let (count, registered) = registry.upcoming(in: group, at: pass.now)
      pass.report.upcoming.append(count)
      guard count > 0, let template = pass.templates[index] else { continue }
      for name in registered { pass.snapshot.remove(name) }
      if options.release == .v1_13 {
        pass.upcomingTemplates += Array(repeating: template, count: count)
        continue
      }
      for number in 0..<count {
        pass.snapshot.add(template, named: "template-node-for-\(group.id)-upcoming-\(number)")
      }
    }
  }

  private func isExpendable(_ pod: Pod) -> Bool {
    pod.spec.value.priority < options.expendablePodsPriorityCutoff
  }

  /// Which pending pods new nodes are to be found for.
  mutating func sortPending(_ pass: inout LoopPass) {
    let observation = pass.observation
    var pods = observation.pending.filter { pod in
      !isExpendable(pod.pod) && pod.pod.status.nominatedNodeName == nil
    }
    pass.report.pendingPods = observation.pending.count
    for name in deletions.drained { pods += leavingPods(of: name, &pass) }
    let result = pendingPods.filterOutSchedulable(pods, in: &pass.snapshot)
    pass.report.schedulablePods = result.placed
    pass.podsToHelp = result.left.filter { pod in
      !pod.pod.isDaemonSetPod && PendingPods.isOldEnough(pod.pod, at: pass.now, options)
    }
    pass.report.podsToHelp = pass.podsToHelp
  }

  /// Pods of a node under drain, as the pods that will come in their place.
  private func leavingPods(of name: String, _ pass: inout LoopPass) -> [AutoscalerPod] {
    guard let index = pass.snapshot.node(named: name) else { return [] }
    return pass.snapshot.pods(on: index).compactMap { key in
      guard var pod = pass.observation.pod(key), pod.isRecreatable, !pod.metadata.isTerminating
      else { return nil }
      pass.snapshot.removePod(key)
      pod.nodeName = nil
      return AutoscalerPod(key: key, pod)
    }
  }

  mutating func tryScaleUp(
    _ pass: inout LoopPass, _ environment: inout some AutoscalerEnvironment
  ) {
    if pass.podsToHelp.isEmpty { return }
    let ready = pass.observation.nodes.count(where: \.isReady)
    if options.maxNodesTotal > 0, ready >= options.maxNodesTotal {
      pass.report.scaleUp = .maxNodesTotalReached
      environment.record(
        AutoscalerEvent(
          .statusConfigMap, isWarning: true, reason: "MaxNodesTotalReached",
          message: "Max total nodes in cluster reached: \(options.maxNodesTotal)"))
      return
    }
    if PendingPods.areAllNew(pass.podsToHelp, at: pass.now) {
      pass.report.scaleUp = .podsTooNew
      pass.disablesScaleDown = true
      return
    }
    let decision = planner.decide(
      pass.podsToHelp, in: pass.snapshot, groups: pass.observation.groups,
      templates: pass.templates, nodes: pass.observation.nodes, registry: registry, at: pass.now,
      upcoming: pass.upcomingTemplates)
    pass.report.decision = decision
    guard !decision.best.isEmpty else {
      pass.report.scaleUp = .noOption
      reportNotTriggered(decision, [], &environment)
      return
    }
    let chosen = environment.choose(from: decision)
    pass.report.chosen = chosen
    let option = decision.options[chosen]
    let plan = planner.plan(
      option, groups: pass.observation.groups, nodes: pass.observation.nodes,
      nodeCount: pass.snapshot.nodeCount)
    if plan.increases.isEmpty {
      pass.report.scaleUp = .limited(plan.limit ?? "")
      return
    }
    execute(plan, helping: option.pods, &pass, &environment)
    reportNotTriggered(decision, option.pods, &environment)
  }

  /// Asks the cloud for the nodes of a plan; the first refusal ends it unless scale-ups are
  /// parallel.
  mutating func execute(
    _ plan: ScaleUpPlan, helping pods: [UInt32], _ pass: inout LoopPass,
    _ environment: inout some AutoscalerEnvironment
  ) {
    for increase in plan.increases {
      let group = pass.observation.groups[increase.group]
      do throws(CreationError) {
        try environment.increaseSize(of: group, by: increase.count)
      } catch {
        registry.noteFailedScaleUp(group.id, error: error, at: pass.now)
        environment.record(
          AutoscalerEvent(
            .statusConfigMap, isWarning: true, reason: "FailedToScaleUpGroup",
            message: "Scale-up failed for group \(group.id): \(error.message)"))
        pass.report.scaleUp = .failed(error)
        if options.parallelScaleUp { continue }
        return
      }
      registry.noteScaleUp(group, by: increase.count, at: pass.now)
      pass.observation.groups[increase.group].targetSize = increase.to
      pass.report.increases.append(increase)
      environment.record(
        AutoscalerEvent(
          .statusConfigMap, reason: "ScaledUpGroup",
          message: "Scale-up: setting group \(group.id) size to \(increase.to) instead of "
            + "\(increase.from) (max: \(group.maxSize))"))
    }
    if case .failed = pass.report.scaleUp { return }
    pass.report.scaleUp = .successful
    lastScaleUpTime = pass.now
    let text = plan.increases.map { increase in
      let group = pass.observation.groups[increase.group]
      return "{\(group.id) \(increase.from)->\(increase.to) (max: \(group.maxSize))}"
    }.joined(separator: " ")
    for pod in pods {
      environment.record(
        AutoscalerEvent(
          .pod(pod), reason: "TriggeredScaleUp", message: "pod triggered scale-up: [\(text)]"))
    }
  }

  /// Tells the pods that no option helps; pods that another option would help wait for the next
  /// loop.
  private func reportNotTriggered(
    _ decision: ScaleUpDecision, _ helped: [UInt32],
    _ environment: inout some AutoscalerEnvironment
  ) {
    let helped = Set(helped)
    var helpable: Set<UInt32>?
    for (index, group) in decision.podGroups.enumerated() {
      if group.pods.allSatisfy({ helped.contains($0.key) }) { continue }
      let others = helpable ?? Set(decision.options.lazy.flatMap(\.pods))
      helpable = others
      let left = group.pods.filter { !helped.contains($0.key) && !others.contains($0.key) }
      if left.isEmpty { continue }
      let message = decision.notTriggeredMessage(for: index)
      for pod in left {
        environment.record(
          AutoscalerEvent(.pod(pod.key), reason: "NotTriggerScaleUp", message: message))
      }
    }
  }
}
