import Documents

extension DocumentCursor {
  func containers(areInit: Bool) -> [Container] {
    elements().compactMap { $0.container(isInit: areInit) }
  }

  private func container(isInit: Bool) -> Container? {
    guard expectMapping() else { return nil }
    defer { reportUnknownFields(severity: .warning) }
    let name = field("name")
    if name == nil { error("name: Required value") }
    var container = Container(name: name?.dnsLabel() ?? "")
    // Without an image a template is refused only when its pods are made.
    let image = field("image")?.apiString() ?? ""
    if image.isEmpty { error("image: Required value") }
    container.image = image
    container.command = field("command")?.strings() ?? []
    container.args = field("args")?.strings() ?? []
    container.environment = field("env")?.environment() ?? [:]
    container.resources = field("resources")?.resourceRequirements() ?? ResourceRequirements()
    container.ports = field("ports")?.ports() ?? []
    container.imagePullPolicy =
      field("imagePullPolicy")?.choice(Container.ImagePullPolicy.self)
      ?? (Self.isLatest(image) ? .always : .ifNotPresent)
    container.restartPolicy = field("restartPolicy")?.choice(PodSpec.RestartPolicy.self)
    if let policy = container.restartPolicy, isInit, policy != .always {
      error(
        "restartPolicy: Unsupported value: \"\(policy.rawValue)\": supported values: \"Always\"")
    }
    container.readinessProbe = field("readinessProbe")?.probe()
    container.livenessProbe = field("livenessProbe")?.probe()
    container.startupProbe = field("startupProbe")?.probe()
    container.preStopSeconds = field("lifecycle")?.field("preStop")?.preStopSeconds()
    field("restartPolicyRules")?.warning("restartPolicyRules is not modeled: the policy holds")
    ignore(
      "workingDir", "envFrom", "resizePolicy", "volumeMounts", "volumeDevices",
      "terminationMessagePath", "terminationMessagePolicy", "securityContext", "stdin",
      "stdinOnce", "tty")
    return container
  }

  /// Whether an image has the tag `latest`, or neither tag nor digest.
  private static func isLatest(_ image: String) -> Bool {
    if image.contains("@") { return false }
    let name = image.split(separator: "/").last ?? ""
    guard let colon = name.lastIndex(of: ":") else { return true }
    return name[colon...] == ":latest"
  }

  private func environment() -> Labels {
    Labels(
      elements().compactMap { cursor in
        guard let name = cursor.required("name")?.apiString(),
          let value = cursor.field("value")?.apiString()
        else { return nil }
        return (name, value)
      })
  }

  private func ports() -> [ContainerPort] {
    elements().compactMap { cursor in
      guard cursor.expectMapping() else { return nil }
      defer { cursor.reportUnknownFields(severity: .warning) }
      cursor.ignore("name")
      guard let number = cursor.required("containerPort")?.port() else { return nil }
      let `protocol` = cursor.field("protocol")?.choice(ContainerPort.NetworkProtocol.self)
      return ContainerPort(
        containerPort: number, hostPort: cursor.field("hostPort")?.port() ?? 0,
        hostIP: cursor.field("hostIP")?.apiString() ?? "", networkProtocol: `protocol` ?? .tcp)
    }
  }

  private func port() -> Int64? {
    guard let number = int() else { return nil }
    if (0...65535).contains(number) { return number }
    invalid("\(number)", "must be between 1 and 65535, inclusive")
    return nil
  }

  private func probe() -> Probe? {
    guard expectMapping() else { return nil }
    var probe = Probe()
    // Zero means the default, as an absent field does ([36] `SetDefaults_Probe`).
    func read(_ name: String, _ keyPath: WritableKeyPath<Probe, Int64>) {
      if let value = field(name)?.int(atLeast: 0), value > 0 { probe[keyPath: keyPath] = value }
    }
    read("initialDelaySeconds", \.initialDelaySeconds)
    read("periodSeconds", \.periodSeconds)
    read("timeoutSeconds", \.timeoutSeconds)
    read("successThreshold", \.successThreshold)
    read("failureThreshold", \.failureThreshold)
    probe.terminationGracePeriodSeconds = field("terminationGracePeriodSeconds")?.int(atLeast: 1)
    ignore("exec", "httpGet", "tcpSocket", "grpc")
    reportUnknownFields(severity: .warning)
    return probe
  }

  /// Seconds of a `sleep` hook or of a command that only sleeps; 0 for any other hook.
  private func preStopSeconds() -> Int64? {
    guard expectMapping() else { return nil }
    if let seconds = field("sleep")?.field("seconds")?.int() { return seconds }
    let words =
      field("exec")?.field("command")?.strings().flatMap { line in
        line.split { $0 == " " || $0 == ";" || $0 == "&" }.map(String.init)
      } ?? []
    guard let index = words.firstIndex(where: { $0 == "sleep" || $0.hasSuffix("/sleep") }),
      index + 1 < words.count
    else { return 0 }
    return Int64(words[index + 1].filter { $0 != "s" }) ?? 0
  }
}
