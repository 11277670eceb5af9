import AWSObjects
import Documents
import ProvisioningModel
import TimeUnits

extension ProvisioningReader {
  /// A phase, with stand-ins for what cannot be read; `also` are fields that are read elsewhere.
  func phase(
    _ cursor: DocumentCursor, _ perStep: Sourced<DelayLaw>?, hasDefault: Bool, also: [String]
  ) -> ProvisioningPlan.Phase {
    // The path stands in for a name: no other phase has it.
    guard cursor.expectMapping() else { return standIn(named: cursor.path) }
    cursor.ignore(also)
    let name = cursor.required("name")?.string() ?? cursor.path
    let title = cursor.field("title")?.string()
    let condition = cursor.field("onlyIf")?.word(ProvisioningPlan.Condition.self)
    let steps = cursor.required("steps").flatMap(steps)
    let own = cursor.field("perStep").flatMap { $0.sourcedLaw() }
    if cursor.node["perStep"] == nil, !hasDefault {
      cursor.error(
        "nothing says how long a step takes", suggestion: "spec.perStep, or perStep of the phase")
    }
    let waits = cursor.field("waits")?.elements().compactMap(wait) ?? []
    let setbacks = cursor.field("setbacks")?.elements().map { setback($0, phase: name) } ?? []
    cursor.reportUnknownFields()
    var phase = standIn(named: name)
    if let title { phase.title = title }
    if let steps { phase.steps = steps }
    if let law = own ?? perStep { phase.perStep = law }
    phase.waits = waits
    phase.setbacks = setbacks
    phase.condition = condition
    return phase
  }

  private static let nobody = Provenance(.assumed, "")

  /// What stands in for a phase, or for the parts of one, that cannot be read.
  private func standIn(named name: String) -> ProvisioningPlan.Phase {
    ProvisioningPlan.Phase(
      name: name, title: name, steps: Sourced(1, Self.nobody),
      perStep: Sourced(.constant(.seconds(60)), Self.nobody))
  }

  private func steps(_ cursor: DocumentCursor) -> Sourced<Int>? {
    guard cursor.expectMapping() else { return nil }
    let count = cursor.required("count")?.count()
    let provenance = cursor.provenance()
    cursor.reportUnknownFields()
    guard let count, let provenance else { return nil }
    return Sourced(count, provenance)
  }

  private func wait(_ cursor: DocumentCursor) -> ProvisioningPlan.Wait? {
    guard cursor.expectMapping() else { return nil }
    let what = cursor.required("what")?.string()
    let law = cursor.sourcedLaw()
    guard let what, let law else { return nil }
    return ProvisioningPlan.Wait(what: what, law: law)
  }

  /// A set-back; one that cannot be read keeps its place, so that paths count right.
  private func setback(
    _ cursor: DocumentCursor, phase: String
  ) -> ProvisioningPlan.Setback {
    var setback = ProvisioningPlan.Setback(
      what: "", chance: 0, backTo: phase, repeats: 1, finding: .constant(.zero),
      provenance: Self.nobody)
    guard cursor.expectMapping() else { return setback }
    if let what = cursor.required("what")?.string() { setback.what = what }
    if let chance = cursor.required("chance")?.double() { setback.chance = chance }
    if let name = cursor.required("backTo")?.string() { setback.backTo = name }
    if let share = cursor.required("repeats")?.double() { setback.repeats = share }
    if let again = cursor.field("waitsAgain")?.bool() { setback.waitsAgain = again }
    if let law = cursor.required("finding")?.law() { setback.finding = law }
    setback.atMost = cursor.field("atMost")?.count()
    setback.condition = cursor.field("onlyIf")?.word(ProvisioningPlan.Condition.self)
    if let provenance = cursor.provenance() { setback.provenance = provenance }
    cursor.reportUnknownFields()
    return setback
  }
}
