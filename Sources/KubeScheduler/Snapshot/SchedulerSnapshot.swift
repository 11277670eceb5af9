public import KubernetesObjects

/// The scheduler's view of the cluster: nodes, the pods on them, and running counts of both.
///
/// A value: a copy is a checkpoint and shares storage until one of the two changes. Adding or
/// removing a pod costs time proportional to the rules that count it, not to the cluster.
/// Follows `backend/cache` of kube-scheduler 1.36.
public struct SchedulerSnapshot: Sendable {
  /// Counts changes: what was decided for a pod holds for its like while this stays.
  public internal(set) var version = 0

  // Nodes by row.
  var rows: [NodeRow] = []
  var amounts: [NodeAmounts] = []
  var scalarAllocatable: [[Int64]] = []
  var scalarRequested: [[Int64]] = []
  var scalarNames: [String] = []
  var order = NodeOrder()
  var images = ImageTable()
  private var rowOfName: [String: NodeIndex] = [:]
  private var freeRows: [NodeIndex] = []
  /// How many present nodes carry a PreferNoSchedule taint.
  var softTaintedNodes = 0

  // What nodes are compared by.
  var columns: [TopologyColumn] = []
  private var columnOfKey: [String: Int32] = [:]
  /// The rows that changed, in order; caches remember how far they have read.
  var nodeLog: [NodeIndex] = []
  /// The number of log entries that were dropped.
  var nodeLogStart = 0
  var caches = VerdictCaches()

  // Pods.
  var classes = ClassTable()
  var tallies = TallyTable()
  var rowOfPod: [UInt32: NodeIndex] = [:]
  var nominations: [Nomination] = []
  var priorities = PriorityCounts()

  var storage = StorageTable()

  // What pods are selected by.
  var services: [SelectingService] = []
  var ownerSelectors: [OwnerKey: LabelSelector] = [:]
  var namespaceLabels: [String: Labels] = [:]
  /// What the preferences among the tallies were counted with.
  var hardPodAffinityWeight: Int32 = 1
  /// Rises when anything changes that a class's plan was made from.
  var planEpoch = 0

  public init() {}

  /// The number of nodes that pods may be placed on.
  public var nodeCount: Int { order.count }

  public func nodeName(_ node: NodeIndex) -> String { rows[Int(node)].name }

  /// The row of a node; nil if there is none of that name.
  public func node(named name: String) -> NodeIndex? {
    guard let row = rowOfName[name], rows[Int(row)].isPresent else { return nil }
    return row
  }

  /// The nodes in the order in which they are tried.
  public mutating func nodesInOrder() -> [NodeIndex] {
    order.refresh()
    return order.rows
  }

  /// The keys of the pods on a node.
  public func pods(on node: NodeIndex) -> [UInt32] { rows[Int(node)].pods.map(\.key) }

  /// The node a pod is counted on.
  public func node(ofPod key: UInt32) -> NodeIndex? { rowOfPod[key] }

  // MARK: Nodes

  /// Adds a node, or takes over what changed of one that is there.
  ///
  /// - Complexity: linear in the node's labels and in the label keys that rules ask for.
  @discardableResult
  public mutating func setNode(_ node: Node) -> NodeIndex {
    version &+= 1
    let row = row(named: node.name)
    let index = Int(row)
    let zoneKey = Self.zoneKey(node.metadata.labels)
    let old = rows[index]
    if old.isPresent, old.zoneKey != zoneKey { order.remove(row, zone: old.zoneKey) }
    if !old.isPresent || old.zoneKey != zoneKey { order.insert(row, zone: zoneKey) }

    let conditions = NodeConditions(node.status)
    let isSame =
      old.isPresent && old.unschedulable == node.unschedulable && old.taints == node.taints
      && old.labels == node.metadata.labels && old.conditions == conditions
    softTaintedNodes += (hasSoftTaint(node.taints) ? 1 : 0)
    if old.isPresent, hasSoftTaint(old.taints) { softTaintedNodes -= 1 }

    rows[index].isPresent = true
    rows[index].zoneKey = zoneKey
    rows[index].unschedulable = node.unschedulable
    rows[index].taints = node.taints
    rows[index].labels = node.metadata.labels
    rows[index].conditions = conditions
    images.remove(old.images, row: row)
    rows[index].images = images.add(node.status.images, row: row)
    setAllocatable(index, node.status.allocatable)
    if !isSame { nodeChanged(row) }
    return row
  }

  /// Takes a node away; pods still placed on it stay counted until they are removed.
  public mutating func removeNode(named name: String) {
    version &+= 1
    guard let row = node(named: name) else { return }
    let index = Int(row)
    order.remove(row, zone: rows[index].zoneKey)
    if hasSoftTaint(rows[index].taints) { softTaintedNodes -= 1 }
    images.remove(rows[index].images, row: row)
    rows[index].isPresent = false
    rows[index].images = []
    rows[index].labels = [:]
    rows[index].taints = []
    setAllocatable(index, ResourceList())
    for nomination in nominations where nomination.node == row {
      removeNomination(of: nomination.key)
    }
    nodeChanged(row)
    releaseIfEmpty(row)
  }

