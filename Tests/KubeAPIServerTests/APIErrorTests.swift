import KubeAPIServer
import Testing

struct APIErrorTests {
  @Test(
    "refusals read as the real API server's and kubectl's",
    arguments: [
      (
        APIError.notFound(.deployments, "x"), 404,
        "Error from server (NotFound): deployments.apps \"x\" not found"
      ),
      (
        .alreadyExists(.pods, "x"), 409,
        "Error from server (AlreadyExists): pods \"x\" already exists"
      ),
      (
        .conflict(.replicaSets, "x"), 409,
        "Error from server (Conflict): Operation cannot be fulfilled on replicasets.apps \"x\": "
          + "the object has been modified; please apply your changes to the latest version and "
          + "try again"
      ),
      (
        .invalid(.deployments, "x", causes: ["spec.replicas: Invalid value: -1: no"]), 422,
        "The Deployment \"x\" is invalid: spec.replicas: Invalid value: -1: no"
      ),
      (
        .invalid(.pods, "x", causes: ["a: 1", "b: 2"]), 422,
        "The Pod \"x\" is invalid: \n* a: 1\n* b: 2"
      ),
      (
        .evictionRefused(pod: "x", budget: "b"), 429,
        "Error from server (TooManyRequests): Cannot evict pod as it would violate the pod's "
          + "disruption budget."
      ),
    ])
  func sentences(error: APIError, code: Int, text: String) {
    #expect(error.code == code)
    #expect(error.kubectlText == text)
  }

  @Test("several causes stand in brackets in the message, repeats once")
  func aggregate() {
    let error = APIError.invalid(.deployments, "x", causes: ["a", "b", "a"])
    #expect(error.message == "Deployment.apps \"x\" is invalid: [a, b]")
  }
}
