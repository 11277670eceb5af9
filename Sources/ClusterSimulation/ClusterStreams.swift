import SimulationKernel

/// The random streams of a cluster's run, each for one purpose.
struct ClusterStreams: Sendable {
  let all: RandomStreams
  private var watch: RandomStream
  private var names: RandomStream
  private var heartbeats: RandomStream
  private var volumeZones: RandomStream

  init(_ all: RandomStreams) {
    self.all = all
    watch = all.stream("watch.lag")
    names = all.stream("api.generated-names")
    heartbeats = all.stream("kubelet.heartbeat")
    volumeZones = all.stream("volumes.zone")
  }

  /// How late a delivery is; a range of one value draws nothing.
  mutating func watchLag(_ range: ClosedRange<Int64>) -> Int64 {
    range.lowerBound == range.upperBound
      ? range.lowerBound : Int64.random(in: range, using: &watch)
  }

  /// A share of the jitter, from 0 to 1.
  mutating func heartbeatJitter() -> Double { Double(heartbeats.next() >> 11) * 0x1p-53 }

  /// Which of `count` zones a volume is made in.
  mutating func volumeZone(of count: Int) -> Int { Int.random(in: 0..<count, using: &volumeZones) }

  mutating func nameBits() -> UInt64 { names.next() }
}
