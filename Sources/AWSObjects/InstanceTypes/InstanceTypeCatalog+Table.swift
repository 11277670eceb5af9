public import Documents

extension InstanceTypeCatalog {
  /// Reads `models/aws/instance-types.csv`; a bad row is reported and left out.
  public init(table text: String, file: String, sink: DiagnosticSink) {
    self.init(source: file)
    let table = DelimitedTable(
      text, file: file,
      required: [
        "instance_type", "vcpus", "memory_mib", "architectures", "enis", "ipv4_per_eni",
      ], sink: sink)
    for row in table.rows {
      guard let type = InstanceType(row: row) else { continue }
      if self[type.name] != nil {
        row.refuse("instance_type", "'\(type.name)' is there twice")
      }
      insert(type)
    }
  }
}

extension InstanceType {
  /// Reads one row; nil after reporting what is missing or wrong.
  init?(row: DelimitedTable.Row) {
    guard let name = row.required("instance_type"),
      row.required("vcpus") != nil, let vcpus = row.int("vcpus"),
      row.required("memory_mib") != nil, let memory = row.int("memory_mib"),
      row.required("enis") != nil, let interfaces = row.int("enis"),
      row.required("ipv4_per_eni") != nil, let addresses = row.int("ipv4_per_eni"),
      let words = row.required("architectures")
    else { return nil }
    guard vcpus > 0, memory > 0, interfaces > 0, addresses > 0 else {
      row.refuse("instance_type", "'\(name)' has a size that is not positive")
      return nil
    }
    var architectures: [Architecture] = []
    for word in words.split(separator: " ") {
      guard let architecture = Architecture(rawValue: String(word)) else {
        row.refuse("architectures", "unknown architecture '\(word)'")
        return nil
      }
      architectures.append(architecture)
    }
    self.init(
      name: name, vcpus: vcpus, memoryMiB: memory, architectures: architectures,
      networkInterfaces: interfaces, ipv4PerInterface: addresses)
    networkPerformance = row.text("network_performance")
    networkGbps = Self.rate(row, "network_baseline_gbps", "network_peak_gbps")
    ebsMbps = Self.rate(row, "ebs_baseline_mbps", "ebs_max_mbps")
    ebsIOPS = Self.rate(row, "ebs_baseline_iops", "ebs_max_iops")
    if let count = row.int("accelerator_count") {
      accelerators = Accelerators(
        count: count, manufacturer: row.text("accelerator_manufacturer") ?? "",
        name: row.text("accelerator_name") ?? "", memoryMiB: row.int("accelerator_memory_mib"))
    }
    efaInterfaces = row.int("efa_interfaces") ?? 0
    instanceStorageGB = row.int("instance_storage_gb") ?? 0
    isBareMetal = row.bool("bare_metal") ?? false
    isBurstable = row.bool("burstable") ?? false
    if let rate = row.double("credits_per_hour"), let limit = row.double("max_credit_balance"),
      let baseline = row.double("baseline_percent_per_vcpu")
    {
      credits = BurstableCredits(
        creditsPerHour: rate, balanceLimit: limit, baselinePercentPerVCPU: baseline)
    }
    maxPods2019 = row.int("max_pods_2019_02")
    wasSoldIn2018 = row.bool("sold_2018_11")
  }

  private static func rate(_ row: DelimitedTable.Row, _ baseline: String, _ peak: String) -> Rate? {
    guard let baseline = row.double(baseline), let peak = row.double(peak) else { return nil }
    return Rate(baseline: baseline, peak: peak)
  }
}
