import KubeAPIServer
import KubernetesObjects
import Testing

struct AdmissionTests {
  static func list(_ amounts: [(String, String)]) throws -> ResourceList {
    var list = ResourceList()
    for (name, text) in amounts { list[name] = try Quantity(parsing: text) }
    return list
  }

  static func spec(
    requests: [(String, String)] = [], limits: [(String, String)] = [], name: String = "c1"
  ) throws -> PodSpec {
    var container = Container(name: name, image: "i")
    container.resources = ResourceRequirements(
      requests: try list(requests), limits: try list(limits))
    return PodSpec(containers: [container])
  }

  private func range(_ change: (inout LimitRange.Item) throws -> Void) rethrows -> LimitRange {
    var item = LimitRange.Item(type: .container)
    try change(&item)
    return LimitRange(metadata: ObjectMeta(name: "limits"), items: [item])
  }

  private func refusal(_ spec: PodSpec, _ policies: AdmissionPolicies) -> APIError? {
    do {
      _ = try Admission.admit(spec, named: "p", namespace: "default", policies: policies)
      return nil
    } catch { return error }
  }

  @Test("a pod gets the two tolerations of 300 s, unless it has its own")
  func tolerations() throws {
    let plain = try Admission.admit(
      Self.spec(), named: "p", namespace: "default", policies: AdmissionPolicies())
    #expect(
      plain.spec.tolerations == [
        Toleration(
          key: "node.kubernetes.io/not-ready", operator: .exists, effect: .noExecute, seconds: 300),
        Toleration(
          key: "node.kubernetes.io/unreachable", operator: .exists, effect: .noExecute,
          seconds: 300),
      ])
    var own = try Self.spec()
    own.tolerations = [
      Toleration(
        key: "node.kubernetes.io/unreachable", operator: .exists, effect: .noExecute, seconds: 5)
    ]
    let admitted = try Admission.admit(
      own, named: "p", namespace: "default", policies: AdmissionPolicies())
    #expect(admitted.spec.tolerations.map(\.seconds) == [5, 300])
    own.tolerations = [Toleration(operator: .exists)]
    let all = try Admission.admit(
      own, named: "p", namespace: "default", policies: AdmissionPolicies())
    #expect(all.spec.tolerations.count == 1)
  }

  @Test("priority comes from the class, the system classes, or the lowest global default")
  func priority() throws {
    var high = PriorityClass(metadata: ObjectMeta(name: "high", namespace: ""), value: 1000)
    high.preemptionPolicy = .never
    var usual = PriorityClass(metadata: ObjectMeta(name: "usual", namespace: ""), value: 7)
    usual.globalDefault = true
    let policies = AdmissionPolicies(priorityClasses: [high, usual])
    func admit(_ name: String?) throws -> PodSpec {
      var spec = try Self.spec()
      spec.priorityClassName = name
      return try Admission.admit(spec, named: "p", namespace: "default", policies: policies).spec
    }
    #expect(try admit("high").priority == 1000)
    #expect(try admit("high").preemptionPolicy == .never)
    #expect(try admit("system-node-critical").priority == 2_000_001_000)
    let none = try admit(nil)
    #expect(none.priority == 7 && none.priorityClassName == "usual")
    let bare = try Admission.admit(
      Self.spec(), named: "p", namespace: "default", policies: AdmissionPolicies())
    #expect(bare.spec.priority == 0 && bare.spec.priorityClassName == nil)
  }

  @Test("what the priority plugin refuses, it refuses in the real words")
  func priorityRefusals() throws {
    var spec = try Self.spec()
    spec.priorityClassName = "top"
    #expect(
      refusal(spec, AdmissionPolicies())?.message
        == "pods \"p\" is forbidden: no PriorityClass with name top was found")
    spec.priorityClassName = nil
    spec.priority = 5
    #expect(
      refusal(spec, AdmissionPolicies())?.message
        == "pods \"p\" is forbidden: the integer value of priority (5) must not be provided in pod "
        + "spec; priority admission controller computed 0 from the given PriorityClass name")
    spec.priority = nil
    spec.priorityClassName = "system-cluster-critical"
    #expect(
      refusal(spec, AdmissionPolicies(release: .v1_11))?.message
        == "pods \"p\" is forbidden: pods with system-cluster-critical priorityClass is not "
        + "permitted in default namespace")
  }

  @Test("a limit range gives what a container does not say, and notes it")
  func limitRangeDefaults() throws {
    let range = try range {
      $0.default = try Self.list([("cpu", "1"), ("memory", "512Mi")])
      $0.defaultRequest = try Self.list([("cpu", "500m"), ("memory", "256Mi")])
    }
    let policies = AdmissionPolicies(limitRanges: [range])
    let bare = try Admission.admit(
      Self.spec(), named: "p", namespace: "default", policies: policies)
    #expect(bare.spec.containers[0].resources.requests["cpu"]?.text == "500m")
    #expect(bare.spec.containers[0].resources.limits["memory"]?.text == "512Mi")
    #expect(
      bare.annotations["kubernetes.io/limit-ranger"]
        == "LimitRanger plugin set: cpu, memory request for container c1; cpu, memory limit for "
        + "container c1")
    // Defaulting came first: a limit had become the request.
    let limited = try Admission.admit(
      Self.spec(limits: [("cpu", "800m")]), named: "p", namespace: "default", policies: policies)
    #expect(limited.spec.containers[0].resources.requests["cpu"]?.text == "800m")
  }

  @Test("a default limit below a request makes the pod invalid")
  func limitBelowRequest() throws {
    let range = try range { $0.default = try Self.list([("memory", "512Mi")]) }
    let error = refusal(
      try Self.spec(requests: [("memory", "700Mi")]), AdmissionPolicies(limitRanges: [range]))
    #expect(error?.code == 422)
    #expect(
      error?.kubectlText
        == "The Pod \"p\" is invalid: spec.containers[0].resources.requests: Invalid value: "
        + "\"700Mi\": must be less than or equal to memory limit of 512Mi")
  }

  @Test(
    "bounds are refused in the real words",
    arguments: [
      (
        [("memory", "1500Mi")], [("memory", "1500Mi")],
        "[maximum memory usage per Container is 1Gi, but limit is 1500Mi, "
          + "memory max limit to request ratio per Container is 500m, but provided ratio is "
          + "1.000000]"
      ),
      (
        [("memory", "10Mi")], [("memory", "800Mi")],
        "[minimum memory usage per Container is 100Mi, but request is 10Mi, "
          + "memory max limit to request ratio per Container is 500m, but provided ratio is "
          + "80.000000]"
      ),
      (
        [], [],
        "[minimum memory usage per Container is 100Mi.  No request is specified, "
          + "maximum memory usage per Container is 1Gi.  No limit is specified, "
          + "memory max limit to request ratio per Container is 500m, but no request is specified "
          + "or request is 0]"
      ),
    ])
  func bounds(requests: [(String, String)], limits: [(String, String)], text: String) throws {
    let range = try range {
      $0.min = try Self.list([("memory", "100Mi")])
      $0.max = try Self.list([("memory", "1Gi")])
      $0.maxLimitRequestRatio = try Self.list([("memory", "0.5")])
    }
    let error = refusal(
      try Self.spec(requests: requests, limits: limits), AdmissionPolicies(limitRanges: [range]))
    #expect(error?.code == 403)
    #expect(error?.message == "pods \"p\" is forbidden: \(text)")
  }

  @Test("bounds of type Pod hold for the effective totals")
  func podBounds() throws {
    var item = LimitRange.Item(type: .pod)
    item.max = try Self.list([("cpu", "2")])
    let range = LimitRange(metadata: ObjectMeta(name: "l"), items: [item])
    var spec = try Self.spec(limits: [("cpu", "1500m")])
    spec.containers.append(try Self.spec(limits: [("cpu", "1")], name: "c2").containers[0])
    #expect(
      refusal(spec, AdmissionPolicies(limitRanges: [range]))?.message
        == "pods \"p\" is forbidden: maximum cpu usage per Pod is 2, but limit is 2500m")
  }

  @Test("a new node is tainted not-ready, in the current release only")
  func nodes() {
    let node = Node(metadata: ObjectMeta(name: "n", namespace: ""))
    #expect(
      Admission.admit(node).taints == [
        Taint(key: "node.kubernetes.io/not-ready", effect: .noSchedule)
      ])
    #expect(Admission.admit(Admission.admit(node)).taints.count == 1)
    #expect(Admission.admit(node, release: .v1_11).taints.isEmpty)
  }
}
