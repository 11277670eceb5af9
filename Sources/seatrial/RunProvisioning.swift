import AWSObjects
import ArgumentParser
import Documents
import Exports
import Foundation
import ProvisioningModel
import RunFiles
import ScenarioFiles
import SimulationKernel

/// `seatrial run` on a plan of provisioning: one game as a story, then all of them.
struct RunProvisioning {
  var path: String
  var seed: UInt64?
  var replications: Int?
  var settings: [Setting]
  var out: String?
  var json: Bool

  func run() throws {
    let models = try Loading.models()
    let loaded = ProvisioningLoader.load(path, models: models, settings: settings)
    try Console.report(loaded.diagnostics)
    guard var plan = loaded.plan else { throw Status.bug }
    if let seed { plan.seed = seed }
    if let replications { plan.replications = replications }
    if plan.replications > ProvisioningPlan.replicationLimit {
      throw ValidationError(
        "--replications takes at most \(ProvisioningPlan.replicationLimit) for this kind.")
    }
    var report = try report(of: plan)
    report.advise(eksInDataRegion: models.aws.eks.start(of: plan.dataRegion))
    // Results of a look at fewer or more games do not replace those of the plan unless asked to.
    let folder = out ?? (replications == nil ? "out/\(plan.name)" : nil)
    if let folder { try write(report, to: folder) }
    Console.print(
      json
        ? ProvisioningJSON.text(report)
        : ProvisioningPrinter(isColored: Console.isColored, width: Console.width).text(report))
    if !json, let folder {
      Console.print("\(folder)/ holds trace.jsonl, playthroughs.csv and summary.json.")
    }
  }

  private func report(of plan: ProvisioningPlan) throws -> ProvisioningReport {
    let start = ContinuousClock.now
    let seeds = RandomStreams(seed: plan.seed)
    do {
      let study = try ProvisioningStudy(plan) { replication in
        let streams = seeds.replication(replication)
        return { name, entity in streams.stream(name, entity: entity) }
      }
      var report = ProvisioningReport(study, version: Version.text)
      report.wallSeconds = (ContinuousClock.now - start) / .seconds(1)
      return report
    } catch {
      // The reader has looked at every law.
      Console.complain("seatrial: \(error)")
      throw Status.bug
    }
  }

  private func write(_ report: ProvisioningReport, to path: String) throws {
    do throws(OutputFolder.Failure) {
      var folder = try OutputFolder(path)
      do throws(OutputFolder.Failure) {
        try folder.begin("trace.jsonl")
        for line in report.trace { try folder.append(line + [0x0A]) }
        try folder.write("playthroughs.csv", ProvisioningCSV.text(report.study))
        try folder.write("summary.json", ProvisioningJSON.text(report) + "\n")
        try folder.commit()
      } catch {
        folder.discard()
        throw error
      }
    } catch {
      Console.complain("seatrial: \(error.description)")
      throw Status.cannotCreate
    }
  }
}
