import AWSObjects
public import Documents
import KubernetesObjects
import TimeUnits

/// Reads the tables of Alibaba's openb GPU cluster (hkust-adsl/kubernetes-scheduler-simulator,
/// `traces/csv`): one of nodes, one of pods.
public enum OpenbTrace {
  /// How a share of a GPU is asked for.
  public enum GPUs: String, Sendable, Hashable, CaseIterable {
    /// As whole devices, as the device plugin's `nvidia.com/gpu` does: a share takes one.
    case whole
    /// As thousandths of the node's GPUs together, whichever device they are of.
    case shared

    /// The extended resource that pods ask for.
    public var resource: String {
      switch self {
      case .whole: "nvidia.com/gpu"
      case .shared: "alibabacloud.com/gpu-milli"
      }
    }
  }

  /// The label with a node's GPU model, which `gpu_spec` asks for.
  public static let modelLabel = "alibabacloud.com/gpu-card-model"

  /// What the kubelet admits unless told otherwise; the tables do not say.
  private static let podsPerNode: Int64 = 110

  /// The nodes and pods; what is wrong with a table goes to `sink`. Complexity: linear in the text.
  public static func read(
    nodes: String, file nodeFile: String, pods: String, file podFile: String,
    gpus: GPUs = .whole, sink: DiagnosticSink
  ) -> ArrivalTrace {
    let nodeTable = DelimitedTable(
      nodes, file: nodeFile, required: ["sn", "cpu_milli", "memory_mib", "gpu"], sink: sink)
    let podTable = DelimitedTable(
      pods, file: podFile,
      required: [
        "name", "cpu_milli", "memory_mib", "num_gpu", "gpu_milli", "creation_time",
        "deletion_time",
      ], sink: sink)
    if sink.hasErrors { return ArrivalTrace(nodes: [], pods: []) }
    var blueprints: [PodSpec: Shared<PodBlueprint>] = [:]
    var arrivals: [ArrivalTrace.Arrival] = []
    arrivals.reserveCapacity(podTable.rows.count)
    for row in podTable.rows {
      if let arrival = arrival(row, gpus, &blueprints) { arrivals.append(arrival) }
    }
    let sorted = arrivals.enumerated().sorted {
      ($0.element.created, $0.offset) < ($1.element.created, $1.offset)
    }
    return ArrivalTrace(
      nodes: nodeTable.rows.compactMap { node($0, gpus) }, pods: sorted.map(\.element))
  }

  private static func node(_ row: DelimitedTable.Row, _ gpus: GPUs) -> Node? {
    guard let name = row.required("sn"), let cpu = amount(row, "cpu_milli"),
      let memory = amount(row, "memory_mib"), let devices = amount(row, "gpu")
    else { return nil }
    var labels: Labels = [WellKnownLabel.hostname: name]
    labels[modelLabel] = row.text("model")
    var node = Node(metadata: ObjectMeta(name: name, namespace: "", labels: labels))
    node.status.allocatable[ResourceName.cpu] = Quantity(milliValue: cpu)
    node.status.allocatable[ResourceName.memory] = mebibytes(memory)
    node.status.allocatable[ResourceName.pods] = Quantity(value: podsPerNode)
    if devices > 0 {
      node.status.allocatable[gpus.resource] = Quantity(
        value: gpus == .whole ? devices : devices * 1000)
    }
    node.status.capacity = node.status.allocatable
    return node
  }

  private static func arrival(
    _ row: DelimitedTable.Row, _ gpus: GPUs, _ blueprints: inout [PodSpec: Shared<PodBlueprint>]
  ) -> ArrivalTrace.Arrival? {
    guard let name = row.required("name"), let cpu = amount(row, "cpu_milli"),
      let memory = amount(row, "memory_mib"), let devices = amount(row, "num_gpu"),
      let share = amount(row, "gpu_milli"), let created = amount(row, "creation_time")
    else { return nil }
    let deleted = row.int("deletion_time")
    if let deleted, deleted < created {
      row.refuse("deletion_time", "deleted at \(deleted), before its creation at \(created)")
      return nil
    }
    // The tables name no image; the API wants one.
    var container = Container(name: "main", image: "registry.k8s.io/pause:3.10")
    container.resources.requests[ResourceName.cpu] = Quantity(milliValue: cpu)
    container.resources.requests[ResourceName.memory] = mebibytes(memory)
    if devices > 0 {
      let asked = Quantity(value: gpus == .whole ? devices : devices * share)
      container.resources.requests[gpus.resource] = asked
      // Extended resources cannot be overcommitted: the API wants a limit as high.
      container.resources.limits[gpus.resource] = asked
    }
    var spec = PodSpec(containers: [container])
    if let models = row.text("gpu_spec") {
      var affinity = Affinity()
      affinity.requiredNodeTerms = [
        NodeSelectorTerm(
          matchExpressions: [
            LabelRequirement(
              key: modelLabel, operator: .in,
              values: models.split(separator: "|").map(String.init))
          ], matchFields: [])
      ]
      spec.affinity = affinity
    }
    let blueprint = blueprints[spec] ?? Shared(PodBlueprint(spec))
    blueprints[spec] = blueprint
    return ArrivalTrace.Arrival(
      pod: Pod(metadata: ObjectMeta(name: name), spec: blueprint), created: .seconds(created),
      deleted: deleted.map { .seconds($0) })
  }

  /// A whole number that is not negative and small enough to be a quantity of anything.
  private static func amount(_ row: DelimitedTable.Row, _ column: String) -> Int64? {
    guard row.required(column) != nil, let value = row.int(column) else { return nil }
    if (0...1_000_000_000).contains(value) { return value }
    row.refuse(column, "expected a number from 0 to 1000000000, found \(value)")
    return nil
  }

  private static func mebibytes(_ count: Int64) -> Quantity {
    Quantity(value: count << 20, format: .binarySI)
  }
}
