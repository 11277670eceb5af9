import KubernetesObjects
import Testing
import TimeUnits
import TraceImports

@Suite struct SchedulerPlaybackTests {
  private struct Dice: RandomNumberGenerator {
    var state: UInt64 = 1
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return state
    }
  }

  private func play(
    nodes: String, _ pods: String, samples: Int = 1
  ) -> SchedulerPlayback {
    let trace = OpenbTraceTests.read(
      nodes: "sn,cpu_milli,memory_mib,gpu,model\n" + nodes, pods
    ).trace
    var playback = SchedulerPlayback(trace, resources: ["cpu", "memory", "nvidia.com/gpu"])
    var dice = Dice()
    playback.run(sampleCount: samples, using: &dice)
    return playback
  }

  @Test("A pod that fits nowhere is placed when another leaves, and room is given back")
  func departures() throws {
    let playback = play(
      nodes: "n,1000,1024,0,\n",
      """
      a,800,100,0,0,,LS,Running,1,10,
      b,600,100,0,0,,LS,Running,2,30,
      c,100,100,0,0,,LS,Running,3,5,
      d,100,100,0,0,,LS,Running,20,40,

      """, samples: 4)
    #expect(playback.samples.map(\.placed) == [1, 1, 2, 2])
    #expect(playback.samples.map(\.waiting) == [0, 1, 1, 0])
    #expect(playback.waited == 1 && playback.neverPlaced == 0)
    // b, and one more try of it.
    #expect(playback.decisions == 5)
    let last = try #require(playback.samples.last)
    #expect(abs(last.allocation[0] - 0.7) < 1e-12)
    #expect(last.seconds == 20)
  }

  @Test("A pod deleted while it waits, or in the second of its creation, never has a node")
  func neverPlaced() {
    let playback = play(
      nodes: "n,1000,1024,0,\n",
      """
      a,2000,100,0,0,,LS,Running,1,10,
      b,600,100,0,0,,LS,Running,5,5,
      c,600,100,0,0,,LS,Running,20,30,

      """)
    #expect(playback.neverPlaced == 2)
    #expect(playback.samples.last?.placed == 1)
    #expect(playback.samples.last?.waiting == 0)
  }

  @Test("Fragmentation is the free part that those who ask for it cannot use where it is")
  func fragmentation() throws {
    // n has 400m free after a, m 300m. Of the three pods that ask for cpu, two (800m) fit on
    // neither node, the third (350m) fits on n alone.
    let playback = play(
      nodes: "n,1200,1024,0,\nm,300,1024,0,\n",
      """
      a,800,0,0,0,,LS,Running,1,,
      b,800,0,0,0,,LS,Running,2,3,
      c,350,0,0,0,,LS,Running,3,3,

      """)
    let last = try #require(playback.samples.last)
    #expect(abs(last.allocation[0] - 800.0 / 1500) < 1e-12)
    let expected = (400 * 2.0 / 3 + 300 * 3.0 / 3) / 700
    #expect(abs(last.fragmentation[0] - expected) < 1e-12)
    #expect(last.fragmentation[2] == 0)
  }

  @Test("The table has a line a sample, the plot a letter a resource, the file exact numbers")
  func table() {
    let samples = [
      SchedulerPlayback.Sample(
        arrivals: 10, seconds: 43_200, placed: 9, waiting: 1, allocation: [0.5],
        fragmentation: [0.25]),
      SchedulerPlayback.Sample(
        arrivals: 20, seconds: 86_400, placed: 18, waiting: 2, allocation: [1],
        fragmentation: [0]),
    ]
    let table = PlaybackTable(samples, names: ["CPU"])
    #expect(
      table.text == """
        arrivals  day  placed  waiting  CPU %  CPU frag. %
              10  0.5       9        1   50.0         25.0
              20  1.0      18        2  100.0          0.0
        """)
    let plot = table.plot(width: 28, height: 4).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(plot[0] == " 100 % |          CCCCCCCCCC")
    #expect(plot[2] == "       |CCCCCCCCCC          ")
    #expect(plot[3] == "  25 % |cccccccccc          ")
    #expect(plot[4] == "       |          cccccccccc")
    #expect(
      table.csv == """
        arrivals,seconds,placed,waiting,cpu_allocation,cpu_fragmentation
        10,43200,9,1,0.5,0.25
        20,86400,18,2,1.0,0.0

        """)
  }
}
