import ClusterAutoscaler
import KubernetesObjects
import TimeUnits

/// The vocabulary of the tests: pods and nodes in one line.
func makePod(
  _ name: String, milliCPU: Int64 = 0, memory: Int64 = 0, namespace: String = "default",
  owner: OwnerKind? = .replicaSet, others: [String: Int64] = [:],
  volumes: [Volume] = [], _ change: (inout PodSpec) -> Void = { _ in }
) -> Pod {
  var container = Container(name: "c")
  if milliCPU > 0 { container.resources.requests["cpu"] = Quantity(milliValue: milliCPU) }
  if memory > 0 { container.resources.requests["memory"] = Quantity(value: memory) }
  for (name, amount) in others.sorted(by: { $0.key < $1.key }) {
    container.resources.requests[name] = Quantity(value: amount)
  }
  var spec = PodSpec(containers: [container])
  spec.volumes = volumes
  change(&spec)
  var metadata = ObjectMeta(name: name, namespace: namespace, labels: ["app": "a"])
  metadata.owner = owner.map {
    OwnerReference(kind: $0, name: "owner", uid: UID(low: UInt64(ownerNumber($0))))
  }
  return Pod(metadata: metadata, spec: Shared(PodBlueprint(spec)))
}

/// A different one for each kind, from 1.
func ownerNumber(_ kind: OwnerKind) -> Int { (OwnerKind.allCases.firstIndex(of: kind) ?? 0) + 1 }

/// Every controller that `makePod` names, with three replicas.
let allControllers = Dictionary(
  uniqueKeysWithValues: OwnerKind.allCases.map {
    (UID(low: UInt64(ownerNumber($0))), ControllerReplicas(target: 3, current: 3))
  })

func makeNode(
  _ name: String, milliCPU: Int64, memory: Int64, allocatableMilliCPU: Int64? = nil,
  others: [String: Int64] = [:], labels: Labels = [:]
) -> Node {
  var node = Node(metadata: ObjectMeta(name: name, namespace: "", labels: labels))
  var capacity = ResourceList()
  capacity["cpu"] = Quantity(milliValue: milliCPU)
  capacity["memory"] = Quantity(value: memory)
  capacity["pods"] = Quantity(value: 100)
  for (name, amount) in others.sorted(by: { $0.key < $1.key }) {
    capacity[name] = Quantity(value: amount)
  }
  node.status.capacity = capacity
  if let allocatableMilliCPU { capacity["cpu"] = Quantity(milliValue: allocatableMilliCPU) }
  node.status.allocatable = capacity
  return node
}

func makeBudget(
  namespace: String = "default", allowed: Int64, label: String = "a"
) -> PodDisruptionBudget {
  var budget = PodDisruptionBudget(
    metadata: ObjectMeta(name: "pdb", namespace: namespace),
    selector: LabelSelector(matchLabels: ["app": label]))
  budget.disruptionsAllowed = allowed
  return budget
}

func makeOption(
  _ id: String, group: Int = 0, nodes: Int = 1, pods: [UInt32] = [],
  requests: ResourceVector = ResourceVector(), milliCPU: Int64 = 1_000, memory: Int64 = 1_000
) -> ExpansionOption {
  ExpansionOption(
    group: group, groupID: id, nodeCount: nodes, pods: pods, requests: requests,
    template: NodeTemplate(node: makeNode(id, milliCPU: milliCPU, memory: memory)))
}
