import AWSObjects
import Documents
import ProvisioningModel
import TimeUnits

/// Reads a provisioning plan from its document, or says everything that is wrong with it.
///
/// Where a part cannot be read a harmless one stands in for it, so that the rest is still checked.
struct ProvisioningReader {
  let sink: DiagnosticSink
  let file: String

  /// Reads `document`; nil if it is not even the outline of a plan. A plan is sound if the sink has
  /// no errors. `eks` nil checks no region.
  static func read(
    _ document: DocumentNode, file: String, eks: EKSHistory? = nil, sink: DiagnosticSink
  ) -> ProvisioningPlan? {
    let reader = ProvisioningReader(sink: sink, file: file)
    let before = sink.diagnostics.count
    guard let plan = reader.plan(document) else { return nil }
    let unread = sink.diagnostics[before...].filter { $0.severity == .error }.map(\.path)
    var problems = plan.problems
    if let eks { problems += regionProblems(of: plan, eks) }
    for problem in problems where !isAnswered(problem, unread) {
      let node = NodePath(problem.path)?.nearest(in: document) ?? document
      sink.report(
        Diagnostic(
          severity: .error, file: file, line: node.line, column: node.column, path: problem.path,
          message: problem.message, suggestion: problem.suggestion))
    }
    return plan
  }

  /// Whether a problem comes of a stand-in: of what has been reported already.
  private static func isAnswered(_ problem: ProvisioningProblem, _ unread: [String]) -> Bool {
    if problem.path == "spec.phases", unread.contains("spec") { return true }
    // A sum is only held against a claim where all of its terms could be read.
    if problem.path.hasPrefix("spec.claims"),
      unread.contains(where: { $0.hasPrefix("spec.phases") })
    {
      return true
    }
    return unread.contains { path in
      path == problem.path || path.hasPrefix(problem.path + ".")
        || path.hasPrefix(problem.path + "[")
    }
  }

  private func plan(_ document: DocumentNode) -> ProvisioningPlan? {
    let root = DocumentCursor(document, file: file, sink: sink)
    guard root.expectMapping() else { return nil }
    root.expect("apiVersion", "seatrial/v1")
    root.expect("kind", DocumentKind.provisioning)
    var name = "unnamed"
    if let metadata = root.required("metadata"), metadata.expectMapping() {
      if let given = metadata.required("name")?.string() { name = given }
      metadata.reportUnknownFields()
    }
    let spec = root.required("spec")
    root.reportUnknownFields()
    guard let spec, spec.expectMapping() else { return nil }
    return plan(named: name, spec)
  }

  private func plan(named name: String, _ spec: DocumentCursor) -> ProvisioningPlan {
    let date = spec.required("date")?.calendarTime()
    let region = spec.required("region")?.region()
    let dataRegion = spec.required("dataRegion")?.region()
    let workday = spec.field("workday").flatMap(workday)
    let perStep = spec.field("perStep").flatMap { $0.sourcedLaw() }
    let hasDefault = spec.node["perStep"] != nil
    let phases = spec.required("phases")?.elements().map {
      phase($0, perStep, hasDefault: hasDefault, also: [])
    }
    var plan = ProvisioningPlan(
      name: name, date: date ?? CalendarTime(unixSeconds: 0), region: region ?? Region(""),
      dataRegion: dataRegion ?? Region(""), workday: workday ?? Self.officeHours,
      phases: phases ?? [])
    if let seed = spec.field("seed").flatMap({ $0.seed() }) { plan.seed = seed }
    if let count = spec.field("replications")?.count() { plan.replications = count }
    plan.ladders =
      spec.field("ladders")?.elements().map { ladder($0, perStep, hasDefault: hasDefault) } ?? []
    plan.taken = spec.field("take")?.texts().map(\.text) ?? []
    // One that cannot be read keeps its place, so that paths count right.
    let last = plan.phases.last?.name ?? ""
    let blank = ProvisioningPlan.Claim(
      text: "", through: last, provenance: Provenance(.assumed, ""))
    plan.claims = spec.field("claims")?.elements().map { claim($0) ?? blank } ?? []
    spec.reportUnknownFields()
    return plan
  }

  private static let officeHours = Sourced(
    ProvisioningPlan.Workday(), Provenance(.assumed, "the default: 9 to 17 o'clock"))

  private func workday(_ cursor: DocumentCursor) -> Sourced<ProvisioningPlan.Workday>? {
    guard cursor.expectMapping() else { return nil }
    let start = cursor.required("start")?.duration()
    let length = cursor.required("length")?.duration()
    let provenance = cursor.provenance()
    cursor.reportUnknownFields()
    guard let start, let length, let provenance else { return nil }
    return Sourced(.init(start: start, length: length), provenance)
  }

  private func ladder(
    _ cursor: DocumentCursor, _ perStep: Sourced<DelayLaw>?, hasDefault: Bool
  ) -> ProvisioningPlan.Ladder {
    let skips = cursor.node.entries == nil ? nil : cursor.required("skips")?.texts().map(\.text)
    let phase = phase(cursor, perStep, hasDefault: hasDefault, also: ["skips"])
    return ProvisioningPlan.Ladder(phase: phase, skips: skips ?? [])
  }

  private func claim(_ cursor: DocumentCursor) -> ProvisioningPlan.Claim? {
    guard cursor.expectMapping() else { return nil }
    let text = cursor.required("text")?.string()
    let through = cursor.required("through")?.string()
    let steps = cursor.field("steps")?.count()
    let time = cursor.field("workingTime").flatMap { $0.range { $0.duration() } }
    let days = cursor.field("days").flatMap { $0.range { $0.count() } }
    let provenance = cursor.provenance()
    cursor.reportUnknownFields()
    if (cursor.node["workingTime"] == nil) == (cursor.node["days"] == nil) {
      cursor.error("a claim speaks of either workingTime or days", suggestion: "days: {from, to}")
    }
    guard let text, let through, let provenance else { return nil }
    return ProvisioningPlan.Claim(
      text: text, through: through, steps: steps, workingTime: time, days: days,
      provenance: provenance)
  }

  // MARK: Regions

  private static func regionProblems(
    of plan: ProvisioningPlan, _ eks: EKSHistory
  ) -> [ProvisioningProblem] {
    guard RegionNames.all.contains(plan.region.name) else { return [] }
    let known = eks.regions(at: plan.date).map(\.name)
    guard !known.contains(plan.region.name), let start = eks.start(of: plan.region) else {
      return []
    }
    return [
      ProvisioningProblem(
        path: "spec.region",
        message: "EKS came to \(plan.region) on \(start.date), the plan begins on "
          + "\(plan.date.date)",
        suggestion: known.isEmpty
          ? "EKS began on 2018-06-05"
          : "on that day it was in " + known.prefix(6).joined(separator: ", "))
    ]
  }
}
