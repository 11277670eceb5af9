public import Documents

/// Plays recordings of the real controllers in a scripted world and compares.
///
/// conformance/CONTROLLERS.md: kinds `wlk` and `node`.
public enum WorkloadSuite {
  /// The first difference of one recording in words; nil if ours is equal.
  ///
  /// What the real program decides by chance and the recording does not tell is tried both ways.
  public static func firstDifference(_ recording: DocumentNode) -> String? {
    let recorded = RecordedCase(recording["case"] ?? DocumentNode(.null))
    let timeline = RecordedTimeline(recording)
    var first: String?
    for choices in World.Choices.all {
      let world = World(recorded, hints: timeline.hints, choices: choices)
      world.run()
      let comparison = TimelineComparison(recording: timeline, world: world)
      guard let difference = comparison.firstDifference() else { return nil }
      first = first ?? difference
    }
    return first
  }
}
