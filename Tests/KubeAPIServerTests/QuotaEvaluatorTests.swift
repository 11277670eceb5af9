import KubeAPIServer
import KubernetesObjects
import Testing

struct QuotaEvaluatorTests {
  private func quota(
    _ hard: [(String, String)], used: [(String, String)] = [], scopes: [String] = []
  ) throws -> ResourceQuota {
    var quota = ResourceQuota(
      metadata: ObjectMeta(name: "q"), hard: try AdmissionTests.list(hard))
    quota.used = try AdmissionTests.list(used)
    quota.scopes = scopes
    return quota
  }

  private func refusal(_ spec: PodSpec, _ quota: ResourceQuota) -> String? {
    do {
      _ = try QuotaEvaluator.charge(spec, named: "p", to: [quota])
      return nil
    } catch { return error.message }
  }

  @Test("a pod is charged its effective requests, limits and itself")
  func usage() throws {
    var spec = try AdmissionTests.spec(
      requests: [("cpu", "500m"), ("memory", "1Gi"), ("nvidia.com/gpu", "1")],
      limits: [("memory", "2Gi"), ("nvidia.com/gpu", "1")])
    var first = try AdmissionTests.spec(requests: [("cpu", "2")], name: "i").containers[0]
    first.restartPolicy = nil
    spec.initContainers = [first]
    let usage = QuotaEvaluator.usage(of: spec)
    #expect(
      usage.entries.map { "\($0.name)=\($0.quantity)" } == [
        "count/pods=1", "cpu=2", "limits.memory=2Gi", "memory=1Gi", "pods=1", "requests.cpu=2",
        "requests.memory=1Gi", "requests.nvidia.com/gpu=1",
      ])
    #expect(
      QuotaEvaluator.usage(of: spec, isFinished: true).entries.map(\.name) == ["count/pods"])
  }

  @Test("what does not fit is refused with what was asked, used and allowed")
  func exceeded() throws {
    let quota = try quota(
      [("cpu", "2"), ("memory", "4Gi"), ("pods", "10")],
      used: [("cpu", "1500m"), ("memory", "3Gi"), ("pods", "3")])
    let spec = try AdmissionTests.spec(requests: [("cpu", "1"), ("memory", "2Gi")])
    #expect(
      refusal(spec, quota)
        == "pods \"p\" is forbidden: exceeded quota: q, requested: cpu=1,memory=2Gi, "
        + "used: cpu=1500m,memory=3Gi, limited: cpu=2,memory=4Gi")
    let small = try AdmissionTests.spec(requests: [("cpu", "500m"), ("memory", "1Gi")])
    let charged = try QuotaEvaluator.charge(small, named: "p", to: [quota])
    #expect(
      charged[0].used.entries.map { "\($0.name)=\($0.quantity)" } == [
        "cpu=2", "memory=4Gi", "pods=4",
      ])
  }

  @Test("counting cpu or memory obliges every container to say how much")
  func missing() throws {
    var spec = try AdmissionTests.spec(requests: [("memory", "1Gi")])
    spec.containers.append(Container(name: "c0", image: "i"))
    #expect(
      refusal(spec, try quota([("limits.cpu", "1"), ("memory", "8Gi"), ("pods", "5")]))
        == "pods \"p\" is forbidden: failed quota: q: must specify limits.cpu for: c0,c1; "
        + "memory for: c0")
    #expect(
      refusal(spec, try quota([("pods", "5"), ("requests.ephemeral-storage", "1Gi")])) == nil)
  }

  @Test(
    "a quota with scopes counts only the pods that fit them all",
    arguments: [
      (["BestEffort"], false), (["NotBestEffort"], true), (["NotTerminating"], true),
      (["Terminating"], false), (["NotBestEffort", "NotTerminating"], true),
      (["PriorityClass"], false),
    ])
  func scopes(scopes: [String], counts: Bool) throws {
    let spec = try AdmissionTests.spec(requests: [("cpu", "1")])
    let charged = try QuotaEvaluator.charge(
      spec, named: "p", to: [quota([("pods", "5")], scopes: scopes)])
    #expect((charged[0].used["pods"]?.value == 1) == counts)
  }

  @Test("a scope selector names priority classes")
  func scopeSelector() throws {
    var quota = try quota([("pods", "0")])
    quota.scopeSelector = [
      LabelRequirement(key: "PriorityClass", operator: .in, values: ["high"])
    ]
    var spec = try AdmissionTests.spec()
    #expect(refusal(spec, quota) == nil)
    spec.priorityClassName = "high"
    #expect(
      refusal(spec, quota)?.contains("exceeded quota: q, requested: pods=1, used: pods=0") == true)
  }

  @Test("a recount leaves finished pods out of everything but the object count")
  func recount() throws {
    let quota = try quota([("count/pods", "9"), ("pods", "9"), ("requests.cpu", "9")])
    let spec = try AdmissionTests.spec(requests: [("cpu", "1500m")])
    let used = QuotaEvaluator.recount(
      quota, pods: [(spec, false), (spec, false), (spec, true)])
    #expect(
      used.entries.map { "\($0.name)=\($0.quantity)" } == [
        "count/pods=3", "pods=2", "requests.cpu=3",
      ])
  }
}
