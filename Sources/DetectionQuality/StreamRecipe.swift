public import Probability
public import SyntheticStreams

/// How to make a stream: a generator, and what happens on top of it.
public struct StreamRecipe: Hashable, Sendable {
  /// What makes the values.
  public enum Generator: Hashable, Sendable {
    case constant(value: Double)
    case gaussian(Normal)
    case randomWalk(start: Double, step: Normal)
    case seasonal(Normal, amplitude: Double, period: Int)
    case published(id: Int, probability: Double, factor: Double)
  }

  /// Single values far away, by chance.
  public struct Spikes: Hashable, Sendable {
    public var probability: Double
    /// In standard deviations of the noise.
    public var size: Double

    /// Spikes as given.
    public init(probability: Double, size: Double) {
      self.probability = probability
      self.size = size
    }
  }

  /// How it is called in tables.
  public var name: String
  public var generator: Generator
  public var shifts: [LevelShiftStream.Shift]
  public var spikes: Spikes?

  /// A recipe as given; default: nothing happens on top of the generator.
  public init(
    name: String, generator: Generator, shifts: [LevelShiftStream.Shift] = [],
    spikes: Spikes? = nil
  ) {
    self.name = name
    self.generator = generator
    self.shifts = shifts
    self.spikes = spikes
  }

  /// The stream at its beginning.
  public func stream() -> any ValueStream {
    func finished(_ base: some ValueStream) -> any ValueStream {
      guard let spikes else { return shifted(base) }
      return shifted(
        SpikeOverlay(base, times: .probability(spikes.probability), size: spikes.size))
    }
    func shifted(_ base: some ValueStream) -> any ValueStream {
      shifts.isEmpty ? base : LevelShiftStream(base, shifts: shifts)
    }
    return switch generator {
    case .constant(let value): finished(ConstantStream(value: value))
    case .gaussian(let law): finished(GaussianStream(law))
    case .randomWalk(let start, let step): finished(RandomWalkStream(start: start, step: step))
    case .seasonal(let law, let amplitude, let period):
      finished(SeasonalStream(law, amplitude: amplitude, period: period))
    case .published(let id, let probability, let factor):
      finished(PublishedStream(id: id, probability: probability, factor: factor))
    }
  }
}
