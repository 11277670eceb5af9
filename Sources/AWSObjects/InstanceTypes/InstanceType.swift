/// What EC2 says of one instance type; the facts of `DescribeInstanceTypes` that matter to us.
public struct InstanceType: Sendable, Hashable {
  /// An instruction set, in the words of `DescribeInstanceTypes`.
  public enum Architecture: String, Sendable, Hashable, CaseIterable {
    case i386
    case x86 = "x86_64"
    case arm = "arm64"
    case macIntel = "x86_64_mac"
    case macArm = "arm64_mac"

    /// The value of the node label `kubernetes.io/arch`; nil where no kubelet runs.
    public var kubernetesName: String? {
      switch self {
      case .x86: "amd64"
      case .arm: "arm64"
      case .i386, .macIntel, .macArm: nil
      }
    }
  }

  /// GPUs, or accelerators of another kind.
  public struct Accelerators: Sendable, Hashable {
    public var count: Int64
    /// `NVIDIA`, `AMD`, `Habana` or `AWS`.
    public var manufacturer: String
    public var name: String
    /// Of each one; nil if not known.
    public var memoryMiB: Int64?

    public init(count: Int64, manufacturer: String, name: String, memoryMiB: Int64? = nil) {
      self.count = count
      self.manufacturer = manufacturer
      self.name = name
      self.memoryMiB = memoryMiB
    }
  }

  /// A steady rate, and the one that bursts may reach.
  public struct Rate: Sendable, Hashable {
    public var baseline: Double
    public var peak: Double

    public init(baseline: Double, peak: Double) {
      self.baseline = baseline
      self.peak = peak
    }
  }

  /// CPU credits of a burstable type; one credit is one vCPU for one minute.
  public struct BurstableCredits: Sendable, Hashable {
    public var creditsPerHour: Double
    public var balanceLimit: Double
    /// What each vCPU may use for ever, in percent.
    public var baselinePercentPerVCPU: Double

    public init(creditsPerHour: Double, balanceLimit: Double, baselinePercentPerVCPU: Double) {
      self.creditsPerHour = creditsPerHour
      self.balanceLimit = balanceLimit
      self.baselinePercentPerVCPU = baselinePercentPerVCPU
    }
  }

  public var name: String
  public var vcpus: Int64
  /// As advertised; the operating system sees less.
  public var memoryMiB: Int64
  /// In EC2's order; the first one decides how much memory the kernel keeps for itself.
  public var architectures: [Architecture]
  /// Network interfaces of the default network card.
  public var networkInterfaces: Int64
  public var ipv4PerInterface: Int64
  /// EC2's words, such as `Up to 10 Gigabit`.
  public var networkPerformance: String?
  public var networkGbps: Rate?
  public var ebsMbps: Rate?
  public var ebsIOPS: Rate?
  public var accelerators: Accelerators?
  /// Elastic Fabric Adapter interfaces.
  public var efaInterfaces: Int64 = 0
  /// Disks of the host, together; 0 for types with EBS only.
  public var instanceStorageGB: Int64 = 0
  public var isBareMetal = false
  public var isBurstable = false
  public var credits: BurstableCredits?
  /// The line of `eni-max-pods.txt` in the EKS image of February 2019; nil if there was none.
  public var maxPods2019: Int64?
  /// Whether it was on the price list of 2018-11-29; nil if not known.
  public var wasSoldIn2018: Bool?

  public init(
    name: String, vcpus: Int64, memoryMiB: Int64, architectures: [Architecture],
    networkInterfaces: Int64, ipv4PerInterface: Int64
  ) {
    self.name = name
    self.vcpus = vcpus
    self.memoryMiB = memoryMiB
    self.architectures = architectures
    self.networkInterfaces = networkInterfaces
    self.ipv4PerInterface = ipv4PerInterface
  }
}

extension InstanceType {
  /// `m5` of `m5.large`.
  public var family: Substring { name.prefix { $0 != "." } }

  /// The architecture a Linux kubelet runs on; nil for the Mac types.
  public var kubernetesArchitecture: String? {
    architectures.lazy.compactMap(\.kubernetesName).first
  }

  /// Whether EKS can have such a node.
  public var canBeNode: Bool { kubernetesArchitecture != nil }

  /// GPUs by the resource name their device plugin registers; empty for other accelerators.
  public var extendedResources: [(name: String, count: Int64)] {
    switch accelerators?.manufacturer {
    case "NVIDIA": [("nvidia.com/gpu", accelerators?.count ?? 0)]
    case "AMD": [("amd.com/gpu", accelerators?.count ?? 0)]
    case "Habana": [("habana.ai/gaudi", accelerators?.count ?? 0)]
    default: []
    }
  }
}
