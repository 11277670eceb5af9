/// Whose rules a node follows: the world of February 2019, or today's.
public enum NodeEra: String, Sendable, Hashable, CaseIterable {
  /// EKS image amazon-eks-node-1.11-v20190220: nothing reserved, pod limits from a file.
  case february2019 = "2019-02"
  /// EKS images since April 2020 (nodeadm): memory reserved by pod limit, CPU by steps.
  case current
}
