import KubernetesObjects

@testable import ClusterAutoscaler

extension TestCluster {
  /// What a case of the scale-up says in its fields.
  ///
  /// - Parameters:
  ///   - memoryUnit: what one of the case's bytes stands for; limits of memory are whole GiB.
  init(_ given: JSON, memoryUnit: Int64 = 1) {
    options.expander = [.random]
    options.balanceSimilarNodeGroups = given["balance_similar_node_groups"]?.bool ?? false
    options.parallelScaleUp = given["parallel_scale_up"]?.bool ?? false
    options.enforceNodeGroupMinSize = given["enforce_node_group_min_size"]?.bool ?? false
    options.maxNodesTotal = given["max_nodes_total"]?.int ?? 0
    let quota = given["quotas"]?.list?.compactMap { $0["cpu"]?.int }.min()
    if let cores = given["max_cores_total"]?.int ?? quota { options.coresTotal = 0...Int64(cores) }
    if let memory = given["max_memory_total"]?.int {
      options.memoryTotal = 0...((Int64(memory) * memoryUnit) >> 30)
    }
    for field in given["nodes"]?.list ?? [] {
      add(
        makeNode(
          field["name"]?.text ?? "", milliCPU: Int64(field["cpu_m"]?.int ?? 0),
          memory: Int64(field["mem"]?.int ?? 0) * memoryUnit),
        group: field["group"]?.text)
      if field["full"]?.bool == true {
        add(
          makePod("full", milliCPU: Int64(field["cpu_m"]?.int ?? 0)),
          on: field["name"]?.text)
      }
    }
    addGroups(given)
    for field in given["scheduled"]?.list ?? [] {
      add(Self.pod(field, memoryUnit), on: field["node"]?.text)
    }
    for field in given["pending"]?.list ?? [] { add(Self.pod(field, memoryUnit)) }
  }

  private mutating func addGroups(_ given: JSON) {
    for (id, field) in (given["groups"]?.fields ?? [:]).sorted(by: { $0.key < $1.key }) {
      let target = field["size"]?.int ?? field["target"]?.int ?? 0
      addGroup(
        id, min: field["min"]?.int ?? 0, max: field["max"]?.int ?? 10, target: target)
      let milliCPU = Int64(field["node_cpu_m"]?.int ?? given["node_cpu_m"]?.int ?? 1_000)
      for number in 0..<(field["registered"]?.int ?? target) {
        let name = "\(id)-n\(number)"
        add(
          makeNode(name, milliCPU: milliCPU, memory: 1 << 30), group: id, raisesTarget: false)
        let used = given["existing_pod_cpu_m"] ?? given["each_existing_node_pod_cpu_m"]
        add(makePod("on-\(name)", milliCPU: Int64(used?.int ?? Int(milliCPU))), on: name)
      }
    }
  }

  static func pod(_ field: JSON, _ memoryUnit: Int64 = 1) -> Pod {
    makePod(
      field["name"]?.text ?? "", milliCPU: Int64(field["cpu_m"]?.int ?? 0),
      memory: Int64(field["mem"]?.int ?? 0) * memoryUnit,
      others: field["gpu"]?.int.map { ["nvidia.com/gpu": Int64($0)] } ?? [:]
    ) { spec in
      spec.priority = field["priority"]?.int.map { Int32($0) }
    }
  }
}
