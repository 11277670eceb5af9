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
}
