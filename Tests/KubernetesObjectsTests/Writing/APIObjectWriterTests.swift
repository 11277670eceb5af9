import Documents
import KubernetesObjects
import Testing
import TimeUnits

/// What is written reads back as the same object.
struct APIObjectWriterTests {
  private let start = CalendarTime(rfc3339: "2024-01-01T00:00:00Z")!

  private func readBack(_ write: (APIObjectWriter, inout JSONWriter) -> Void) throws
    -> ManifestObject
  {
    var json = JSONWriter()
    write(APIObjectWriter(start: start), &json)
    var options = ManifestReader.Options()
    options.start = start
    let set = ManifestReader.read([(try JSONReader.read(json.text), "o.json")], options: options)
    #expect(set.diagnostics.map(\.description).isEmpty)
    return try #require(set.objects.first)
  }

  private static let spec = """
    {activeDeadlineSeconds: 900, hostNetwork: true, serviceAccountName: s, nodeSelector: {a: b},
     priorityClassName: high, restartPolicy: Always, schedulingGates: [{name: g}],
     terminationGracePeriodSeconds: 7,
     tolerations: [{key: k, operator: Exists, effect: NoExecute, tolerationSeconds: 5},
       {key: x, value: y}],
     affinity: {nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [
          {matchExpressions: [{key: z, operator: In, values: [a, b]}],
           matchFields: [{key: metadata.name, operator: In, values: [n]}]}]},
        preferredDuringSchedulingIgnoredDuringExecution: [
          {weight: 3, preference: {matchExpressions: [{key: q, operator: Exists}]}}]},
       podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [
          {topologyKey: zone, namespaces: [x], labelSelector: {matchLabels: {a: b}}}]},
       podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [
          {weight: 9, podAffinityTerm: {topologyKey: host, namespaceSelector: {},
             matchLabelKeys: [v]}}]}},
     topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule,
       minDomains: 2, nodeTaintsPolicy: Honor, nodeAffinityPolicy: Ignore,
       labelSelector: {matchExpressions: [{key: a, operator: NotIn, values: [c]}]}}],
     volumes: [{name: e, emptyDir: {}}, {name: m, emptyDir: {medium: Memory}},
       {name: h, hostPath: {path: /x}},
       {name: c, configMap: {name: c}}],
     initContainers: [{name: side, image: "s:1", restartPolicy: Always}],
     containers: [{name: c, image: "i:1", command: [run], args: [--x], env: [{name: A, value: b}],
       resources: {requests: {cpu: 250m, memory: 1.5Gi}, limits: {memory: 2Gi}},
       ports: [{containerPort: 80, hostPort: 8080, protocol: UDP}],
       readinessProbe: {periodSeconds: 3, tcpSocket: {port: 80}},
       livenessProbe: {terminationGracePeriodSeconds: 4, initialDelaySeconds: 2},
       lifecycle: {preStop: {sleep: {seconds: 6}}}}]}
    """

