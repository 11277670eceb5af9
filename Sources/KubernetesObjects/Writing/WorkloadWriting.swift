public import Documents
import TimeUnits

extension APIObjectWriter {
  public func write(_ deployment: Deployment, to json: inout JSONWriter) {
    object("apps/v1", "Deployment", deployment.metadata, to: &json) { json in
      json.field(
        "spec",
        object: { json in
          if deployment.minReadySeconds > 0 {
            json.field("minReadySeconds", deployment.minReadySeconds)
          }
          if deployment.paused { json.field("paused", true) }
          json.field("progressDeadlineSeconds", deployment.progressDeadlineSeconds)
          json.field("replicas", deployment.replicas)
          json.field("revisionHistoryLimit", deployment.revisionHistoryLimit)
          json.selector("selector", deployment.selector)
          json.field("strategy", object: { $0.strategy(deployment.strategy) })
          json.template(deployment.template.value)
        })
      json.field("status", object: { write(deployment.status, to: &$0) })
    }
  }

  private func write(_ status: DeploymentStatus, to json: inout JSONWriter) {
    json.count("availableReplicas", status.availableReplicas)
    json.count("collisionCount", status.collisionCount)
    write(status.conditions, to: &json)
    json.count("observedGeneration", status.observedGeneration)
    json.count("readyReplicas", status.readyReplicas)
    json.count("replicas", status.replicas)
    json.count("terminatingReplicas", status.terminatingReplicas)
    json.count("unavailableReplicas", status.unavailableReplicas)
    json.count("updatedReplicas", status.updatedReplicas)
  }

  private func write(_ conditions: [WorkloadCondition], to json: inout JSONWriter) {
    json.objects("conditions", conditions) { condition, json in
      json.field("lastTransitionTime", text(condition.lastTransition))
      json.field("lastUpdateTime", text(condition.lastUpdate))
      json.optional("message", condition.message)
      json.optional("reason", condition.reason)
      json.field("status", condition.status.rawValue)
      json.field("type", condition.type.rawValue)
    }
  }

  public func write(_ set: ReplicaSet, to json: inout JSONWriter) {
    object("apps/v1", "ReplicaSet", set.metadata, to: &json) { json in
      json.field(
        "spec",
        object: { json in
          if set.minReadySeconds > 0 { json.field("minReadySeconds", set.minReadySeconds) }
          json.field("replicas", set.replicas)
          json.selector("selector", set.selector)
          json.template(set.template.value)
        })
      json.field(
        "status",
        object: { json in
          json.count("availableReplicas", set.status.availableReplicas)
          write(set.status.conditions, to: &json)
          json.count("fullyLabeledReplicas", set.status.fullyLabeledReplicas)
          json.count("observedGeneration", set.status.observedGeneration)
          json.count("readyReplicas", set.status.readyReplicas)
          json.field("replicas", set.status.replicas)
          json.count("terminatingReplicas", set.status.terminatingReplicas)
        })
    }
  }

  public func write(_ set: DaemonSet, to json: inout JSONWriter) {
    object("apps/v1", "DaemonSet", set.metadata, to: &json) { json in
      json.field(
        "spec",
        object: { json in
          if set.minReadySeconds > 0 { json.field("minReadySeconds", set.minReadySeconds) }
          json.field("revisionHistoryLimit", set.revisionHistoryLimit)
          json.selector("selector", set.selector)
          json.template(set.template.value)
          json.field("updateStrategy", object: { $0.strategy(set.updateStrategy) })
        })
      json.field(
        "status",
        object: { json in
          json.field("currentNumberScheduled", set.status.currentNumberScheduled)
          json.field("desiredNumberScheduled", set.status.desiredNumberScheduled)
          json.count("numberAvailable", set.status.numberAvailable)
          json.field("numberMisscheduled", set.status.numberMisscheduled)
          json.field("numberReady", set.status.numberReady)
          json.count("numberUnavailable", set.status.numberUnavailable)
          json.count("observedGeneration", set.status.observedGeneration)
          json.count("updatedNumberScheduled", set.status.updatedNumberScheduled)
        })
    }
  }
}

extension JSONWriter {
  /// A count; zero is left out, as the API does.
  fileprivate mutating func count(_ name: String, _ value: Int64) {
    if value != 0 { field(name, value) }
  }

  fileprivate mutating func template(_ template: PodTemplate) {
    field(
      "template",
      object: { json in
        json.field(
          "metadata",
          object: { json in
            json.labels("annotations", template.annotations)
            json.labels("labels", template.labels)
          })
        json.field("spec", object: { $0.podSpec(template.spec) })
      })
  }

  private mutating func intOrPercent(_ name: String, _ value: IntOrPercent) {
    switch value {
    case .int(let count): field(name, count)
    case .percent(let percent): field(name, "\(percent)%")
    }
  }

  fileprivate mutating func strategy(_ strategy: Deployment.Strategy) {
    switch strategy {
    case .recreate: field("type", "Recreate")
    case .rollingUpdate(let surge, let unavailable): rolling(surge, unavailable)
    }
  }

  fileprivate mutating func strategy(_ strategy: DaemonSet.UpdateStrategy) {
    switch strategy {
    case .onDelete: field("type", "OnDelete")
    case .rollingUpdate(let unavailable, let surge): rolling(surge, unavailable)
    }
  }

  private mutating func rolling(_ surge: IntOrPercent, _ unavailable: IntOrPercent) {
    field(
      "rollingUpdate",
      object: { json in
        json.intOrPercent("maxSurge", surge)
        json.intOrPercent("maxUnavailable", unavailable)
      })
    field("type", "RollingUpdate")
  }
}
