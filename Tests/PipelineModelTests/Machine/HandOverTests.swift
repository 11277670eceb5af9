import PipelineModel
import Testing
import TimeUnits

@Suite struct HandOverTests {
  /// Threads without a message, on average, and checks a second, with a backlog.
  private func idleThreads(
    _ handOver: HandOver, checkCPU: Double, read: Double, consumers: Int = 2
  ) throws -> (idle: Double, rate: Double) {
    var settings = PipelineSettings.plain(
      threads: 40, checkCPU: checkCPU, read: read, coresPerNode: 40)
    settings.pod.handOver = handOver
    settings.pod.consumers = consumers
    settings.pod.handOverTime = .microseconds(5)
    var pipeline = try TestPipeline(settings)
    pipeline.machine.send(perSecond: 40 / (0.0003 + checkCPU + read) * 1.1, at: .zero)
    pipeline.addPods(1, cores: 40)
    pipeline.advance(seconds: 7)
    let start = pipeline.machine.now.nanoseconds
    let before =
      pipeline.machine.reads.numberSeconds(until: start)
      + pipeline.machine.processors.numberSeconds(until: start)
    let rate = pipeline.rates(spans: 1, of: 3)[0]
    let end = pipeline.machine.now.nanoseconds
    let after =
      pipeline.machine.reads.numberSeconds(until: end)
      + pipeline.machine.processors.numberSeconds(until: end)
    #expect(pipeline.measure().lag > 0)
    return (40 - Double(after - before) / Double(end - start), rate)
  }

  @Test("Growing sleeps leave threads idle for a little less than half a millisecond a check")
  func growingSleep() throws {
    let slow = try idleThreads(.growingSleep, checkCPU: 0.02, read: 0.06)
    let fast = try idleThreads(.growingSleep, checkCPU: 0.001, read: 0.0035)
    #expect(slow.rate < 520)
    #expect(fast.rate > 7_000)
    #expect(slow.idle < 1)
    #expect(abs(fast.idle / (fast.rate * 0.0005) - 1) < 0.3)
  }

  @Test("An immediate hand-over leaves none idle")
  func immediate() throws {
    let fast = try idleThreads(.immediate, checkCPU: 0.001, read: 0.0035)
    #expect(fast.idle < 0.01)
  }

  @Test("Each consumer pauses for two seconds after its first message")
  func pause() throws {
    var settings = PipelineSettings.small()
    settings.pod.firstRecordPause = .seconds(2)
    var pipeline = try TestPipeline(settings)
    pipeline.machine.send(perSecond: 1_000, at: .zero)
    pipeline.addPods(1, cores: 2)
    // Three seconds from the first consumer's start, and three more as the second came meanwhile.
    pipeline.advance(seconds: 7.5)
    #expect(pipeline.machine.totals.checked == 2)
    pipeline.advance(seconds: 1)
    #expect(pipeline.machine.totals.checked > 100)
  }

  @Test("No pod has more messages in hand than threads and consumers")
  func bound() throws {
    var settings = PipelineSettings.small()
    settings.pod.detectorThreads = 7
    var pipeline = try TestPipeline(settings)
    pipeline.machine.send(perSecond: 20_000, at: .zero)
    pipeline.addPods(1, cores: 1)
    for _ in 0..<300 {
      pipeline.advance(seconds: 0.031)
      let here = pipeline.machine.reads.number + pipeline.machine.processors.number
      #expect(here <= 7)
    }
  }
}