  /// The row of that name, made if need be: pods may be reported before their node is.
  mutating func row(named name: String) -> NodeIndex {
    if let row = rowOfName[name] { return row }
    let row: NodeIndex
    if let free = freeRows.popLast() {
      row = free
      let version = amounts[Int(row)].version
      rows[Int(row)] = NodeRow(name: name)
      amounts[Int(row)] = NodeAmounts()
      amounts[Int(row)].version = version &+ 1
    } else {
      row = NodeIndex(rows.count)
      rows.append(NodeRow(name: name))
      amounts.append(NodeAmounts())
      for column in scalarNames.indices {
        scalarAllocatable[column].append(0)
        scalarRequested[column].append(0)
      }
    }
    rowOfName[name] = row
    return row
  }

  func isReleasable(_ row: NodeIndex) -> Bool {
    !rows[Int(row)].isPresent && rows[Int(row)].pods.isEmpty
  }

  mutating func releaseIfEmpty(_ row: NodeIndex) {
    guard isReleasable(row), rowOfName[rows[Int(row)].name] == row else { return }
    rowOfName[rows[Int(row)].name] = nil
    freeRows.append(row)
  }

  private mutating func setAllocatable(_ index: Int, _ list: ResourceList) {
    let vector = ResourceVector(list)
    amounts[index].allocatableCPU = vector.milliCPU
    amounts[index].allocatableMemory = vector.memory
    amounts[index].allocatableStorage = vector.ephemeralStorage
    amounts[index].allocatablePods = list[ResourceName.pods]?.value ?? 0
    amounts[index].version &+= 1
    for column in scalarNames.indices { scalarAllocatable[column][index] = 0 }
    for scalar in vector.scalars {
      let column = scalarColumn(scalar.name)
      scalarAllocatable[column][index] = scalar.value
    }
  }

  mutating func scalarColumn(_ name: String) -> Int {
    if let column = scalarNames.firstIndex(of: name) { return column }
    scalarNames.append(name)
    scalarAllocatable.append(Array(repeating: 0, count: rows.count))
    scalarRequested.append(Array(repeating: 0, count: rows.count))
    return scalarNames.count - 1
  }

  private func hasSoftTaint(_ taints: [Taint]) -> Bool {
    taints.contains { $0.effect == .preferNoSchedule }
  }

  /// Region and zone as one key: `GetZoneKey` of component-helpers 1.36.
  private static func zoneKey(_ labels: Labels) -> String {
    let zone = labels[WellKnownLabel.zoneBeta] ?? labels[WellKnownLabel.zone] ?? ""
    let region = labels[WellKnownLabel.regionBeta] ?? labels[WellKnownLabel.region] ?? ""
    return region.isEmpty && zone.isEmpty ? "" : "\(region):\u{0}:\(zone)"
  }

  // MARK: Label columns and the log of node changes

  /// The column of a label key, made at its first use.
  mutating func column(forKey key: String) -> Int32 {
    if let column = columnOfKey[key] { return column }
    var column = TopologyColumn(key: key)
    for index in rows.indices {
      column.set(index, to: value(of: key, row: index))
    }
    columnOfKey[key] = Int32(columns.count)
    columns.append(column)
    return Int32(columns.count - 1)
  }

  /// What stands for a key at a row: a label, or the node's own name for `TopologyColumn.node`.
  private func value(of key: String, row: Int) -> String? {
    guard rows[row].isPresent else { return nil }
    return key == TopologyColumn.node ? rows[row].name : rows[row].labels[key]
  }

  private mutating func nodeChanged(_ row: NodeIndex) {
    let index = Int(row)
    for column in columns.indices {
      columns[column].set(index, to: value(of: columns[column].key, row: index))
    }
    // A reader too far behind does better to start over than to walk a long log.
    if nodeLog.count > 2 * rows.count + 1024 {
      nodeLogStart += nodeLog.count
      nodeLog.removeAll(keepingCapacity: true)
    }
    nodeLog.append(row)
  }

  var nodeLogEnd: Int { nodeLogStart + nodeLog.count }
}

extension SchedulerSnapshot {
  /// What a node has for pods in all.
  public func allocatable(of node: NodeIndex) -> ResourceVector {
    let amounts = amounts[Int(node)]
    return vector(
      amounts.allocatableCPU, amounts.allocatableMemory, amounts.allocatableStorage
    ) { scalarAllocatable[$0][Int(node)] }
  }

  /// What the pods on a node leave free; negative where it is overfull.
  public func available(on node: NodeIndex) -> ResourceVector {
    let amounts = amounts[Int(node)]
    return vector(
      amounts.allocatableCPU &- amounts.requestedCPU,
      amounts.allocatableMemory &- amounts.requestedMemory,
      amounts.allocatableStorage &- amounts.requestedStorage
    ) { scalarAllocatable[$0][Int(node)] &- scalarRequested[$0][Int(node)] }
  }

  private func vector(
    _ milliCPU: Int64, _ memory: Int64, _ storage: Int64, _ scalar: (Int) -> Int64
  ) -> ResourceVector {
    var vector = ResourceVector(
      milliCPU: milliCPU, memory: memory, ephemeralStorage: storage)
    vector.addScalars(
      scalarNames.indices.map { .init(name: scalarNames[$0], value: scalar($0)) }, sign: 1)
    return vector
  }
}
