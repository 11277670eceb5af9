import Documents
import ExperimentFiles
import Foundation
import PipelineCalibration
import Testing

/// Files of the kinds PipelineCalibration and PipelineGrowth.
@Suite struct CalibrationFileTests {
  static let calibration = """
    apiVersion: seatrial/v1
    kind: PipelineCalibration
    metadata: {name: small}
    spec:
      seed: 3
      draws: 3000
      tolerance: 0.2
      nodeCounts: [12, 48]
      threadCounts: [10, 20, 40]
      podSteps: 3
      priors:
        d_p: {logUniform: [0.25ms, 0.5ms]}
        D: {logUniform: [0.8ms, 1.5ms]}
        w: {uniform: [0.2, 0.4]}
        beta: {logUniform: [0.001, 0.005]}
        eta: {constant: 0}
        epsilon: {logUniform: [0.001, 0.01]}
        Z: {constant: 0.002}

    """

  @Test("a calibration is read, run and written as tables")
  func calibration() throws {
    let loaded = try ExperimentFolder.with(Self.calibration, [:]) {
      ExperimentLoader.load("\($0)/experiment.yaml")
    }
    #expect(loaded.diagnostics.isEmpty)
    guard case .pipelineCalibration(let plan)? = loaded.experiment else {
      Issue.record("no calibration")
      return
    }
    #expect(abs(plan.prior[.podWork].quantile(0) - 0.00025) < 1e-15)
    #expect(plan.prior[.delay].isConstant)
    let report = CalibrationReport(plan, plan.run(), version: "1")
    #expect(report.text.contains("the published value lies "))
    #expect(report.text.contains("drain factor 9.45"))
    let table = try #require(report.files.first { $0.name == "accepted.csv" }).text
    let lines = table.split(separator: "\n")
    #expect(lines.count > 10)
    #expect(Set(lines.map { $0.split(separator: ",").count }).count == 1)
    #expect(lines[0].hasPrefix("draw,d_p,D,w,beta,eta,epsilon,Z,frozen_threads,small_rate,"))
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
    #expect(json["draws"] as? Int == 3_000)
    #expect((json["outlooks"] as? [Any])?.count == 2)
  }

  @Test("every mistake of a calibration at once")
  func mistakes() throws {
    let said = try ExperimentFolder.diagnostics(
      """
      apiVersion: seatrial/v1
      kind: PipelineCalibration
      metadata: {name: small}
      spec:
        draws: 0
        tolerance: 1.5
        nodeCounts: [12, 12]
        threadCounts: []
        published: {peakRate: 100}
        shape: {workerCores: 1}
        priors:
          d_p: {logUniform: [0.5ms, 0.1ms]}
          D: {logUniform: [0, 1ms]}
          w: {uniform: [0.2, 1.4]}
          beta: {normal: [0, 1]}
          eta: {constant: -1}
          epsilon: {uniform: [1]}

      """)
    for text in [
      "spec.draws: must be from 1", "spec.tolerance: must be below 1",
      "spec.nodeCounts[1]: must be above the one before, 12",
      "spec.threadCounts: at least one number", "spec.published.peakRate: the peak is below",
      "spec.shape.workerCores: no pod has room", "spec.priors.d_p.logUniform: log-uniform: maximum",
      "spec.priors.D.logUniform[0]: a time above 0", "spec.priors.w.uniform[1]: a share from 0",
      "spec.priors.beta: a prior is one of", "spec.priors.beta.normal: unknown key",
      "spec.priors.eta.constant: must not be negative", "spec.priors.epsilon.uniform: two ends",
      "spec.priors: 'Z' is missing",
    ] {
      #expect(said.count { $0.contains(text) } == 1, "\(text)\n\(said.joined(separator: "\n"))")
    }
    #expect(said.count == 14, "\(said.joined(separator: "\n"))")
  }

  static let growth = """
    apiVersion: seatrial/v1
    kind: PipelineGrowth
    metadata: {name: growth}
    spec:
      calibration: calibration.yaml
      draws: 4
      rates: [20000, 200000]
      nodes: [3, 200]
      threadCounts: [10, 20]
      workerCores: 72
      prices: {cassandraHour: 1, brokerHour: 1, workerHour: 5, controlPlaneHour: 0.2, zoneGB: 0.02}

    """

  @Test("growth reads its calibration from another file, and tells that file's mistakes")
  func growth() throws {
    try ExperimentFolder.with(Self.growth, ["calibration.yaml": Self.calibration]) { folder in
      let loaded = ExperimentLoader.load("\(folder)/experiment.yaml")
      #expect(loaded.diagnostics.isEmpty)
      guard case .pipelineGrowth(let plan)? = loaded.experiment else {
        Issue.record("no growth")
        return
      }
      let report = GrowthReport(plan, plan.run(), version: "1")
      let table = try #require(report.files.first { $0.name == "growth.csv" }).text
      #expect(table.split(separator: "\n").count == 3)
      #expect(report.text.contains("Pods of 2 cores"))
    }
    let wrong = Self.calibration.replacingOccurrences(of: "draws: 3000", with: "draws: none")
    let said = try ExperimentFolder.diagnostics(Self.growth, ["calibration.yaml": wrong])
    #expect(said.count == 1 && said[0].hasPrefix("calibration.yaml:6:"), "\(said)")
    let missing = try ExperimentFolder.diagnostics(Self.growth)
    #expect(missing.count == 1 && missing[0].contains("no such file"), "\(missing)")
  }
}
