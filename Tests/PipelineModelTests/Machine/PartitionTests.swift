import PipelineModel
import Testing
import TimeUnits

@Suite struct PartitionTests {
  /// Four pods of two consumers, where a consumer thread hands over a thousand messages a second
  /// at most; all else is plenty.
  private func pipeline(partitions: Int) throws -> TestPipeline {
    var settings = PipelineSettings.small(partitions: partitions)
    settings.pod.handOverTime = .milliseconds(1)
    settings.pod.checkCPU = 0.0001
    settings.costs.read = 0.0001
    settings.costs.write = 0.0001
    var pipeline = try TestPipeline(settings)
    pipeline.machine.send(perSecond: 40_000, at: .zero)
    pipeline.addPods(4, cores: 4)
    pipeline.advance(seconds: 7)
    return pipeline
  }

  @Test("Throughput grows with the partitions until each consumer has one, and no further")
  func growth() throws {
    for partitions in [1, 2, 4, 8, 12, 16] {
      var pipeline = try pipeline(partitions: partitions)
      let rate = pipeline.rates(spans: 1, of: 2)[0]
      #expect(abs(rate / (Double(min(partitions, 8)) * 1_000) - 1) < 0.02)
    }
  }

  @Test("Consumers beyond the partitions get nothing")
  func starving() throws {
    let pipeline = try pipeline(partitions: 5)
    let shares = pipeline.pods.map { pipeline.machine.partitionCount(of: $0) }
    // The range assignor goes by the order of members.
    #expect(shares == [2, 2, 1, 0])
    #expect(pipeline.machine.counts(of: pipeline.pods[3]).consumed == 0)
    #expect(pipeline.machine.counts(of: pipeline.pods[2]).checked > 0)
  }

  @Test("Under a backlog a consumer's partitions take turns, a fetch of each at a time")
  func turns() throws {
    var settings = PipelineSettings.small(partitions: 8)
    settings.pod.maxPartitionFetchBytes = 1_000 * Int(settings.sizes.record)
    var pipeline = try TestPipeline(settings)
    pipeline.machine.send(perSecond: 40_000, at: .zero)
    pipeline.addPods(1, cores: 2)
    pipeline.advance(seconds: 20)
    _ = pipeline.measure()
    let lags = (0..<8).map { pipeline.machine.lag(of: $0) }
    let checked = pipeline.machine.totals.checked
    // Each of two consumers has four partitions: those of one differ by no more than a fetch, the
    // poll that is under way, and what came by chance to one rather than to another.
    for own in [lags[..<4], lags[4...]] {
      let spread = try #require(own.max()) - (try #require(own.min()))
      #expect(spread < 1_000 + 500 + 6 * 320)
    }
    #expect(checked > 8 * 2 * 1_000)
    #expect(lags.allSatisfy { $0 > 50_000 })
  }
}
