/// What the reader does with a kind.
enum ManifestKind: Sendable {
  /// Read into a value; the API versions that serve it, the current one first.
  case modeled(versions: [String])
  /// Changes neither scheduling nor scaling.
  case irrelevant
  /// Would change scheduling or scaling; the text says how.
  case notModeled(effect: String)

  /// Nil: a kind this table does not know.
  static func named(_ kind: String) -> ManifestKind? {
    if let versions = modeled[kind] { return .modeled(versions: versions) }
    if let effect = notModeled[kind] { return .notModeled(effect: effect) }
    return irrelevantNames.contains(kind) ? .irrelevant : nil
  }

  private static let modeled: [String: [String]] = [
    "Pod": ["v1"],
    "Node": ["v1"],
    "Namespace": ["v1"],
    "Service": ["v1"],
    "LimitRange": ["v1"],
    "ResourceQuota": ["v1"],
    "Deployment": ["apps/v1", "apps/v1beta2", "apps/v1beta1", "extensions/v1beta1"],
    "ReplicaSet": ["apps/v1", "apps/v1beta2", "extensions/v1beta1"],
    "DaemonSet": ["apps/v1", "apps/v1beta2", "extensions/v1beta1"],
    "PriorityClass": [
      "scheduling.k8s.io/v1", "scheduling.k8s.io/v1beta1", "scheduling.k8s.io/v1alpha1",
    ],
    "PodDisruptionBudget": ["policy/v1", "policy/v1beta1"],
    "PersistentVolume": ["v1"],
    "PersistentVolumeClaim": ["v1"],
    "StorageClass": ["storage.k8s.io/v1", "storage.k8s.io/v1beta1"],
    "CSINode": ["storage.k8s.io/v1", "storage.k8s.io/v1beta1"],
  ]

  private static let notModeled: [String: String] = [
    "StatefulSet": "its pods are not created",
    "Job": "its pods are not created",
    "CronJob": "its jobs are not created",
    "ReplicationController": "its pods are not created",
    "HorizontalPodAutoscaler": "nothing scales its target",
    "VerticalPodAutoscaler": "nothing changes its target's requests",
    "ScaledObject": "nothing scales its target",
    "ScaledJob": "its jobs are not created",
    "CSIStorageCapacity": "storage capacity binds no pod",
    "VolumeAttachment": "only the volumes of pods are counted",
    "RuntimeClass": "its overhead and node selector are not added to pods",
    "ResourceClaim": "devices are not allocated",
    "ResourceClaimTemplate": "devices are not allocated",
    "ResourceSlice": "devices are not allocated",
    "DeviceClass": "devices are not allocated",
    "DeviceTaintRule": "devices are not allocated",
    "Workload": "pods are not scheduled as a group",
    "PodGroup": "pods are not scheduled as a group",
    "MutatingWebhookConfiguration": "webhooks change no object",
    "MutatingAdmissionPolicy": "it changes no object",
    "MutatingAdmissionPolicyBinding": "it changes no object",
    "Binding": "pods are bound by the scheduler only",
    "Eviction": "evictions come from the timeline only",
    "NodePool": "Karpenter launches no nodes",
    "EC2NodeClass": "Karpenter launches no nodes",
    "Provisioner": "Karpenter launches no nodes",
    "AWSNodeTemplate": "Karpenter launches no nodes",
    "NodeClaim": "Karpenter launches no nodes",
    "NodeOverlay": "Karpenter launches no nodes",
    "ProvisioningRequest": "no nodes are provisioned ahead",
    "CapacityBuffer": "no nodes are provisioned ahead",
    "ClusterConfig": "the scenario describes the node groups",
    "Cluster": "the scenario describes the cluster",
    "InstanceGroup": "the scenario describes the node groups",
    "DeschedulerPolicy": "no pods are descheduled",
    "KubeSchedulerConfiguration": "name it in a scenario as spec.scheduler.config",
    "KubeletConfiguration": "the era's kubelet defaults are used",
    "Stage": "pod and node life cycles come from the models",
    "Balancer": "nothing balances its targets",
  ]

  private static let irrelevantNames: Set<String> = [
    "APIService", "CertificateSigningRequest", "ClusterRole", "ClusterRoleBinding",
    "ClusterTrustBundle", "ComponentStatus", "ConfigMap", "ControllerRevision", "CSIDriver",
    "CustomResourceDefinition", "EndpointSlice", "Endpoints", "Event", "FlowSchema", "Gateway",
    "GatewayClass", "HTTPRoute", "Ingress", "IngressClass", "IPAddress", "Lease",
    "NetworkPolicy", "PodMonitor", "PodSecurityPolicy", "PodTemplate",
    "PriorityLevelConfiguration", "Probe", "PrometheusRule", "Role", "RoleBinding", "Secret",
    "ServiceAccount", "ServiceCIDR", "ServiceMonitor", "StorageVersion",
    "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding",
    "ValidatingWebhookConfiguration", "VolumeAttributesClass",
  ]

  /// Every name the table knows, for suggestions.
  static let allNames: [String] =
    (Array(modeled.keys) + Array(notModeled.keys) + Array(irrelevantNames)).sorted()
}
