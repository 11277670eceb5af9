import Documents

extension DocumentCursor {
  /// A pod spec with the defaults of `SetDefaults_PodSpec`; nil if it has no containers.
  func podSpec() -> PodSpec? {
    guard expectMapping() else { return nil }
    defer { reportUnknownFields(severity: .warning) }
    let containers = field("containers")
    guard let containers, containers.node.elements?.isEmpty != true else {
      error("containers: Required value")
      return nil
    }
    var spec = PodSpec(containers: containers.containers(areInit: false))
    spec.initContainers = field("initContainers")?.containers(areInit: true) ?? []
    reportDuplicateNames(of: spec)
    spec.resources = field("resources")?.resourceRequirements()
    spec.overhead = field("overhead")?.resourceList() ?? ResourceList()
    spec.volumes = field("volumes")?.volumes() ?? []
    readLifeCycle(into: &spec)
    readPlacement(into: &spec)
    reportNotModeled()
    ignore(
      "dnsPolicy", "dnsConfig", "serviceAccount", "automountServiceAccountToken", "hostPID",
      "hostIPC", "hostUsers", "shareProcessNamespace", "securityContext", "imagePullSecrets",
      "hostname", "hostnameOverride", "subdomain", "hostAliases", "enableServiceLinks",
      "setHostnameAsFQDN", "os", "ephemeralContainers")
    return spec
  }

  private func readLifeCycle(into spec: inout PodSpec) {
    if let policy = field("restartPolicy")?.choice(PodSpec.RestartPolicy.self) {
      spec.restartPolicy = policy
    }
    if let seconds = field("terminationGracePeriodSeconds")?.int(atLeast: 0) {
      spec.terminationGracePeriodSeconds = seconds
    }
    spec.activeDeadlineSeconds = field("activeDeadlineSeconds")?.int(atLeast: 1)
    spec.serviceAccountName = field("serviceAccountName")?.apiString()
    spec.hostNetwork = field("hostNetwork")?.bool() ?? false
  }

  private func readPlacement(into spec: inout PodSpec) {
    spec.nodeName = field("nodeName")?.apiString().flatMap { $0.isEmpty ? nil : $0 }
    spec.nodeSelector = field("nodeSelector")?.labels() ?? [:]
    spec.affinity = field("affinity")?.affinity()
    spec.tolerations = field("tolerations")?.tolerations() ?? []
    spec.topologySpreadConstraints =
      field("topologySpreadConstraints")?.topologySpreadConstraints() ?? []
    if let name = field("schedulerName")?.apiString(), !name.isEmpty { spec.schedulerName = name }
    spec.schedulingGates =
      field("schedulingGates")?.elements().compactMap { $0.required("name")?.apiString() } ?? []
    spec.priorityClassName =
      field("priorityClassName")?.apiString().flatMap { $0.isEmpty ? nil : $0 }
    spec.priority = field("priority")?.int().flatMap { Int32(exactly: $0) }
    if let policy = field("preemptionPolicy")?.choice(PodSpec.PreemptionPolicy.self) {
      spec.preemptionPolicy = policy
    }
    spec.runtimeClassName = field("runtimeClassName")?.apiString()
  }

  /// Fields that would change where or when the pod runs.
  private func reportNotModeled() {
    let effects = [
      ("resourceClaims", "devices are not allocated"),
      ("readinessGates", "no controller sets their conditions; the pod counts as ready without"),
      ("workloadRef", "pods are not scheduled as a group"),
      ("schedulingGroup", "pods are not scheduled as a group"),
      ("runtimeClassName", "the class's overhead and node selector are not added"),
    ]
    for (name, effect) in effects {
      guard let cursor = field(name), cursor.node.elements?.isEmpty != true else { continue }
      cursor.warning("\(name) is not modeled: \(effect)")
    }
  }

  private func reportDuplicateNames(of spec: PodSpec) {
    var names: Set<String> = []
    for container in spec.containers + spec.initContainers
    where !names.insert(container.name).inserted {
      error("containers: Duplicate value: \"\(container.name)\"")
    }
  }

  private func volumes() -> [Volume] {
    elements().compactMap { cursor in
      guard cursor.expectMapping(), let name = cursor.required("name")?.apiString() else {
        return nil
      }
      return Volume(name: name, source: cursor.volumeSource())
    }
  }

  private func volumeSource() -> Volume.Source {
    if let claim = field("persistentVolumeClaim") {
      return .persistentVolumeClaim(name: claim.field("claimName")?.apiString() ?? "")
    }
    if let disk = field("awsElasticBlockStore") {
      return .awsElasticBlockStore(volumeID: disk.field("volumeID")?.apiString() ?? "")
    }
    if let claim = field("ephemeral") {
      let spec = claim.field("volumeClaimTemplate")?.field("spec")
      return .ephemeral(
        VolumeClaimTemplate(
          storageClassName: spec?.field("storageClassName")?.apiString(),
          accessModes: spec?.field("accessModes")?.accessModes() ?? [],
          request: spec?.field("resources")?.field("requests")?.resourceList()["storage"]
            ?? Quantity(value: 0)))
    }
    if field("hostPath") != nil { return .hostPath }
    let other = node.entries?.first { $0.key != "name" && $0.key != "emptyDir" }
    // A volume without a source is an emptyDir ([36] `SetDefaults_Volume`).
    if let other { return .other(other.key) }
    return .emptyDir(inMemory: field("emptyDir")?.field("medium")?.apiString() == "Memory")
  }
}
