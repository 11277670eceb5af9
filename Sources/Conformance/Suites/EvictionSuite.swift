public import Documents

/// The kubelet's eviction manager, one row a recorded world. Equal: the same conditions, evictions
/// (pod, time to 0.1 s, grace, words), reclaimed disk and admissions.
public struct EvictionSuite: ConformanceSuite {
  public let kind = "eviction"

  public init() {}

  public func recognizes(_ recording: DocumentNode) -> Bool {
    recording["case"]?["kind"]?.scalarText == "evict"
  }

  public func judge(_ recording: DocumentNode) -> CaseVerdict {
    var verdict = CaseVerdict()
    verdict.count(Self.firstDifference(recording))
    return verdict
  }

  private static func firstDifference(_ recording: DocumentNode) -> String? {
    do {
      let recorded = EvictionTimeline(recording)
      var world = EvictionWorld(
        try EvictionCase(recording["case"] ?? DocumentNode(.null)), following: recorded)
      world.run()
      return EvictionComparison(
        recording: recording, recorded: recorded, ours: world.timeline
      ).firstDifference()
    } catch {
      return "cannot be read: \(error)"
    }
  }
}
