public import SyntheticStreams

/// Where in a series alarms are right, where they are wrong, and where they do not count.
public struct GroundTruth: Hashable, Sendable {
  /// How many values the series has.
  public let count: Int
  /// In the order of time, apart from each other: an alarm here has found something.
  public let windows: [Range<Int>]
  /// Whether the beginning of a window is the beginning of a change, so that a delay can be told.
  public let hasOnsets: Bool
  /// Of each value whether an alarm there counts neither as right nor as wrong.
  private let isLeftOut: [Bool]
  /// Of each value the number of its window.
  private let window: [Int?]

  /// A series with windows that someone labeled.
  ///
  /// Windows that overlap or touch become one; what lies outside of the series is cut off.
  public init(count: Int, windows: [Range<Int>], hasOnsets: Bool) {
    self.init(count: count, windows: windows, leftOut: [], hasOnsets: hasOnsets)
  }

  /// A series that was made, with its changes.
  ///
  /// - Parameters:
  ///   - limit: how many values, from a change's first one on, an alarm has to find it; the next
  ///     change ends the window earlier.
  ///   - grace: how many values after the end of a change alarms are not counted, as detectors that
  ///     remember it still see it; nor are they counted while it lasts beyond `limit`.
  public init(_ elements: [StreamElement], limit: Int, grace: Int) {
    precondition(limit > 0 && grace >= 0, "a change needs a value to be found in")
    var onsets: [Int] = []
    var leftOut: [Range<Int>] = []
    for (number, element) in elements.enumerated() where !element.changes.isEmpty {
      if element.changes.contains(where: { $0.since == number }) { onsets.append(number) }
      leftOut.append(number..<(number + 1 + grace))
    }
    let windows = onsets.enumerated().map { place, onset in
      let next = place + 1 < onsets.count ? onsets[place + 1] : elements.count
      return onset..<min(onset + limit, next)
    }
    self.init(
      count: elements.count, separate: windows, leftOut: leftOut, hasOnsets: true)
  }

  private init(count: Int, windows: [Range<Int>], leftOut: [Range<Int>], hasOnsets: Bool) {
    var joined: [Range<Int>] = []
    for window in windows.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      let window = window.clamped(to: 0..<count)
      guard !window.isEmpty else { continue }
      if let last = joined.last, window.lowerBound <= last.upperBound {
        joined[joined.count - 1] =
          last.lowerBound..<max(last.upperBound, window.upperBound)
      } else {
        joined.append(window)
      }
    }
    self.init(count: count, separate: joined, leftOut: leftOut, hasOnsets: hasOnsets)
  }

  private init(count: Int, separate: [Range<Int>], leftOut: [Range<Int>], hasOnsets: Bool) {
    self.count = count
    self.windows = separate
    self.hasOnsets = hasOnsets
    var window = [Int?](repeating: nil, count: count)
    for (place, range) in separate.enumerated() {
      for number in range { window[number] = place }
    }
    var isLeftOut = [Bool](repeating: false, count: count)
    for range in leftOut {
      for number in range.clamped(to: 0..<count) where window[number] == nil {
        isLeftOut[number] = true
      }
    }
    self.window = window
    self.isLeftOut = isLeftOut
  }

  /// What an alarm at a value is worth.
  public enum Place: Hashable, Sendable {
    /// In the window of this number.
    case window(Int)
    /// Under a change that was to be found before, or shortly after one.
    case leftOut
    /// Where nothing happens.
    case quiet
  }

  /// What an alarm at value `number` is worth. Complexity: O(1).
  public func place(of number: Int) -> Place {
    if let window = window[number] { return .window(window) }
    return isLeftOut[number] ? .leftOut : .quiet
  }
}
