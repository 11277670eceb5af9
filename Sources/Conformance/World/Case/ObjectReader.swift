import Documents
import KubeControllers
import KubernetesObjects
import TimeUnits

/// Reads the objects of a recording: native JSON, of which the fields that occur are taken.
enum ObjectReader {
  static func labels(_ node: DocumentNode?) -> Labels {
    Labels(
      (node?.entries ?? []).compactMap { entry in
        entry.value.scalarText.map { (entry.key, $0) }
      })
  }

  static func taint(_ node: DocumentNode) -> Taint {
    Taint(
      key: node["key"]?.scalarText ?? "", value: node["value"]?.scalarText ?? "",
      effect: node["effect"]?.scalarText.flatMap(Taint.Effect.init) ?? .noSchedule)
  }

  static func selector(_ node: DocumentNode?) -> LabelSelector {
    LabelSelector(matchLabels: labels(node?["matchLabels"]))
  }

  static func intOrPercent(_ node: DocumentNode?) -> IntOrPercent? {
    guard let node else { return nil }
    if let value = node.intValue { return .int(value) }
    guard let text = node.scalarText, text.last == "%", let percent = Int64(text.dropLast()) else {
      return nil
    }
    return .percent(percent)
  }

  static func metadata(_ object: DocumentNode) -> ObjectMeta {
    let metadata = object["metadata"]
    return ObjectMeta(
      name: metadata?["name"]?.scalarText ?? "", labels: labels(metadata?["labels"]),
      annotations: labels(metadata?["annotations"]))
  }

  static func template(_ node: DocumentNode?) -> PodTemplate {
    PodTemplate(
      labels: labels(node?["metadata"]?["labels"]),
      annotations: labels(node?["metadata"]?["annotations"]), spec: podSpec(node?["spec"]))
  }

  static func podSpec(_ node: DocumentNode?) -> PodSpec {
    let containers = (node?["containers"]?.elements ?? []).map {
      Container(name: $0["name"]?.scalarText ?? "", image: $0["image"]?.scalarText ?? "")
    }
    var spec = PodSpec(containers: containers)
    spec.tolerations = (node?["tolerations"]?.elements ?? []).map(toleration)
    spec.nodeSelector = labels(node?["nodeSelector"])
    spec.nodeName = node?["nodeName"]?.scalarText
    if let grace = node?["terminationGracePeriodSeconds"]?.intValue {
      spec.terminationGracePeriodSeconds = grace
    }
    if let policy = node?["restartPolicy"]?.scalarText.flatMap(PodSpec.RestartPolicy.init) {
      spec.restartPolicy = policy
    }
    return spec
  }

  private static func toleration(_ node: DocumentNode) -> Toleration {
    Toleration(
      key: node["key"]?.scalarText ?? "",
      operator: node["operator"]?.scalarText.flatMap(Toleration.Operator.init) ?? .equal,
      value: node["value"]?.scalarText ?? "",
      effect: node["effect"]?.scalarText.flatMap(Taint.Effect.init),
      seconds: node["tolerationSeconds"]?.intValue)
  }

  // MARK: Workloads

  static func deployment(_ object: DocumentNode) -> Deployment {
    let spec = object["spec"]
    var deployment = Deployment(
      metadata: metadata(object), selector: selector(spec?["selector"]),
      template: Shared(template(spec?["template"])))
    deployment.replicas = spec?["replicas"]?.intValue ?? 1
    deployment.minReadySeconds = spec?["minReadySeconds"]?.intValue ?? 0
    deployment.revisionHistoryLimit = spec?["revisionHistoryLimit"]?.intValue ?? 10
    deployment.progressDeadlineSeconds = spec?["progressDeadlineSeconds"]?.intValue ?? 600
    deployment.paused = spec?["paused"]?.boolValue ?? false
    if spec?["strategy"]?["type"]?.scalarText == "Recreate" {
      deployment.strategy = .recreate
    } else {
      let rolling = spec?["strategy"]?["rollingUpdate"]
      deployment.strategy = .rollingUpdate(
        maxSurge: intOrPercent(rolling?["maxSurge"]) ?? .percent(25),
        maxUnavailable: intOrPercent(rolling?["maxUnavailable"]) ?? .percent(25))
    }
    return deployment
  }

