public import Documents

/// Plays recordings of the real controllers in a scripted world and compares.
///
/// conformance/CONTROLLERS.md: kinds `wlk` and `node`.
public enum WorkloadSuite {
  /// The first difference of one recording in words; nil if ours is equal.
  ///
  /// Where the real program picks one of several equally good answers by chance, ours follows the
  /// recording.
  public static func firstDifference(_ recording: DocumentNode) -> String? {
    let recorded = RecordedCase(recording["case"] ?? DocumentNode(.null))
    let timeline = RecordedTimeline(recording)
    let world = World(recorded, hints: timeline.hints)
    world.run()
    return TimelineComparison(recording: timeline, world: world).firstDifference()
  }
}
