import KubernetesObjects
import Scenarios
import Testing

struct KubectlSentencesTests {
  @Test(
    "kubectl says what it did",
    arguments: [
      (KubectlSentences.scaled(.deployments, "web"), "deployment.apps/web scaled"),
      (
        KubectlSentences.scaled(.deployments, "web", release: .v1_11),
        "deployment.extensions/web scaled"
      ),
      (
        KubectlSentences.deleted(.pods, "a", namespace: "default", release: .v1_36),
        "pod \"a\" deleted from default namespace"
      ),
      (
        KubectlSentences.deleted(.pods, "a", namespace: "default", force: true, release: .v1_11),
        "pod \"a\" force deleted"
      ),
      (
        KubectlSentences.deleted(.nodes, "n1", namespace: "", release: .v1_36),
        "node \"n1\" deleted"
      ),
      (KubectlSentences.cordoned("n1"), "node/n1 cordoned"),
      (KubectlSentences.cordoned("n1", already: true), "node/n1 already cordoned"),
      (KubectlSentences.evicting("a", namespace: "shop"), "evicting pod shop/a"),
      (KubectlSentences.drained("n1"), "node/n1 drained"),
      (
        KubectlSentences.notFound(.deployments, "x"),
        "Error from server (NotFound): deployments.apps \"x\" not found"
      ),
      (
        KubectlSentences.notFound(.pods, "x"), "Error from server (NotFound): pods \"x\" not found"
      ),
      (
        KubectlSentences.nothingFound(inNamespace: "shop"),
        "No resources found in shop namespace."
      ),
      (KubectlSentences.nothingFound(inNamespace: nil), "No resources found"),
      (KubectlSentences.applied(.services, "web", .unchanged), "service/web unchanged"),
      (
        KubectlSentences.drainAborted(node: "n1", reason: "why"),
        "error: unable to drain node \"n1\" due to error: why, continuing command...\n"
          + "There are pending nodes to be drained:\n n1\nwhy"
      ),
    ])
  func sentences(said: String, expected: String) {
    #expect(said == expected)
  }

  @Test("a drain names the pods that stand in its way, by kind")
  func drainRefusal() {
    #expect(
      KubectlSentences.drainRefusal(daemonSetPods: [], unmanagedPods: [], podsWithEmptyDir: [])
        == nil)
    #expect(
      KubectlSentences.drainRefusal(
        daemonSetPods: ["kube-system/aws-node-1", "kube-system/kube-proxy-1"], unmanagedPods: [],
        podsWithEmptyDir: [])
        == "cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): "
        + "kube-system/aws-node-1, kube-system/kube-proxy-1")
    #expect(
      KubectlSentences.drainRefusal(
        daemonSetPods: ["a/b"], unmanagedPods: ["c/d"], podsWithEmptyDir: [])?.hasPrefix("[cannot")
        == true)
  }
}
