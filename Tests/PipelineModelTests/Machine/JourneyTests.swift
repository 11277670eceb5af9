import PipelineModel
import Testing
import TimeUnits

@Suite struct JourneyTests {
  private func play(every: Int, handOver: HandOver = .growingSleep) throws -> TestPipeline {
    var settings = PipelineSettings.small()
    settings.pod.handOver = handOver
    settings.journeyEvery = every
    settings.initialRows = 48
    var pipeline = try TestPipeline(settings)
    pipeline.machine.send(perSecond: 3_000, at: .zero)
    pipeline.addPods(2, cores: 2)
    pipeline.advance(seconds: 15)
    return pipeline
  }

  @Test("Every hundredth message that is handed over is kept", arguments: HandOver.allCases)
  func sampling(handOver: HandOver) throws {
    var pipeline = try play(every: 100, handOver: handOver)
    let journeys = pipeline.machine.takeJourneys()
    let totals = pipeline.measure()
    #expect(abs(Double(journeys.count) - Double(totals.checked) / 100) <= 2)
    #expect(journeys.map(\.number).sorted() == (0..<journeys.count).map { Int64($0 * 100) })
    #expect(journeys.contains { !$0.ran } && journeys.contains { $0.ran })
    for journey in journeys {
      let checked = try #require(journey.checked)
      let started = try #require(journey.started)
      let readDone = try #require(journey.readDone)
      #expect(journey.produced < journey.appended)
      #expect(journey.appended <= journey.polled)
      #expect(journey.polled <= journey.submitted)
      #expect(journey.submitted <= started)
      // A round trip takes 0.3 ms.
      #expect(readDone.nanoseconds - started.nanoseconds >= 300_000)
      #expect(readDone < checked)
      #expect(journey.writeSent == checked)
      #expect(journey.ran == (journey.rows >= 49))
      #expect(pipeline.pods.contains(journey.pod))
      #expect((0..<3).contains(try #require(journey.node)))
    }
    #expect(pipeline.machine.takeJourneys().isEmpty)
  }

  @Test("Journeys change nothing else, and none are kept unless asked for")
  func sideEffects() throws {
    var with = try play(every: 7)
    var without = try play(every: 0)
    #expect(with.measure() == without.measure())
    #expect(with.machine.endToEnd == without.machine.endToEnd)
    #expect(without.machine.takeJourneys().isEmpty)
  }

  @Test("A journey ends where its pod does")
  func killed() throws {
    var pipeline = try play(every: 1)
    _ = pipeline.machine.takeJourneys()
    let threads = pipeline.machine.reads.number + pipeline.machine.processors.number
    for pod in pipeline.pods { pipeline.machine.removePod(pod, at: pipeline.machine.now) }
    let journeys = pipeline.machine.takeJourneys()
    #expect(Int64(journeys.count) >= threads)
    #expect(threads > 0)
    #expect(journeys.allSatisfy { $0.checked == nil })
  }

  @Test("A read that fails leaves a journey without rows")
  func failed() throws {
    var pipeline = try play(every: 1)
    pipeline.machine.stopNode(1, at: pipeline.machine.now)
    pipeline.advance(seconds: 14)
    let failed = pipeline.machine.takeJourneys().filter { $0.readDone == nil }
    #expect(failed.count == Int(pipeline.measure().lost))
    #expect(!failed.isEmpty)
    #expect(failed.allSatisfy { $0.node == 1 && $0.started != nil })
  }
}
