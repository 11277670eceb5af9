import Testing

@testable import SimulationKernel

struct RandomStreamTests {
  @Test("The generator is xoshiro256++, seeded by SplitMix64")
  func referenceOutput() {
    // From the authors' C programs (https://prng.di.unimi.it), state 1, 2, 3, 4 and seed 1234567.
    var stream = RandomStream(key: 0)
    (stream.s0, stream.s1, stream.s2, stream.s3) = (1, 2, 3, 4)
    #expect(
      (0..<5).map { _ in stream.next() } == [
        41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386,
        9_228_616_714_210_784_205,
      ])
    var seeder = SplitMix64(state: 1_234_567)
    #expect(
      (0..<3).map { _ in seeder.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      ])
  }

  @Test("Named streams never change: results of old seeds stay what they were")
  func snapshot() {
    var launch = RandomStreams(seed: 42).stream("ec2.launch", entity: 7)
    var other = RandomStreams(seed: 42).replication(3).stream("kubelet.start")
    // Computed by a second implementation of the same formulas, in Python.
    #expect(
      (0..<2).map { _ in launch.next() } == [2_155_912_058_780_886_336, 5_305_118_165_444_588_733])
    #expect(
      (0..<2).map { _ in other.next() } == [7_463_433_427_795_129_255, 9_087_270_593_408_427_800])
  }

  @Test("An antithetic stream draws the mirror image, in every replication")
  func antithetic() {
    var usual = RandomStreams(seed: 42).replication(3).stream("ec2.launch", entity: 7)
    var mirror = RandomStreams(seed: 42, isAntithetic: true).replication(3)
      .stream("ec2.launch", entity: 7)
    for _ in 0..<1_000 {
      let u = Double.random(in: 0..<1, using: &usual)
      let v = Double.random(in: 0..<1, using: &mirror)
      #expect(abs(u + v - 1) <= 0x1p-52)
    }
  }

  @Test("A stream depends on its name, its entity and the seed, and on nothing else")
  func independence() {
    let streams = RandomStreams(seed: 42)
    let first = streams.stream("ec2.launch", entity: 7)
    _ = streams.stream("kubelet.start")
    #expect(streams.stream("ec2.launch", entity: 7) == first)
    var seen: Set<RandomStream> = []
    for seed in 0..<20 {
      for name in ["a", "b", "ab", "ba", "ec2.launch"] {
        for entity in 0..<50 {
          seen.insert(RandomStreams(seed: UInt64(seed)).stream(name, entity: UInt64(entity)))
        }
      }
    }
    #expect(seen.count == 20 * 5 * 50)
  }

  @Test("Neighboring keys give unrelated streams")
  func neighborsAreUnrelated() {
    // Each bit of the first word should differ with probability 1/2; 6400 bits, σ = 40.
    var differing = 0
    for key in 0..<100 {
      var a = RandomStream(key: UInt64(key))
      var b = RandomStream(key: UInt64(key + 1))
      differing += (a.next() ^ b.next()).nonzeroBitCount
    }
    #expect(abs(differing - 3_200) < 200)
  }
}
