import AnomalyDetector
import Testing
import TimeUnits

@testable import PipelineModel

@Suite struct WarmUpTests {
  @Test("Checks find rows enough as the Poisson law of rows per key has it; nothing is anomalous")
  func curve() throws {
    let keys = 5_000
    var settings = PipelineSettings.small()
    settings.keys = KeySpace(count: keys)
    settings.initialRows = 0
    var pipeline = try TestPipeline(settings)
    pipeline.machine.send(perSecond: 8_000, at: .zero)
    pipeline.addPods(4, cores: 4)
    // Of reference 2.4: the share at a mean number of rows per key.
    for (mean, share) in [(45.0, 0.29), (49, 0.52), (55, 0.81)] {
      while Double(pipeline.machine.totals.checked) < (mean - 0.5) * Double(keys) {
        pipeline.advance(seconds: 0.01)
      }
      let before = pipeline.machine.totals
      while pipeline.machine.totals.checked - before.checked < keys {
        pipeline.advance(seconds: 0.01)
      }
      let after = pipeline.machine.totals
      let found = Double(after.run - before.run) / Double(after.checked - before.checked)
      // Three standard errors of 5 000 checks.
      #expect(abs(found - share) < 0.022)
    }
    // The published generator makes outliers, and the published detector never sees one alone.
    #expect(pipeline.machine.totals.outliers > 0)
    #expect(pipeline.machine.totals.anomalies == 0)
  }

  @Test("Thirteen outliers in a row are an anomaly, twelve are none")
  func fires() throws {
    var settings = PipelineSettings.small()
    settings.initialRows = 38
    let pipeline = try TestPipeline(settings)
    var machine = pipeline.machine
    machine.advance(to: machine.now)
    for _ in 0..<12 { machine.rows.append(9, isOutlier: true) }
    func isAnomaly(_ trailing: Int) -> Bool {
      let record = CheckRecord(
        partition: 0, isOutlier: true, epoch: 0, id: 9, offset: 0, produced: 0, polled: 0)
      // A read from before the last ones sees fewer of them.
      return machine.rows.isAnomaly(record, count: 38 + UInt32(trailing) - 1, limit: 50)
    }
    #expect(!isAnomaly(12))
    #expect(isAnomaly(13))
  }
}
