import CGSL

/// Independent arrivals at a rate that changes by steps: a day with its peak, a sudden crowd.
///
/// By inversion: a unit-rate Poisson process is stretched by the inverse of the integrated rate. So
/// each arrival uses one random number, and a higher rate moves the same arrivals closer together.
public struct NonhomogeneousPoisson: ArrivalProcess, Hashable {
  public struct Piece: Hashable, Sendable {
    /// How long the rate holds.
    public var nanoseconds: Int64
    public var ratePerSecond: Double

    public init(nanoseconds: Int64, ratePerSecond: Double) {
      self.nanoseconds = nanoseconds
      self.ratePerSecond = ratePerSecond
    }
  }

  public let pieces: [Piece]
  /// Whether the first piece follows the last, for ever; otherwise arrivals end with the last.
  public let repeats: Bool
  /// The expected number of arrivals in all pieces.
  public let expectedPerCycle: Double
  private var piece = 0
  private var pieceStart: Int64
  private var secondsIntoPiece = 0.0

  /// Arrivals after `start`, in nanoseconds (default 0), where the first piece begins.
  public init(_ pieces: [Piece], repeats: Bool, start: Int64 = 0) throws(DistributionError) {
    try DistributionError.check(
      !pieces.isEmpty, "nonhomogeneousPoisson", "pieces", 0, "at least one piece")
    for piece in pieces {
      try DistributionError.check(
        piece.nanoseconds > 0, "nonhomogeneousPoisson", "nanoseconds", Double(piece.nanoseconds),
        "greater than 0")
      try DistributionError.check(
        piece.ratePerSecond.isFinite && piece.ratePerSecond >= 0, "nonhomogeneousPoisson",
        "ratePerSecond", piece.ratePerSecond, "finite and at least 0")
    }
    self.pieces = pieces
    self.repeats = repeats
    self.expectedPerCycle = pieces.reduce(0) {
      $0 + $1.ratePerSecond * Double($1.nanoseconds) / 1e9
    }
    self.pieceStart = start
  }

  public mutating func next<G: RandomNumberGenerator>(using generator: inout G) -> Int64? {
    var needed = -log(1 - generator.openUniform())
    guard expectedPerCycle > 0 else { return nil }
    while piece < pieces.count {
      let rate = pieces[piece].ratePerSecond
      let rest = Double(pieces[piece].nanoseconds) / 1e9 - secondsIntoPiece
      if needed < rate * rest {
        secondsIntoPiece += needed / rate
        let offset = min(Int64((secondsIntoPiece * 1e9).rounded()), pieces[piece].nanoseconds)
        return pieceStart.addingReportingOverflow(offset).overflow ? nil : pieceStart + offset
      }
      needed -= rate * rest
      let (end, overflow) = pieceStart.addingReportingOverflow(pieces[piece].nanoseconds)
      guard !overflow else { return nil }
      pieceStart = end
      secondsIntoPiece = 0
      piece += 1
      if repeats, piece == pieces.count { piece = 0 }
    }
    return nil
  }
}
