import SimulationKernel
import Testing

/// Mirror images of streams.
@Suite struct AntitheticStreamTests {
  @Test("every draw is the mirror image of the stream's own")
  func mirror() {
    var stream = RandomStreams(seed: 4).stream("arrivals")
    var mirrored = AntitheticStream(stream)
    for _ in 0..<1_000 {
      let (a, b) = (stream.next(), mirrored.next())
      #expect(a ^ b == .max)
      // The 53-bit numbers of the standard library add up to 1 less one step.
      #expect(Double(a >> 11) * 0x1p-53 + Double(b >> 11) * 0x1p-53 == 1 - 0x1p-53)
    }
  }

  @Test("the mirror image of a mirror image is the stream")
  func twice() {
    var stream = RandomStream(key: 5)
    var twice = AntitheticStream(AntitheticStream(stream))
    #expect((0..<10).allSatisfy { _ in stream.next() == twice.next() })
  }
}
