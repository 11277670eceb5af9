import Documents

extension JSONWriter {
  /// The fields of a pod spec, in byte order; the caller opens the object.
  ///
  /// `nodeName` is where the pod is bound, which a template does not know.
  mutating func podSpec(_ spec: PodSpec, nodeName: String? = nil) {
    optional("activeDeadlineSeconds", spec.activeDeadlineSeconds)
    if let affinity = spec.affinity { field("affinity", object: { $0.affinity(affinity) }) }
    objects("containers", spec.containers) { $1.container($0) }
    if spec.hostNetwork { field("hostNetwork", true) }
    objects("initContainers", spec.initContainers) { $1.container($0) }
    optional("nodeName", nodeName ?? spec.nodeName)
    labels("nodeSelector", spec.nodeSelector)
    resources("overhead", spec.overhead)
    if spec.preemptionPolicy != .preemptLowerPriority || spec.priority != nil {
      field("preemptionPolicy", spec.preemptionPolicy.rawValue)
    }
    optional("priority", spec.priority.map(Int64.init))
    optional("priorityClassName", spec.priorityClassName)
    if let resources = spec.resources { field("resources", object: { $0.requirements(resources) }) }
    field("restartPolicy", spec.restartPolicy.rawValue)
    optional("runtimeClassName", spec.runtimeClassName)
    field("schedulerName", spec.schedulerName)
    objects("schedulingGates", spec.schedulingGates) { $1.field("name", $0) }
    optional("serviceAccountName", spec.serviceAccountName)
    field("terminationGracePeriodSeconds", spec.terminationGracePeriodSeconds)
    objects("tolerations", spec.tolerations) { $1.toleration($0) }
    objects("topologySpreadConstraints", spec.topologySpreadConstraints) { $1.spread($0) }
    objects("volumes", spec.volumes) { $1.volume($0) }
  }

  private mutating func container(_ container: Container) {
    strings("args", container.args)
    strings("command", container.command)
    objects("env", container.environment.pairs) { pair, json in
      json.field("name", pair.key)
      json.field("value", pair.value)
    }
    field("image", container.image)
    optional("imagePullPolicy", container.imagePullPolicy?.rawValue)
    if let seconds = container.preStopSeconds {
      field(
        "lifecycle",
        object: { json in
          json.field(
            "preStop",
            object: { $0.field("sleep", object: { $0.field("seconds", seconds) }) })
        })
    }
    probe("livenessProbe", container.livenessProbe)
    field("name", container.name)
    objects("ports", container.ports) { port, json in
      json.field("containerPort", port.containerPort)
      json.optional("hostIP", port.hostIP)
      if port.hostPort > 0 { json.field("hostPort", port.hostPort) }
      json.field("protocol", port.networkProtocol.rawValue)
    }
    probe("readinessProbe", container.readinessProbe)
    field("resources", object: { $0.requirements(container.resources) })
    optional("restartPolicy", container.restartPolicy?.rawValue)
    probe("startupProbe", container.startupProbe)
  }

  private mutating func requirements(_ requirements: ResourceRequirements) {
    resources("limits", requirements.limits)
    resources("requests", requirements.requests)
  }

  private mutating func probe(_ name: String, _ probe: Probe?) {
    guard let probe else { return }
    field(
      name,
      object: { json in
        json.field("failureThreshold", probe.failureThreshold)
        json.field("initialDelaySeconds", probe.initialDelaySeconds)
        json.field("periodSeconds", probe.periodSeconds)
        json.field("successThreshold", probe.successThreshold)
        json.optional("terminationGracePeriodSeconds", probe.terminationGracePeriodSeconds)
        json.field("timeoutSeconds", probe.timeoutSeconds)
      })
  }

  private mutating func toleration(_ toleration: Toleration) {
    optional("effect", toleration.effect?.rawValue)
    optional("key", toleration.key)
    field("operator", toleration.operator.rawValue)
    optional("tolerationSeconds", toleration.seconds)
    optional("value", toleration.value)
  }

  private mutating func volume(_ volume: Volume) {
    switch volume.source {
    case .awsElasticBlockStore(let id):
      field("awsElasticBlockStore", object: { $0.field("volumeID", id) })
    case .emptyDir(let inMemory):
      field("emptyDir", object: { if inMemory { $0.field("medium", "Memory") } })
    case .hostPath: field("hostPath", object: { _ in })
    case .ephemeral(let template):
      field(
        "ephemeral",
        object: { $0.field("volumeClaimTemplate", object: { $0.claimSpec(template) }) })
    case .other(let kind): field(kind, object: { _ in })
    case .persistentVolumeClaim: break
    }
    field("name", volume.name)
    if case .persistentVolumeClaim(let name) = volume.source {
      field("persistentVolumeClaim", object: { $0.field("claimName", name) })
    }
  }

  private mutating func claimSpec(_ template: VolumeClaimTemplate) {
    field(
      "spec",
      object: { json in
        json.strings("accessModes", template.accessModes.map(\.rawValue))
        json.field(
          "resources",
          object: { json in
            json.field("requests", object: { $0.field("storage", "\(template.request)") })
          })
        json.optional("storageClassName", template.storageClassName)
      })
  }
}
