import Documents
import KubernetesObjects
import Testing

/// Mistakes are refused in the API server's words, at their place, all at once.
struct ValidationTests {
  @Test("six mistakes in one file give six diagnostics with line, column and path")
  func allAtOnce() {
    let set = read(
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: Web}
      spec:
        replicas: -1
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: api}}
          spec:
            containers:
            - name: c1
              resources:
                requests: {cpu: "2", memory: 512MB}
                limits: {cpu: "1"}
      """)
    #expect(set.objects.isEmpty)
    let expected = [
      "m.yaml:3:18: error: metadata.name: Invalid value: \"Web\": a lowercase RFC 1123 subdomain",
      "m.yaml:5:13: error: spec.replicas: Invalid value: -1: must be greater than or equal to 0",
      "m.yaml:8:24: error: spec.template.metadata.labels: Invalid value: {\"app\":\"api\"}: "
        + "`selector` does not match template `labels`",
      "m.yaml:11:9: error: spec.template.spec.containers[0]: image: Required value",
      "m.yaml:13:27: error: spec.template.spec.containers[0].resources.requests.cpu: Invalid "
        + "value: \"2\": must be less than or equal to cpu limit of 1",
      "m.yaml:13:40: error: spec.template.spec.containers[0].resources.requests.memory: "
        + "\"512MB\": quantities must match the regular expression",
    ]
    #expect(set.texts.count == expected.count, "\(set.texts)")
    for (text, start) in zip(set.texts, expected) { #expect(text.hasPrefix(start)) }
    #expect(set.texts.last?.hasSuffix("(did you mean '512M'?)") == true)
  }

  @Test(
    "a pod's mistakes are refused in the real words",
    arguments: [
      ("{name: p}", "{}", "containers: Required value"),
      ("{}", "{containers: [{name: a, image: i}]}", "name or generateName is required"),
      (
        "{name: p}", "{containers: [{name: a, image: i}, {name: a, image: i}]}",
        "Duplicate value: \"a\""
      ),
      (
        "{name: p}",
        "{containers: [{name: a, image: i, resources: {limits: {nvidia.com/gpu: 500m}}}]}",
        "Invalid value: \"500m\": must be an integer"
      ),
      (
        "{name: p}",
        "{containers: [{name: a, image: i, resources: {requests: {nvidia.com/gpu: 1}}}]}",
        "Limit must be set for non overcommitable resources"
      ),
      (
        "{name: p}",
        "{containers: [{name: a, image: i, resources: {requests: {hugepages-2Mi: 4Mi}, "
          + "limits: {hugepages-2Mi: 8Mi}}}]}",
        "must be equal to hugepages-2Mi limit of 8Mi"
      ),
      (
        "{name: p}", "{containers: [{name: a, image: i, resources: {requests: {memry: 1Gi}}}]}",
        "must be a standard resource for containers (did you mean 'memory'?)"
      ),
      (
        "{name: p}", "{containers: [{name: a, image: i, resources: {requests: {cpu: -1}}}]}",
        "Invalid value: \"-1\": must be greater than or equal to 0"
      ),
      (
        "{name: p}", "{containers: [{name: a, image: i}], restartPolicy: always}",
        "Unsupported value: \"always\": supported values: \"Always\", \"OnFailure\", \"Never\" "
          + "(did you mean 'Always'?)"
      ),
      (
        "{name: p, labels: {version: 1}}", "{containers: [{name: a, image: i}]}",
        "metadata.labels.version: expected text, found 1 (quote it: \"1\")"
      ),
      (
        "{name: p}", "{containers: [{name: a, image: i}], tolerations: [{operator: Equal}]}",
        "operator must be Exists when `key` is empty"
      ),
      (
        "{name: p}",
        "{containers: [{name: a, image: i}], tolerations: [{key: k, tolerationSeconds: 3}]}",
        "effect must be 'NoExecute' when `tolerationSeconds` is set"
      ),
    ])
  func pod(metadata: String, spec: String, message: String) {
    let set = read("{apiVersion: v1, kind: Pod, metadata: \(metadata), spec: \(spec)}")
    #expect(set.objects.isEmpty)
    #expect(set.diagnostics.count { $0.severity == .error } == 1, "\(set.texts)")
    #expect(set.texts.first?.contains(message) == true, "\(set.texts)")
  }

  @Test(
    "a deployment's mistakes are refused in the real words",
    arguments: [
      (
        "{template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}",
        "selector: Required value (selector: {matchLabels: {a: b}})"
      ),
      (
        "{selector: {}, template: {spec: {containers: [{name: c, image: i}]}}}",
        "Invalid value: {}: empty selector is invalid for deployment"
      ),
      (
        "{selector: {matchLabels: {a: b}}, strategy: {rollingUpdate: {maxSurge: 0, "
          + "maxUnavailable: 0}}, template: {metadata: {labels: {a: b}}, "
          + "spec: {containers: [{name: c, image: i}]}}}",
        "Invalid value: 0: may not be 0 when `maxSurge` is 0"
      ),
      (
        "{selector: {matchLabels: {a: b}}, replicas: three, template: {metadata: "
          + "{labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}",
        "spec.replicas: expected a whole number, found \"three\""
      ),
      (
        "{selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, "
          + "spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}",
        "Unsupported value: \"Never\": supported values: \"Always\""
      ),
    ])
  func deployment(spec: String, message: String) {
    let set = read("{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: \(spec)}")
    #expect(set.objects.isEmpty)
    #expect(set.texts.first?.contains(message) == true, "\(set.texts)")
  }
}
