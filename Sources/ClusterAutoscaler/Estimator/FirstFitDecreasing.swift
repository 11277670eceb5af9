import KubeScheduler
import KubernetesObjects

/// The estimate of 1.13: every pod, largest first, onto the first node that takes it, of those on
/// their way and new ones.
///
/// Follows `estimator/binpacking_estimator.go` of cluster-autoscaler 1.13.
enum FirstFitDecreasing {
  static func estimate(
    _ groups: [[AutoscalerPod]], on template: NodeTemplate, upcoming: [NodeTemplate],
    in snapshot: ClusterSnapshot
  ) -> BinpackingEstimator.Estimate {
    var snapshot = snapshot
    var nodes = upcoming.enumerated().map { index, template in
      snapshot.add(template, named: "upcoming-\(index)")
    }
    var estimate = BinpackingEstimator.Estimate()
    for group in BinpackingEstimator.decreasing(groups, on: template) {
      for pod in group {
        let reference = pod.reference
        if let place = snapshot.firstFit(reference, among: nodes, from: 0) {
          snapshot.place(reference, on: nodes[place])
        } else {
          nodes.append(snapshot.add(template, named: "e-\(nodes.count)"))
          snapshot.place(reference, on: nodes[nodes.count - 1])
        }
        estimate.pods.append(pod.key)
        estimate.requests += pod.pod.spec.value.requests
      }
    }
    estimate.nodeCount = nodes.count - upcoming.count
    return estimate
  }
}
