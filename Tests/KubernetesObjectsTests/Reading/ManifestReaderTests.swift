import Documents
import KubernetesObjects
import Testing
import TimeUnits

struct ManifestReaderTests {
  static let template = "{metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}"

  @Test("lists are flattened, whether or not their items name their kind")
  func lists() {
    let set = read(
      """
      kind: DeploymentList
      apiVersion: apps/v1
      items:
      - metadata: {name: one}
        spec: {selector: {matchLabels: {a: b}}, template: \(Self.template)}
      ---
      apiVersion: v1
      kind: List
      items:
      - {apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {a: b}}}
      - {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}
      """)
    #expect(set.texts.isEmpty)
    #expect(set.objects.map(\.kind) == ["Deployment", "Service"])
    #expect(set.places.map(\.line) == [4, 10])
    #expect(set.irrelevantKinds.map(\.kind) == ["ConfigMap"])
  }

  @Test(
    "kinds that would matter, unknown kinds and wrong versions are named",
    arguments: [
      ("apps/v1", "StatefulSet", "warning: StatefulSet is not modeled: its pods are not created"),
      ("autoscaling/v2", "HorizontalPodAutoscaler", "warning: HorizontalPodAutoscaler is not"),
      ("example.com/v1", "Widget", "warning: unknown kind 'Widget' in version 'example.com/v1'"),
      ("apps/v1", "Deploiment", "(did you mean 'Deployment'?)"),
      ("v1", "Deployment", "error: no matches for kind \"Deployment\" in version \"v1\""),
      ("serving.knative.dev/v1", "Service", "warning: unknown kind 'Service'"),
      ("kustomize.config.k8s.io/v1beta1", "Kustomization", "kubectl kustomize DIR"),
    ])
  func kinds(version: String, kind: String, text: String) {
    let set = read("{apiVersion: \(version), kind: \(kind), metadata: {name: x}}")
    #expect(set.objects.isEmpty)
    #expect(set.texts.count == 1 && set.texts[0].contains(text), "\(set.texts)")
  }

