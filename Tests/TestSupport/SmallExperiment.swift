/// A small scenario to vary: a node that is too small for some replicas of its Deployment, and a
/// second one that comes when it comes.
public enum SmallExperiment {
  /// `scenario.yaml`, which takes `web.yaml`.
  ///
  /// - Parameters:
  ///   - seed: its own; nil for the default.
  ///   - expect: an expectation in YAML, if any.
  public static func scenario(seed: Int? = nil, expect: String? = nil) -> String {
    """
    apiVersion: seatrial/v1
    kind: Scenario
    metadata: {name: small}
    spec:
      horizon: 10m\(seed.map { "\n  seed: \($0)" } ?? "")
      cloud:
        region: us-east-1
        nodeGroups:
          - {name: w, instanceType: m5.large, zones: [us-east-1a], min: 1, desired: 1, max: 3}
      addons: []
      manifests: [web.yaml]
      timeline:
        - at: 1m
          run: >-
            aws autoscaling set-desired-capacity --auto-scaling-group-name w --desired-capacity 2
    \(expect.map { "  expect:\n    - \($0)\n" } ?? "")
    """
  }

  /// `web.yaml`.
  public static let web = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      replicas: 8
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
            - {name: web, image: "web:1", resources: {requests: {cpu: 300m, memory: 200Mi}}}

    """
}
