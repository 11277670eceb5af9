import AWSObjects
import ClusterSimulation
import ClusterState
import KubernetesObjects
import Scenarios
import TestSupport
import TimeUnits

/// Worlds in which cluster-autoscaler runs: it lives on a group of its own that it does not know,
/// and one pod of `web` fills one machine of the others.
enum AutoscaledWorld {
  static let tag = ResourceTag(key: "k8s.io/cluster-autoscaler/enabled", value: "true")

  static func group(
    _ name: String, type: String = "m5.large", zones: [String] = ["us-east-1a"], min: Int = 0,
    desired: Int = 0, max: Int = 6, suspended: [AutoScalingGroup.Process] = [.azRebalance]
  ) -> NodeGroupSpec {
    var group = NodeGroupSpec(
      name: name, instanceType: type, zones: zones.map { AvailabilityZone($0) }, min: min,
      desired: desired, max: max)
    group.autoScaling.tags = [tag]
    group.autoScaling.suspendedProcesses = suspended
    return group
  }

  /// `commands` are run at the minutes given.
  static func draft(
    _ groups: [NodeGroupSpec], minutes: Int64, era: Era = .current,
    flags: [String: String] = [:], _ commands: [(minute: Double, run: String)]
  ) throws -> ScenarioDraft {
    var system = group("system", zones: ["us-east-1b"], min: 1, desired: 1, max: 1)
    system.autoScaling.tags = []
    var draft = ScenarioDraft(
      name: "autoscaled", era: era, horizon: .seconds(minutes * 60),
      cloud: CloudSpec(region: Region("us-east-1"), nodeGroups: [system] + groups))
    draft.seed = 11
    // Not coredns: its pods would keep nodes for an hour.
    draft.addons = [.vpcCNI, .kubeProxy]
    draft.autoscalerFlags = flags.sorted { $0.key < $1.key }.map {
      AutoscalerFlag(name: $0.key, value: $0.value)
    }
    draft.timeline = try commands.map {
      try TimelineEntry(at: .seconds(Int64($0.minute * 60)), run: $0.run)
    }
    return draft
  }

  /// A Deployment of one's own: its image makes it the autoscaler.
  private static func autoscaler(selector: String) -> String {
    """
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: own-autoscaler, namespace: kube-system}
    spec:
      selector: {matchLabels: {app: cluster-autoscaler}}
      template:
        metadata: {labels: {app: cluster-autoscaler}}
        spec:
          nodeSelector: \(selector)
          containers:
            - name: autoscaler
              image: registry.k8s.io/autoscaling/cluster-autoscaler:v1.36.1
              command: [./cluster-autoscaler, --cloud-provider=aws]
              args:
                - --node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled
                - --expander=least-waste
              resources: {requests: {cpu: 300m}}

    """
  }

  /// A Deployment without replicas whose pods ask for so much CPU.
  static func web(_ name: String = "web", replicas: Int = 0, cpu: String = "1700m") -> String {
    """
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: \(name)}
    spec:
      replicas: \(replicas)
      selector: {matchLabels: {app: \(name)}}
      template:
        metadata: {labels: {app: \(name)}}
        spec:
          containers:
            - {name: \(name), image: "web:1", resources: {requests: {cpu: \(cpu)}}}

    """
  }

  static func scale(_ minute: Double, _ replicas: Int) -> (minute: Double, run: String) {
    (minute, "kubectl scale deployment web --replicas=\(replicas)")
  }

  static func resize(_ minute: Double, _ group: String, _ size: Int) -> (
    minute: Double, run: String
  ) {
    (
      minute,
      "aws autoscaling set-desired-capacity --auto-scaling-group-name \(group) "
        + "--desired-capacity \(size)"
    )
  }

  /// Ends the autoscaler's pod; its Deployment makes another.
  static func restart(_ minute: Double) -> (minute: Double, run: String) {
    (minute, "kubectl delete pods -n kube-system -l app=cluster-autoscaler --now")
  }

  static func play(
    _ draft: ScenarioDraft, _ manifests: String = web()
  ) throws -> AutoscaledStory {
    var story = AutoscaledStory(try run(draft, manifests))
    story.play()
    return story
  }

  static func run(_ draft: ScenarioDraft, _ manifests: String = web()) throws -> ClusterRun {
    let label = draft.era == .current ? "topology" : "failure-domain.beta"
    return try ClusterRun(
      TestRuns.setup(
        draft,
        manifests: autoscaler(selector: "{\(label).kubernetes.io/zone: us-east-1b}") + manifests)
    )
  }
}
