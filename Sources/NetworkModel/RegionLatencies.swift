/// Measured round trips between regions, by their names.
public struct RegionLatencies: Sendable {
  private struct Pair: Hashable {
    var source: String
    var destination: String
  }

  // Looked up, never walked.
  private var figures: [Pair: RoundTripFigures] = [:]
  /// The regions that appear in any measurement, in alphabetical order.
  public private(set) var regions: [String] = []

  public init() {}

  /// Takes up the figures of one direction; those of an earlier call for the same are replaced.
  public mutating func set(
    _ figures: RoundTripFigures, from source: String, to destination: String
  ) {
    self.figures[Pair(source: source, destination: destination)] = figures
    for name in [source, destination] {
      let place = regions.firstIndex { name <= $0 } ?? regions.count
      if place == regions.count || regions[place] != name { regions.insert(name, at: place) }
    }
  }

  /// The number of ordered pairs that are known.
  public var count: Int { figures.count }

  /// The figures from one region to another, or those of the way back if only they are known.
  public func roundTrip(
    from source: String, to destination: String
  ) throws(MissingLatency) -> RoundTripFigures {
    if let found = figures[Pair(source: source, destination: destination)]
      ?? figures[Pair(source: destination, destination: source)]
    {
      return found
    }
    throw MissingLatency(source: source, destination: destination, known: regions)
  }

  /// Every pair among `names` without figures, once each, in the order of the names.
  ///
  /// - Complexity: O(n²) in the names.
  public func missing(among names: [String]) -> [MissingLatency] {
    var found: [MissingLatency] = []
    for (index, source) in names.enumerated() {
      for destination in names[(index + 1)...] where destination != source {
        do throws(MissingLatency) {
          _ = try roundTrip(from: source, to: destination)
        } catch {
          found.append(error)
        }
      }
    }
    return found
  }
}

/// Two regions between which nothing was measured.
public struct MissingLatency: Error, Hashable, Sendable, CustomStringConvertible {
  public var source: String
  public var destination: String
  /// The regions with measurements.
  public var known: [String]

  public init(source: String, destination: String, known: [String]) {
    self.source = source
    self.destination = destination
    self.known = known
  }

  /// Those of the two that no measurement mentions.
  public var unknownRegions: [String] {
    [source, destination].filter { !known.contains($0) }
  }

  public var description: String {
    "no latency between \(source) and \(destination) is known; "
      + (known.isEmpty
        ? "no region has measurements"
        : "regions with measurements are " + known.joined(separator: ", "))
  }
}
