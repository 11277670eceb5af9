import KubeControllers
import KubernetesObjects
import TimeUnits

/// Values the tests begin with.
enum Fixture {
  static let second: Int64 = 1_000_000_000

  static func template(image: String = "a:1", labels: Labels = ["app": "web"]) -> PodTemplate {
    PodTemplate(
      labels: labels, spec: PodSpec(containers: [Container(name: "c", image: image)]))
  }

  static func deployment(
    replicas: Int64, strategy: Deployment.Strategy = .default, image: String = "a:1"
  ) -> Deployment {
    var deployment = Deployment(
      metadata: ObjectMeta(name: "web", uid: UID(low: 1)),
      selector: LabelSelector(matchLabels: ["app": "web"]),
      template: Shared(template(image: image)))
    deployment.replicas = replicas
    deployment.strategy = strategy
    return deployment
  }

  /// A ReplicaSet of a Deployment, scaled when that wanted `desired`.
  static func replicaSet(
    _ name: String, of deployment: Deployment, image: String = "a:1", replicas: Int64,
    available: Int64? = nil, revision: Int64 = 1, desired: Int64? = nil, createdAt: Int64 = 0
  ) -> ReplicaSet {
    var set = ReplicaSet(
      metadata: ObjectMeta(name: name, uid: UID(low: UInt64(revision + 100))),
      replicas: replicas, selector: deployment.selector,
      template: Shared(template(image: image)))
    let budget = RollingUpdateBudget(of: deployment)
    let wanted = desired ?? deployment.replicas
    set.metadata.creationTime = .seconds(createdAt)
    set.metadata.annotations[DeploymentAnnotation.revision] = String(revision)
    set.metadata.annotations[DeploymentAnnotation.desiredReplicas] = String(wanted)
    set.metadata.annotations[DeploymentAnnotation.maxReplicas] = String(wanted + budget.maxSurge)
    set.status.observedGeneration = 1
    set.status.replicas = replicas
    set.status.readyReplicas = available ?? replicas
    set.status.availableReplicas = available ?? replicas
    return set
  }

  static func pod(
    _ name: String = "p", phase: PodStatus.Phase = .running, readyAt: Int64? = nil,
    node: String? = "n-0", labels: Labels = ["app": "web"], tolerations: [Toleration] = [],
    owner: OwnerReference? = nil
  ) -> Pod {
    var spec = template().spec
    spec.tolerations = tolerations
    var pod = Pod(
      metadata: ObjectMeta(name: name, labels: labels, owner: owner),
      spec: Shared(PodBlueprint(spec)))
    pod.nodeName = node
    pod.status.phase = phase
    if let readyAt { pod.status.set(.ready, .true, at: .seconds(readyAt)) }
    return pod
  }

  static func node(_ name: String, taints: [Taint] = [], labels: Labels = [:]) -> Node {
    var node = Node(metadata: ObjectMeta(name: name, namespace: "", labels: labels))
    node.taints = taints
    node.status.set(.ready, .true, reason: "KubeletReady", at: .zero)
    return node
  }
}

extension Pod {
  func terminating() -> Pod {
    var pod = self
    pod.metadata.deletionTime = .seconds(30)
    return pod
  }
}
