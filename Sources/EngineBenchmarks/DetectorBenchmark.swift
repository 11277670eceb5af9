public import Documents
import Probability
import SimulationKernel

/// The published detector against a plain C loop in the same process, turn by turn.
///
/// Both see the same values: noise with a shift of level in every third window. Each round measures
/// C and ours on a stream and on windows; the ratio is taken round by round and the middle one
/// told, so that a busy neighbor on the machine does not decide.
public struct DetectorBenchmark: Hashable, Sendable {
  /// How many values each side sees in all, half of them in a stream and half in windows.
  public var observations: Int
  /// The values of a window: 50 rows read and the new one, as the application has it.
  public var length: Int

  /// The full measurement, unless another size is given.
  public init(observations: Int = 1_000_000_000, length: Int = 51) {
    self.observations = observations
    self.length = length
  }

  /// One way to use the detector, by both sides.
  public struct Side: Hashable, Sendable {
    /// CPU time of ours: the median over the rounds.
    public var nanoseconds: Double
    /// CPU time of C: the median over the rounds.
    public var nanosecondsOfC: Double
    /// Ours over C's: the median of the rounds' ratios.
    public var ratio: Double
    /// A hash of every decision and of the last state.
    public var checksum: UInt64
    /// The same of C.
    public var checksumOfC: UInt64

    /// Whether both came to the same decisions and the same state.
    public var agrees: Bool { checksum == checksumOfC }
  }

  /// Both ways to use the detector.
  public struct Result: Hashable, Sendable {
    /// How many values each side saw.
    public var observations: Int
    /// How often both took turns.
    public var rounds: Int
    /// Each value of a long stream.
    public var stream: Side
    /// Each window, all of its values.
    public var window: Side
  }

  /// Takes some 8 ns a value and side: some 20 s for a thousand million.
  public func run() -> Result {
    let values = Self.values(windows: Self.windows, length: length)
    let pass = values.count
    let passes = max(1, observations / (2 * pass))
    let rounds = max(1, min(40, passes))
    var stream = Measurement()
    var window = Measurement()
    values.withUnsafeBufferPointer { values in
      for round in 0..<rounds {
        let turns = passes / rounds + (round < passes % rounds ? 1 : 0)
        stream.add(
          units: turns * pass,
          c: { DetectorLoops.streamOfC(values, passes: turns) },
          ours: { DetectorLoops.stream(values, passes: turns) })
        window.add(
          units: turns * Self.windows,
          c: { DetectorLoops.windowsOfC(values, length: length, passes: turns) },
          ours: { DetectorLoops.windows(values, length: length, passes: turns) })
      }
    }
    return Result(
      observations: 2 * passes * pass, rounds: rounds, stream: stream.side, window: window.side)
  }

  /// As many windows as stay in the processor's second cache.
  private static let windows = 1_024

  private static func values(windows: Int, length: Int) -> [Double] {
    var random = RandomStream(key: 1)
    return (0..<windows * length).map { index in
      let isShifted = index / length % 3 == 0 && index % length >= 30
      // Near a normal law, without a logarithm.
      let noise = (0..<4).reduce(-2.0) { sum, _ in sum + random.openUniform() }
      return 100 + 5 * noise + (isShifted ? 40 : 0)
    }
  }

  /// Times of both sides, round by round.
  private struct Measurement {
    private var times: [(c: Double, ours: Double)] = []
    private var checksums: (c: UInt64, ours: UInt64) = (0, 0)

    mutating func add(units: Int, c: () -> UInt64, ours: () -> UInt64) {
      // Who comes first in a round takes turns.
      let isOursFirst = times.count % 2 == 1
      var time = (c: 0.0, ours: 0.0)
      if isOursFirst { time.ours = Self.time(&checksums.ours, units, ours) }
      time.c = Self.time(&checksums.c, units, c)
      if !isOursFirst { time.ours = Self.time(&checksums.ours, units, ours) }
      times.append(time)
    }

    private static func time(
      _ checksum: inout UInt64, _ units: Int, _ body: () -> UInt64
    ) -> Double {
      let start = CPUTime.thisThread()
      let result = body()
      let spent = CPUTime.thisThread() - start
      checksum = checksum &* 0x0000_0100_0000_01B3 ^ result
      return Double(spent) / Double(units)
    }

    var side: Side {
      Side(
        nanoseconds: Self.median(times.map(\.ours)), nanosecondsOfC: Self.median(times.map(\.c)),
        ratio: Self.median(times.map { $0.ours / max($0.c, 1e-9) }),
        checksum: checksums.ours, checksumOfC: checksums.c)
    }

    private static func median(_ values: [Double]) -> Double {
      values.sorted()[values.count / 2]
    }
  }
}

extension DetectorBenchmark.Result {
  /// An object with a field for each way, times in nanoseconds.
  public func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("observations", observations)
      json.field("rounds", rounds)
      for (name, side) in [("stream", stream), ("window", window)] {
        json.field(
          name,
          object: { json in
            json.field("ns", side.nanoseconds)
            json.field("c_ns", side.nanosecondsOfC)
            json.field("ratio", side.ratio)
            json.field("checksum", String(side.checksum, radix: 16))
            json.field("c_checksum", String(side.checksumOfC, radix: 16))
            json.field("agrees", side.agrees)
          })
      }
    }
  }
}
