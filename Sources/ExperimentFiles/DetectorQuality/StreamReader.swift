import DetectionQuality
import Documents
import Probability
import SyntheticStreams

/// Reads one of `spec.streams`.
enum StreamReader {
  enum Generator: String, CaseIterable {
    case constant, gaussian, randomWalk, seasonal, published
  }

  static func read(
    _ cursor: DocumentCursor, observations: Int, taken: inout [String]
  ) -> StreamRecipe? {
    guard cursor.expectMapping() else { return nil }
    let name = cursor.required("name")?.name(unlike: &taken)
    let shiftField = cursor.field("shifts")
    let shifts = shiftField?.elements().compactMap { shift($0, observations) } ?? []
    let spikeField = cursor.field("spikes")
    let spikes = spikeField.flatMap(self.spikes)
    guard let kind = cursor.required("generator")?.word(Generator.self) else { return nil }
    let generator = generator(kind, cursor)
    cursor.reportUnknownFields()
    if kind == .constant || kind == .published {
      for field in [shiftField, spikeField].compactMap({ $0 }) {
        field.error("sizes are in deviations of the noise, and a \(kind.rawValue) stream has none")
      }
    }
    guard let name, let generator else { return nil }
    return StreamRecipe(name: name, generator: generator, shifts: shifts, spikes: spikes)
  }

  private static func generator(
    _ kind: Generator, _ cursor: DocumentCursor
  ) -> StreamRecipe.Generator? {
    switch kind {
    case .constant: return .constant(value: cursor.field("value")?.finite() ?? 1)
    case .gaussian: return law(cursor).map { .gaussian($0) }
    case .randomWalk:
      let start = cursor.field("start")?.finite() ?? 0
      return law(cursor).map { .randomWalk(start: start, step: $0) }
    case .seasonal:
      let period = cursor.field("period")?.whole(in: 2...10_000_000) ?? 288
      let amplitude = cursor.required("amplitude")?.finite()
      guard let law = law(cursor), let amplitude else { return nil }
      return .seasonal(law, amplitude: amplitude, period: period)
    case .published:
      return .published(
        id: cursor.field("id")?.whole(in: 0...1_000_000_000) ?? 1,
        probability: cursor.field("probability")?.probability() ?? 1e-4,
        factor: cursor.field("factor")?.finite() ?? 1_000)
    }
  }

  private static func law(_ cursor: DocumentCursor) -> Normal? {
    let mean = cursor.field("mean")?.finite() ?? 0
    let deviation = cursor.field("standardDeviation").map { $0.positive() } ?? 1
    guard let deviation else { return nil }
    return try? Normal(mean: mean, standardDeviation: deviation)
  }

  private static func shift(
    _ cursor: DocumentCursor, _ observations: Int
  ) -> LevelShiftStream.Shift? {
    guard cursor.expectMapping() else { return nil }
    let at = cursor.required("at")?.whole(in: 0...(observations - 1))
    let length = cursor.field("length").map { $0.whole(in: 1...10_000_000) }
    let size = cursor.required("size")?.nonzero()
    cursor.reportUnknownFields()
    guard let at, let size else { return nil }
    return LevelShiftStream.Shift(start: at, length: length ?? nil, size: size)
  }

  private static func spikes(_ cursor: DocumentCursor) -> StreamRecipe.Spikes? {
    guard cursor.expectMapping() else { return nil }
    let probability = cursor.required("probability")?.probability()
    let size = cursor.required("size")?.nonzero()
    cursor.reportUnknownFields()
    guard let probability, let size else { return nil }
    return StreamRecipe.Spikes(probability: probability, size: size)
  }
}
