import KubernetesObjects
import TimeUnits

extension ClusterAutoscalerLoop {
  /// The marks that an earlier process left on nodes go at the first loop.
  mutating func cleanUpOnce(
    _ observation: ClusterObservation, _ environment: inout some AutoscalerEnvironment
  ) {
    guard isFirst else { return }
    isFirst = false
    let marked = observation.nodes.filter { $0.group != nil && $0.node.isToBeDeleted }
    if !marked.isEmpty { environment.removeDeletionTaints(from: marked.map(\.name)) }
    guard options.maxBulkSoftTaintCount == 0, options.release != .v1_13 else { return }
    let candidates = observation.nodes.filter(\.node.isDeletionCandidate).map(\.name)
    if !candidates.isEmpty {
      environment.setDeletionCandidates(adding: [], removing: candidates)
    }
  }

  /// Takes back what did not come in time, and says what failed.
  mutating func settle(
    _ update: ClusterStateRegistry.Update, _ pass: inout LoopPass,
    _ environment: inout some AutoscalerEnvironment
  ) {
    for (id, increase) in update.timedOut {
      pass.report.timedOut.append(id)
      environment.record(
        AutoscalerEvent(
          .statusConfigMap, isWarning: true, reason: "ScaleUpTimedOut",
          message: "Nodes added to group \(id) failed to register within the provision time"))
      guard let index = pass.group(id) else { continue }
      // 1.13 only backed off.
      if options.release == .v1_13 { continue }
      do throws(CreationError) {
        try environment.decreaseTargetSize(of: pass.observation.groups[index], by: increase)
        pass.observation.groups[index].targetSize -= increase
      } catch {
        environment.record(
          AutoscalerEvent(
            .statusConfigMap, isWarning: true, reason: "FailedToRevertScaleUp",
            message: "Failed to decrease \(id) by \(increase): \(error.message)"))
      }
    }
    for failure in update.failed {
      pass.report.failedCreations.append(failure.group)
      environment.record(
        AutoscalerEvent(
          .statusConfigMap, isWarning: true, reason: "ScaleUpFailed",
          message: "Failed adding \(failure.count) nodes to group \(failure.group) due to "
            + "\(failure.error.errorClass.rawValue).\(failure.error.code); source errors: "
            + failure.error.message))
    }
  }

  /// Deletes machines that did not become nodes in time; whether any was.
  mutating func removeUnregistered(
    _ pass: inout LoopPass, _ environment: inout some AutoscalerEnvironment
  ) -> Bool {
    var removedAny = false
    for index in pass.observation.groups.indices {
      let group = pass.observation.groups[index]
      let limit = group.options.maxNodeProvisionTime ?? options.maxNodeProvisionTime
      var overdue = group.instances.map(\.providerID).filter { id in
        registry.unregisteredSince[id].map { $0 + limit < pass.now } ?? false
      }
      if overdue.isEmpty { continue }
      if !options.forceDeleteUnregisteredNodes {
        overdue = Array(overdue.prefix(max(0, group.targetSize - group.minSize)))
      }
      if overdue.isEmpty { continue }
      do throws(CreationError) {
        try environment.deleteInstances(overdue, of: group)
        pass.observation.groups[index].targetSize -= overdue.count
        pass.observation.groups[index].instances.removeAll { overdue.contains($0.providerID) }
        removedAny = true
        for id in overdue {
          environment.record(
            AutoscalerEvent(
              .statusConfigMap, reason: "DeleteUnregistered",
              message: "Removed unregistered node \(id)"))
        }
      } catch {
        for id in overdue {
          environment.record(
            AutoscalerEvent(
              .statusConfigMap, isWarning: true, reason: "DeleteUnregisteredFailed",
              message: "Failed to remove node \(id): \(error.message)"))
        }
      }
    }
    return removedAny
  }

  /// Deletes machines that could not be made.
  mutating func removeFailed(
    _ pass: inout LoopPass, _ environment: inout some AutoscalerEnvironment
  ) {
    for index in pass.observation.groups.indices {
      let group = pass.observation.groups[index]
      let failed = group.instances.filter { $0.creationError != nil }.map(\.providerID)
      if failed.isEmpty { continue }
      guard (try? environment.deleteInstances(failed, of: group)) != nil else { continue }
      pass.observation.groups[index].targetSize -= failed.count
      pass.observation.groups[index].instances.removeAll { failed.contains($0.providerID) }
    }
  }

  /// Lowers targets that the number of nodes has been below for long; whether any was.
  mutating func fixSizes(
    _ pass: inout LoopPass, _ environment: inout some AutoscalerEnvironment
  ) -> Bool {
    var fixed = false
    for index in pass.observation.groups.indices {
      let group = pass.observation.groups[index]
      guard let size = registry.incorrectSizes[group.id] else { continue }
      let limit = group.options.maxNodeProvisionTime ?? options.maxNodeProvisionTime
      guard size.firstObserved + limit < pass.now, size.current < size.expected else { continue }
      let excess = size.expected - size.current
      guard (try? environment.decreaseTargetSize(of: group, by: excess)) != nil else { break }
      pass.observation.groups[index].targetSize -= excess
      fixed = true
    }
    return fixed
  }

  /// Raises groups that are below their minimum.
  mutating func raiseToMinimum(
    _ pass: inout LoopPass, _ environment: inout some AutoscalerEnvironment
  ) {
    for index in pass.observation.groups.indices {
      let group = pass.observation.groups[index]
      guard group.targetSize < group.minSize, let template = pass.templates[index],
        registry.safety(of: group.id, at: pass.now) == .safe
      else { continue }
      var count = group.minSize - group.targetSize
      if options.maxNodesTotal > 0 {
        count = min(count, options.maxNodesTotal - pass.snapshot.nodeCount)
      }
      let limits = ClusterLimits(pass.observation.nodes.lazy.map(\.node), options)
      count = limits.capped(count, of: template.node)
      if count < 1 { continue }
      let plan = ScaleUpPlan(
        increases: [.init(group: index, from: group.targetSize, to: group.targetSize + count)])
      execute(plan, helping: [], &pass, &environment)
    }
  }
}

extension LoopPass {
  func group(_ id: String) -> Int? { observation.groups.firstIndex { $0.id == id } }
}