  @Test("an object without a kind or version is an error")
  func kindless() {
    #expect(
      read("{metadata: {name: x}}").texts == [
        "m.yaml:1:1: error: Object 'Kind' is missing (every object needs 'apiVersion' and 'kind')"
      ])
    #expect(
      read("{kind: Pod}").texts == [
        "m.yaml:1:1: error: 'apiVersion' is missing (apiVersion: v1)"
      ])
  }

  @Test("a deployment has the defaults of its API version")
  func versions() throws {
    func deployment(_ version: String, _ spec: String = "") throws -> Deployment {
      var options = ManifestReader.Options()
      options.release = .v1_11
      let set = read(
        "{apiVersion: \(version), kind: Deployment, metadata: {name: d}, "
          + "spec: {\(spec)template: \(Self.template)}}", options: options)
      #expect(set.texts.isEmpty)
      return try #require(set.deployments.first)
    }
    let current = try deployment("apps/v1", "selector: {matchLabels: {a: b}}, ")
    #expect(current.replicas == 1)
    #expect(current.strategy == .default)
    #expect(current.revisionHistoryLimit == 10 && current.progressDeadlineSeconds == 600)
    let old = try deployment("extensions/v1beta1")
    #expect(old.selector.matchLabels == ["a": "b"])
    #expect(old.strategy == .rollingUpdate(maxSurge: .int(1), maxUnavailable: .int(1)))
    #expect(old.progressDeadlineSeconds == 2_147_483_647)
  }

  @Test("a version that is no longer served is read with a warning")
  func removedVersion() {
    let set = read(
      "{apiVersion: extensions/v1beta1, kind: Deployment, metadata: {name: d}, "
        + "spec: {template: \(Self.template)}}")
    #expect(set.objects.count == 1)
    #expect(
      set.texts == [
        "m.yaml:1:1: warning: extensions/v1beta1 Deployment is no longer served (apiVersion: apps/v1)"
      ])
  }

  @Test("an object that is there twice counts once, as the later one says")
  func duplicates() throws {
    let set = read(
      """
      {apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {a: "1"}}}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {a: "2"}}}
      """)
    #expect(set.objects.count == 1)
    #expect(set.texts.first?.contains("was read before, at m.yaml:1") == true)
    guard case .service(let service) = set.objects[0] else { return }
    #expect(service.selector == ["a": "2"])
  }

  @Test("a node of a dump comes with capacity, taints, conditions and images")
  func node() throws {
    var options = ManifestReader.Options()
    options.start = CalendarTime(rfc3339: "2024-01-01T00:00:00Z")
    let set = read(
      """
      {"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Node",
       "metadata": {"name": "n1", "creationTimestamp": "2024-01-01T00:01:00Z",
         "uid": "8baba052-f1c8-4744-95fa-31f480ea2728", "resourceVersion": "12"},
       "spec": {"providerID": "aws:///us-east-1a/i-0", "unschedulable": true,
         "taints": [{"key": "k", "effect": "NoSchedule", "timeAdded": null}]},
       "status": {"capacity": {"cpu": "2", "memory": "7910Mi", "pods": "29"},
         "allocatable": {"cpu": "1930m", "memory": "7236Mi", "pods": "29"},
         "conditions": [{"type": "Ready", "status": "True", "reason": "KubeletReady",
            "lastTransitionTime": "2024-01-01T00:01:30Z"},
           {"type": "KernelDeadlock", "status": "False"}],
         "images": [{"names": ["a", "b"], "sizeBytes": 77}],
         "nodeInfo": {"kubeletVersion": "v1.36.2"}}}]}
      """, options: options)
    #expect(set.texts.isEmpty)
    guard case .node(let node)? = set.objects.first else {
      Issue.record("no node")
      return
    }
    #expect(node.metadata.creationTime == .seconds(60))
    #expect(node.metadata.uid.description == "8baba052-f1c8-4744-95fa-31f480ea2728")
    #expect(node.unschedulable && node.taints == [Taint(key: "k", effect: .noSchedule)])
    #expect(node.status.allocatable["cpu"]?.milliValue == 1930)
    #expect(node.status.isReady && node.status.conditions.count == 1)
    #expect(node.status.condition(.ready)?.lastTransition == .seconds(90))
    #expect(node.status.images == [ContainerImage(names: ["a", "b"], sizeBytes: 77)])
  }

  @Test("limit ranges fall back from max to default to request, and on min")
  func limitRange() throws {
    let set = read(
      "{apiVersion: v1, kind: LimitRange, metadata: {name: l}, spec: {limits: "
        + "[{type: Container, max: {cpu: 2}, min: {memory: 8Mi}}]}}")
    guard case .limitRange(let range)? = set.objects.first else {
      Issue.record("\(set.texts)")
      return
    }
    #expect(range.items[0].default["cpu"]?.text == "2")
    #expect(range.items[0].defaultRequest["cpu"]?.text == "2")
    #expect(range.items[0].defaultRequest["memory"]?.text == "8Mi")
  }

  @Test("budgets, quotas and priority classes are read")
  func policies() throws {
    let set = read(
      """
      {apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: p}, spec: {minAvailable: 50%, selector: {matchLabels: {a: b}}, unhealthyPodEvictionPolicy: AlwaysAllow}}
      ---
      {apiVersion: v1, kind: ResourceQuota, metadata: {name: q}, spec: {hard: {pods: 10, requests.cpu: 1.5}, scopes: [NotBestEffort]}}
      ---
      {apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}, value: 1000, preemptionPolicy: Never}
      ---
      {apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: over}, value: 1000000001}
      """)
    #expect(
      set.texts == [
        "m.yaml:7:88: error: value: Forbidden: maximum allowed value of a user defined priority is "
          + "1000000000"
      ])
    guard case .podDisruptionBudget(let budget) = set.objects[0],
      case .resourceQuota(let quota) = set.objects[1],
      case .priorityClass(let priority) = set.objects[2]
    else {
      Issue.record("other kinds")
      return
    }
    #expect(budget.minAvailable == .percent(50) && budget.evictsUnhealthyAlways)
    #expect(quota.hard["requests.cpu"]?.text == "1500m" && quota.scopes == ["NotBestEffort"])
    #expect(priority.value == 1000 && priority.preemptionPolicy == .never)
  }
}