  static func replicaSet(_ object: DocumentNode) -> ReplicaSet {
    let spec = object["spec"]
    var set = ReplicaSet(
      metadata: metadata(object), replicas: spec?["replicas"]?.intValue ?? 1,
      selector: selector(spec?["selector"]), template: Shared(template(spec?["template"])))
    set.minReadySeconds = spec?["minReadySeconds"]?.intValue ?? 0
    return set
  }

  static func daemonSet(_ object: DocumentNode) -> DaemonSet {
    let spec = object["spec"]
    var set = DaemonSet(
      metadata: metadata(object), selector: selector(spec?["selector"]),
      template: Shared(template(spec?["template"])))
    set.minReadySeconds = spec?["minReadySeconds"]?.intValue ?? 0
    if spec?["updateStrategy"]?["type"]?.scalarText == "OnDelete" {
      set.updateStrategy = .onDelete
    } else {
      let rolling = spec?["updateStrategy"]?["rollingUpdate"]
      let surge = intOrPercent(rolling?["maxSurge"]) ?? .int(0)
      set.updateStrategy = .rollingUpdate(
        maxUnavailable: intOrPercent(rolling?["maxUnavailable"]) ?? .int(1), maxSurge: surge)
    }
    return set
  }

  static func statefulSet(_ object: DocumentNode) -> StatefulSet {
    let spec = object["spec"]
    var set = StatefulSet(
      metadata: metadata(object), selector: selector(spec?["selector"]),
      template: Shared(template(spec?["template"])))
    set.replicas = spec?["replicas"]?.intValue ?? 1
    set.isParallel = spec?["podManagementPolicy"]?.scalarText == "Parallel"
    set.minReadySeconds = spec?["minReadySeconds"]?.intValue ?? 0
    if spec?["updateStrategy"]?["type"]?.scalarText == "OnDelete" {
      set.updateStrategy = .onDelete
    } else {
      set.updateStrategy = .rollingUpdate(
        partition: spec?["updateStrategy"]?["rollingUpdate"]?["partition"]?.intValue ?? 0)
    }
    return set
  }

  static func job(_ object: DocumentNode) -> Job {
    let spec = object["spec"]
    var job = Job(metadata: metadata(object), template: Shared(template(spec?["template"])))
    job.completions = spec?["completions"]?.intValue
    if let parallelism = spec?["parallelism"]?.intValue {
      job.parallelism = parallelism
    } else if job.completions == nil {
      job.completions = 1
    }
    job.backoffLimit = spec?["backoffLimit"]?.intValue ?? 6
    job.activeDeadlineSeconds = spec?["activeDeadlineSeconds"]?.intValue
    job.isSuspended = spec?["suspend"]?.boolValue ?? false
    job.failurePolicy = (spec?["podFailurePolicy"]?["rules"]?.elements ?? []).map(failureRule)
    job.podReplacementPolicy =
      spec?["podReplacementPolicy"]?.scalarText.flatMap(Job.PodReplacementPolicy.init)
      ?? (job.failurePolicy.isEmpty ? .terminatingOrFailed : .failed)
    return job
  }

  private static func failureRule(_ rule: DocumentNode) -> PodFailureRule {
    var requirements: [PodFailureRule.Requirement] = []
    if let codes = rule["onExitCodes"] {
      requirements.append(
        .exitCodes(
          container: codes["containerName"]?.scalarText,
          values: (codes["values"]?.elements ?? []).compactMap(\.intValue).map {
            Int32(clamping: $0)
          }, isIn: codes["operator"]?.scalarText == "In"))
    }
    for condition in rule["onPodConditions"]?.elements ?? [] {
      if let type = condition["type"]?.scalarText.flatMap(PodCondition.Kind.init) {
        let status = condition["status"]?.scalarText.flatMap(ConditionStatus.init) ?? .true
        requirements.append(.condition(type, status))
      }
    }
    return PodFailureRule(
      action: rule["action"]?.scalarText.flatMap(PodFailureRule.Action.init) ?? .count,
      requirements: requirements)
  }

  static func disruptionBudget(_ object: DocumentNode) -> PodDisruptionBudget {
    let spec = object["spec"]
    var budget = PodDisruptionBudget(
      metadata: metadata(object), selector: spec?["selector"].map { selector($0) })
    budget.minAvailable = intOrPercent(spec?["minAvailable"])
    budget.maxUnavailable = intOrPercent(spec?["maxUnavailable"])
    budget.evictsUnhealthyAlways =
      spec?["unhealthyPodEvictionPolicy"]?.scalarText == "AlwaysAllow"
    return budget
  }
}
