/// What an EKS cluster runs in `kube-system` beside what people deploy.
public enum Addon: String, Sendable, Hashable, CaseIterable {
  /// The DaemonSet `aws-node`.
  case vpcCNI = "vpc-cni"
  /// The DaemonSet `kube-proxy`.
  case kubeProxy = "kube-proxy"
  /// The Deployment `coredns`, two replicas.
  case coreDNS = "coredns"
  case metricsServer = "metrics-server"
  /// cluster-autoscaler, for groups that are tagged for it.
  case clusterAutoscaler = "cluster-autoscaler"
  /// The Kubernetes dashboard.
  case dashboard

  /// The dashboard's Deployment.
  public static let dashboardWorkload = "kubernetes-dashboard"

  /// What EKS installs in every new cluster (EKS user guide, "Amazon EKS add-ons").
  public static let installedByDefault: [Addon] = [.vpcCNI, .kubeProxy, .coreDNS]
}
