import Documents
import KubernetesObjects
import Testing

struct PodReadingTests {
  private func pod(_ spec: String, metadata: String = "{name: p}") throws -> Pod {
    let set = read("apiVersion: v1\nkind: Pod\nmetadata: \(metadata)\nspec: \(spec)\n")
    #expect(set.texts.isEmpty)
    return try #require(set.pods.first)
  }

  @Test("a pod has the API's defaults")
  func defaults() throws {
    let spec = try pod("{containers: [{name: a, image: nginx}]}").spec.spec
    #expect(spec.restartPolicy == .always)
    #expect(spec.terminationGracePeriodSeconds == 30)
    #expect(spec.schedulerName == "default-scheduler")
    #expect(spec.containers[0].imagePullPolicy == .always)
    #expect(spec.preemptionPolicy == .preemptLowerPriority)
  }

  @Test(
    "the pull policy follows the tag",
    arguments: [
      ("nginx", Container.ImagePullPolicy.always), ("nginx:latest", .always),
      ("nginx:1.2", .ifNotPresent), ("host:5000/nginx", .always),
      ("host:5000/nginx:1", .ifNotPresent), ("nginx@sha256:00", .ifNotPresent),
    ])
  func pullPolicy(image: String, policy: Container.ImagePullPolicy) throws {
    let container = try pod("{containers: [{name: a, image: \"\(image)\"}]}").spec.spec.containers[
      0]
    #expect(container.imagePullPolicy == policy)
  }

  @Test("a limit without a request is the request of a pod, and amounts round up to thousandths")
  func limitsBecomeRequests() throws {
    let pod = try pod(
      "{containers: [{name: a, image: i, resources: {limits: {cpu: 0.0001, memory: 1Gi}, "
        + "requests: {memory: 64Mi}}}]}")
    #expect(pod.spec.requests.milliCPU == 1)
    #expect(pod.spec.requests.memory == 64 << 20)
    #expect(pod.spec.qosClass == .burstable)
  }

  @Test("init containers and sidecars count as the kubelet starts them")
  func sidecars() throws {
    let pod = try pod(
      """
      {initContainers: [
        {name: s, image: i, restartPolicy: Always, resources: {requests: {cpu: 200m}}},
        {name: big, image: i, resources: {requests: {cpu: 900m}}}],
       containers: [{name: a, image: i, resources: {requests: {cpu: 500m}}}]}
      """)
    #expect(pod.spec.requests.milliCPU == 1100)
  }

  @Test("ports of the host network are host ports")
  func hostNetwork() throws {
    let pod = try pod(
      "{hostNetwork: true, containers: [{name: a, image: i, ports: [{containerPort: 80}]}]}")
    #expect(pod.spec.hostPorts.map(\.hostPort) == [80])
  }

  @Test("everything that bears on placement is read")
  func placement() throws {
    let spec = try pod(
      """
      {containers: [{name: a, image: i}], nodeSelector: {disk: ssd},
       tolerations: [{key: k, operator: Exists, effect: NoExecute, tolerationSeconds: 5}],
       affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:
         {nodeSelectorTerms: [{matchExpressions: [{key: n, operator: Gt, values: ["4"]}]}]}},
        podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution:
         [{weight: 7, podAffinityTerm: {topologyKey: zone, labelSelector: {matchLabels: {a: b}}}}]}},
       topologySpreadConstraints: [{maxSkew: 2, topologyKey: zone, whenUnsatisfiable: DoNotSchedule,
         minDomains: 3, nodeTaintsPolicy: Honor}],
       schedulingGates: [{name: g}], priorityClassName: high, preemptionPolicy: Never}
      """
    ).spec.spec
    #expect(spec.nodeSelector == ["disk": "ssd"])
    #expect(
      spec.tolerations == [
        Toleration(key: "k", operator: .exists, effect: .noExecute, seconds: 5)
      ])
    #expect(spec.affinity?.requiredNodeTerms?.first?.matchExpressions.first?.values == ["4"])
    #expect(spec.affinity?.preferredPodAntiAffinity.first?.weight == 7)
    #expect(spec.topologySpreadConstraints.first?.minDomains == 3)
    #expect(spec.topologySpreadConstraints.first?.nodeTaintsPolicy == .honor)
    #expect(spec.schedulingGates == ["g"])
    #expect(spec.priorityClassName == "high")
    #expect(spec.preemptionPolicy == .never)
  }

  @Test("a preStop hook that sleeps carries its seconds")
  func preStop() throws {
    let hooks = [
      ("{sleep: {seconds: 7}}", 7), ("{exec: {command: [sh, -c, sleep 15]}}", 15),
      ("{httpGet: {path: /}}", 0),
    ]
    for (hook, seconds) in hooks {
      let pod = try pod("{containers: [{name: a, image: i, lifecycle: {preStop: \(hook)}}]}")
      #expect(pod.spec.spec.containers[0].preStopSeconds == Int64(seconds))
    }
  }

  @Test("a name to be generated is generated, each time another")
  func generateName() throws {
    let text = """
      apiVersion: v1
      kind: List
      items:
      - {apiVersion: v1, kind: Pod, metadata: {generateName: p-}, spec: &s {containers: [{name: a, image: i}]}}
      - {apiVersion: v1, kind: Pod, metadata: {generateName: p-}, spec: *s}
      """
    let names = read(text).pods.map(\.metadata.name)
    #expect(names.count == 2 && names[0] != names[1])
    #expect(names.allSatisfy { $0.hasPrefix("p-") && $0.utf8.count == 7 })
  }

  @Test(
    "what would change scheduling and is not modeled is named",
    arguments: [
      ("resourceClaims: [{name: gpu}]", "spec.resourceClaims: resourceClaims is not modeled"),
      ("runtimeClassName: kata", "spec.runtimeClassName: runtimeClassName is not modeled"),
      ("readinessGates: [{conditionType: x}]", "readinessGates is not modeled"),
      ("nodeSelecter: {a: b}", "unknown key 'nodeSelecter' (did you mean 'nodeSelector'?)"),
    ])
  func warnings(field: String, warning: String) {
    let set = read(
      "{apiVersion: v1, kind: Pod, metadata: {name: p}, "
        + "spec: {containers: [{name: a, image: i}], \(field)}}")
    #expect(set.objects.count == 1)
    #expect(set.texts.count == 1)
    #expect(set.texts.first?.contains(warning) == true, "\(set.texts)")
  }

  @Test("fields that bear on nothing are not mentioned")
  func irrelevantFields() {
    let set = read(
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: p, annotations: {a: b}, managedFields: []}
      spec:
        securityContext: {runAsUser: 1000}
        imagePullSecrets: [{name: s}]
        containers:
        - name: a
          image: i
          env: [{name: A, value: b}, {name: S, valueFrom: {secretKeyRef: {name: s, key: k}}}]
          livenessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 3}
          volumeMounts: [{name: v, mountPath: /v}]
        volumes: [{name: v, configMap: {name: c}}]
      """)
    #expect(set.texts.isEmpty)
    #expect(set.pods.first?.spec.spec.containers[0].livenessProbe?.periodSeconds == 3)
    #expect(set.pods.first?.spec.spec.containers[0].environment == ["A": "b"])
  }
}
