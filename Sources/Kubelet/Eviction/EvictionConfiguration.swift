public import KubernetesObjects

/// Which disks a node has.
public enum FileSystemLayout: Sendable, Hashable, CaseIterable {
  /// One for everything.
  case shared
  /// A second one for images and the containers' writable layers.
  case dedicatedImages
  /// A second one for images alone.
  case splitImages
}

/// The kubelet's eviction settings.
public struct EvictionConfiguration: Sendable, Hashable {
  /// Every threshold, those that the manager adds by itself included.
  public private(set) var thresholds: [EvictionThreshold]
  /// How long a condition stays after it was last seen. Default: 5 minutes.
  public var pressureTransitionPeriod = Duration.seconds(300)
  /// The longest grace a soft eviction grants. Default: 0.
  public var maximumPodGracePeriod = Duration.zero
  public var layout = FileSystemLayout.shared
  /// Whose words evicted pods are told. The default is 1.36.
  public var release = KubernetesRelease.v1_36

  /// A hard memory threshold also holds for the cgroup of all pods, and the containers' file
  /// system has the thresholds of the one it is part of.
  public init(thresholds: [EvictionThreshold], layout: FileSystemLayout = .shared) {
    self.layout = layout
    self.thresholds = thresholds.filter {
      $0.signal != .containerFsAvailable && $0.signal != .containerFsInodesFree
    }
    for threshold in thresholds where threshold.signal == .memoryAvailable && threshold.isHard {
      append(threshold, as: .allocatableMemoryAvailable)
    }
    for threshold in thresholds {
      switch (threshold.signal, layout) {
      case (.nodeFsAvailable, .shared), (.nodeFsAvailable, .splitImages),
        (.imageFsAvailable, .dedicatedImages):
        append(threshold, as: .containerFsAvailable)
      case (.nodeFsInodesFree, .shared), (.nodeFsInodesFree, .splitImages),
        (.imageFsInodesFree, .dedicatedImages):
        append(threshold, as: .containerFsInodesFree)
      default: break
      }
    }
  }

  private mutating func append(_ threshold: EvictionThreshold, as signal: EvictionSignal) {
    var copy = threshold
    copy.signal = signal
    thresholds.append(copy)
  }

  /// The kubelet's own defaults on Linux ([36]
  /// `pkg/kubelet/apis/config/v1beta1/defaults_linux.go`): memory 100Mi, node disk 10 %, its inodes
  /// 5 %, images 15 %, their inodes 5 %.
  public static var kubeletDefaults: EvictionConfiguration {
    EvictionConfiguration(thresholds: [
      EvictionThreshold(
        signal: .memoryAvailable, amount: .quantity(Quantity(value: 100 << 20, format: .binarySI))),
      EvictionThreshold(signal: .nodeFsAvailable, amount: .share(0.1)),
      EvictionThreshold(signal: .nodeFsInodesFree, amount: .share(0.05)),
      EvictionThreshold(signal: .imageFsAvailable, amount: .share(0.15)),
      EvictionThreshold(signal: .imageFsInodesFree, amount: .share(0.05)),
    ])
  }
}
