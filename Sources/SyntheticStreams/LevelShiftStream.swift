/// Another stream whose level moves at known times.
public struct LevelShiftStream: ValueStream {
  /// One move of the level.
  public struct Shift: Hashable, Sendable {
    /// The number, from 0, of the first shifted value.
    public var start: Int
    /// How many values are shifted; nil for all that follow.
    public var length: Int?
    /// How far, in standard deviations of the noise; negative downward.
    public var size: Double

    /// A shift as given.
    public init(start: Int, length: Int? = nil, size: Double) {
      self.start = start
      self.length = length
      self.size = size
    }

    func covers(_ number: Int) -> Bool {
      number >= start && number - start < length ?? .max
    }

    var change: Change {
      Change(kind: size < 0 ? .levelDown : .levelUp, since: start, size: size)
    }
  }

  private var base: any ValueStream
  /// In the order given; where they overlap they add up.
  public let shifts: [Shift]
  private var number = 0

  /// `base` with shifts in units of its deviation.
  ///
  /// - Precondition: no shift begins before 0, has no length or is no number.
  public init(_ base: some ValueStream, shifts: [Shift]) {
    for shift in shifts {
      precondition(
        shift.start >= 0 && shift.length ?? 1 > 0 && shift.size.isFinite && shift.size != 0,
        "a shift has a beginning, a length and a size")
    }
    self.base = base
    self.shifts = shifts
  }

  public var deviation: Double { base.deviation }

  public mutating func next(using generator: inout some RandomNumberGenerator) -> StreamElement {
    var element = base.next(using: &generator)
    for shift in shifts where shift.covers(number) {
      element.value += shift.size * base.deviation
      element.changes.append(shift.change)
    }
    number += 1
    return element
  }
}