  @Test("a pod with everything that bears on it")
  func pod() throws {
    let set = read(
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: p, namespace: n, labels: {app: x}, annotations: {k: "v \\"q\\""}}
      spec: \(Self.spec)
      """)
    var pod = try #require(set.pods.first, "\(set.texts)")
    pod.nodeName = "node-1"
    pod.metadata.uid = UID(high: 1, low: 2)
    pod.metadata.resourceVersion = 77
    pod.metadata.creationTime = .seconds(60)
    pod.metadata.deletionTime = .seconds(90)
    pod.metadata.owner = OwnerReference(kind: .replicaSet, name: "rs", uid: UID(low: 9))
    pod.status.phase = .running
    pod.status.startTime = .seconds(61)
    pod.status.set(.ready, .true, at: .seconds(70))
    var container = ContainerStatus(name: "c")
    container.state = .running(since: .seconds(65))
    container.lastTermination = ContainerStatus.Termination(
      exitCode: 137, reason: "OOMKilled", startedAt: .seconds(62), finishedAt: .seconds(64))
    container.restartCount = 1
    container.ready = true
    pod.status.containers = [container]
    guard case .pod(let again) = try readBack({ $0.write(pod, to: &$1) }) else {
      Issue.record("not a pod")
      return
    }
    var spec = pod.spec.value.spec
    spec.nodeName = "node-1"
    #expect(again.spec.value.spec == spec)
    #expect(again.nodeName == "node-1")
    #expect(again.metadata.owner == pod.metadata.owner)
    #expect(again.metadata.labels == pod.metadata.labels)
    #expect(again.metadata.annotations == pod.metadata.annotations)
    #expect(again.metadata.uid == pod.metadata.uid && again.metadata.resourceVersion == 77)
    #expect(again.metadata.creationTime == .seconds(60))
    #expect(again.metadata.deletionTime == .seconds(90))
    #expect(again.status.conditions == pod.status.conditions)
    #expect(again.status.containers == pod.status.containers)
    #expect(again.status.startTime == .seconds(61) && again.status.phase == .running)
  }

  @Test("a node with taints, conditions and images")
  func node() throws {
    var node = Node(metadata: ObjectMeta(name: "n", namespace: "", labels: ["zone": "a"]))
    node.taints = [Taint(key: "k", value: "v", effect: .noExecute)]
    node.unschedulable = true
    node.providerID = "aws:///us-east-1a/i-1"
    node.status.capacity["cpu"] = Quantity(value: 2)
    node.status.allocatable["cpu"] = Quantity(milliValue: 1930)
    node.status.set(.ready, .unknown, reason: "NodeStatusUnknown", message: "m", at: .seconds(5))
    node.status.images = [ContainerImage(names: ["a"], sizeBytes: 5)]
    node.status.kubeletVersion = "v1.36.2"
    guard case .node(let again) = try readBack({ $0.write(node, to: &$1) }) else {
      Issue.record("not a node")
      return
    }
    #expect(again.taints == node.taints && again.unschedulable)
    #expect(again.providerID == node.providerID && again.metadata.labels == node.metadata.labels)
    #expect(again.status.capacity == node.status.capacity)
    #expect(again.status.allocatable == node.status.allocatable)
    #expect(again.status.conditions == node.status.conditions)
    #expect(again.status.images == node.status.images)
    #expect(again.status.kubeletVersion == "v1.36.2")
  }

  @Test("a deployment, its replica set and a daemon set")
  func workloads() throws {
    let template = "{metadata: {labels: {a: b}, annotations: {x: y}}, spec: \(Self.spec)}"
    let set = read(
      """
      {apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {replicas: 4, minReadySeconds: 2, paused: true, strategy: {rollingUpdate: {maxSurge: 2, maxUnavailable: 30%}}, selector: {matchLabels: {a: b}}, template: \(template)}}
      ---
      {apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: r}, spec: {replicas: 3, selector: {matchLabels: {a: b}}, template: \(template)}}
      ---
      {apiVersion: apps/v1, kind: DaemonSet, metadata: {name: s}, spec: {updateStrategy: {type: OnDelete}, selector: {matchLabels: {a: b}}, template: \(template)}}
      """)
    #expect(set.texts.isEmpty)
    for object in set.objects {
      let again = try readBack { writer, json in
        switch object {
        case .deployment(let deployment): writer.write(deployment, to: &json)
        case .replicaSet(let set): writer.write(set, to: &json)
        case .daemonSet(let set): writer.write(set, to: &json)
        default: break
        }
      }
      switch (object, again) {
      case (.deployment(let a), .deployment(let b)):
        #expect(a.replicas == b.replicas && a.strategy == b.strategy && b.paused)
        #expect(a.template.value == b.template.value && a.selector == b.selector)
        #expect(a.minReadySeconds == b.minReadySeconds)
      case (.replicaSet(let a), .replicaSet(let b)):
        #expect(a.replicas == b.replicas && a.template.value == b.template.value)
      case (.daemonSet(let a), .daemonSet(let b)):
        #expect(a.updateStrategy == b.updateStrategy && a.template.value == b.template.value)
      default: Issue.record("another kind came back")
      }
    }
  }

  @Test("an event and a list have the API's form")
  func event() throws {
    let event = KubernetesEvent(
      type: .warning, reason: "FailedScheduling", message: "0/3 nodes are available",
      kind: "Pod", namespace: "default", name: "p", source: "default-scheduler")
    var json = JSONWriter()
    let writer = APIObjectWriter(start: start)
    writer.list(to: &json) { json in
      writer.write(
        event, named: "p.1", first: .seconds(1), last: .seconds(61), count: 3, to: &json)
    }
    let list = try JSONReader.read(json.text)
    let item = try #require(list["items"]?.elements?.first)
    #expect(list["kind"]?.scalarText == "List")
    #expect(item["involvedObject"]?["name"]?.scalarText == "p")
    #expect(item["lastTimestamp"]?.scalarText == "2024-01-01T00:01:01Z")
    #expect(item["count"]?.intValue == 3 && item["type"]?.scalarText == "Warning")
    #expect(item["source"]?["component"]?.scalarText == "default-scheduler")
  }
}
