public import Documents

extension InstanceTypeCatalog {
  /// Reads what `aws ec2 describe-instance-types` prints (EC2 API 2016-11-15).
  ///
  /// A type that lacks a fact we need is reported and left out; fields we do not use are not
  /// mentioned. `supplement` fills in what the answer never has: credits and the 2019 pod limits.
  public init(
    describeInstanceTypes document: DocumentNode, file: String, sink: DiagnosticSink,
    supplement: InstanceTypeCatalog? = nil
  ) {
    self.init(source: file)
    let root = DocumentCursor(document, file: file, sink: sink)
    guard root.expectMapping(), let list = root.required("InstanceTypes") else { return }
    for element in list.elements() {
      guard var type = InstanceType(describing: element) else { continue }
      if let known = supplement?[type.name] {
        type.credits = known.credits
        type.maxPods2019 = known.maxPods2019
        type.wasSoldIn2018 = known.wasSoldIn2018
      }
      insert(type)
    }
  }
}

extension InstanceType {
  /// Reads one element of `InstanceTypes`; nil after reporting what is missing.
  init?(describing cursor: DocumentCursor) {
    guard cursor.expectMapping(), let name = cursor.required("InstanceType")?.string(),
      let vcpus = cursor.required("VCpuInfo")?.required("DefaultVCpus")?.int(),
      let memory = cursor.required("MemoryInfo")?.required("SizeInMiB")?.int(),
      let network = cursor.required("NetworkInfo"),
      let addresses = network.required("Ipv4AddressesPerInterface")?.int(),
      let card = Self.defaultCard(network),
      let interfaces = card.required("MaximumNetworkInterfaces")?.int()
    else { return nil }
    var architectures: [Architecture] = []
    let processor = cursor.required("ProcessorInfo")?.required("SupportedArchitectures")
    for element in processor?.elements() ?? [] {
      if let architecture = element.word(Architecture.self) { architectures.append(architecture) }
    }
    self.init(
      name: name, vcpus: vcpus, memoryMiB: memory, architectures: architectures,
      networkInterfaces: interfaces, ipv4PerInterface: addresses)
    networkPerformance = network.field("NetworkPerformance")?.string()
    networkGbps = Self.rate(card, "BaselineBandwidthInGbps", "PeakBandwidthInGbps")
    efaInterfaces = network.field("EfaInfo")?.field("MaximumEfaInterfaces")?.int() ?? 0
    if let ebs = cursor.field("EbsInfo")?.field("EbsOptimizedInfo") {
      ebsMbps = Self.rate(ebs, "BaselineBandwidthInMbps", "MaximumBandwidthInMbps")
      ebsIOPS = Self.rate(ebs, "BaselineIops", "MaximumIops")
    }
    accelerators = Self.accelerators(cursor)
    instanceStorageGB = cursor.field("InstanceStorageInfo")?.field("TotalSizeInGB")?.int() ?? 0
    isBareMetal = cursor.field("BareMetal")?.bool() ?? false
    isBurstable = cursor.field("BurstablePerformanceSupported")?.bool() ?? false
  }

  // The VPC CNI uses the default card only. Older answers have no cards but one total.
  private static func defaultCard(_ network: DocumentCursor) -> DocumentCursor? {
    guard let cards = network.field("NetworkCards")?.elements(), !cards.isEmpty else {
      return network
    }
    let index = network.field("DefaultNetworkCardIndex")?.int() ?? 0
    guard cards.indices.contains(Int(index)) else {
      network.error("there is no network card \(index)")
      return nil
    }
    return cards[Int(index)]
  }

  private static func rate(_ cursor: DocumentCursor, _ baseline: String, _ peak: String) -> Rate? {
    guard let baseline = cursor.field(baseline)?.double(),
      let peak = cursor.field(peak)?.double()
    else { return nil }
    return Rate(baseline: baseline, peak: peak)
  }

  private static func accelerators(_ cursor: DocumentCursor) -> Accelerators? {
    let gpus = cursor.field("GpuInfo")?.field("Gpus")?.elements() ?? []
    let neurons = cursor.field("NeuronInfo")?.field("NeuronDevices")?.elements() ?? []
    guard let first = gpus.first ?? neurons.first else { return nil }
    let devices = gpus.isEmpty ? neurons : gpus
    return Accelerators(
      count: devices.reduce(0) { $0 + ($1.field("Count")?.int() ?? 0) },
      manufacturer: gpus.isEmpty ? "AWS" : first.field("Manufacturer")?.string() ?? "",
      name: first.field("Name")?.string() ?? "",
      memoryMiB: first.field("MemoryInfo")?.field("SizeInMiB")?.int())
  }
}
