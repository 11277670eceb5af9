import AWSObjects
import Documents
import ProvisioningModel
import Scenarios
import TimeUnits

extension EffectiveScenario {
  /// A plan with every value that it is played with, and how well each is known.
  ///
  /// Nil if the plan has errors.
  public init?(_ loaded: LoadedProvisioning) {
    guard let plan = loaded.plan, let document = loaded.document else { return nil }
    self.document = document
    settings = loaded.settings
    file = loaded.path
    groups = []
    add("metadata.name", plan.name)
    add("spec.date", plan.date.date)
    add("spec.region", plan.region.name)
    add("spec.dataRegion", plan.dataRegion.name)
    add("spec.seed", "\(plan.seed)")
    add("spec.replications", "\(plan.replications)")
    let day = plan.workday
    add(
      "spec.workday",
      "\(DurationText.text(for: day.value.start)) to "
        + DurationText.text(for: day.value.start + day.value.length), day.provenance)
    add("spec.take", plan.taken.isEmpty ? "no ladder" : plan.taken.joined(separator: ", "))
    for (index, phase) in plan.phases.enumerated() { add(phase, at: "spec.phases[\(index)]") }
    for (index, ladder) in plan.ladders.enumerated() {
      add(ladder.phase, at: "spec.ladders[\(index)]")
      add("spec.ladders[\(index)].skips", ladder.skips.joined(separator: ", "))
    }
    for (index, claim) in plan.claims.enumerated() {
      add("spec.claims[\(index)]", claim.text, claim.provenance)
    }
  }

  /// A figure with its mark; `other` is where it stands if not at its own path.
  private mutating func add(
    _ path: String, _ value: String, _ provenance: Provenance, or other: String? = nil
  ) {
    let within = settings.places.last { $0.path.hasPrefix("\(path).") }?.setting
    let origin: Origin =
      switch origin(of: path) ?? other.flatMap({ self.origin(of: $0) }) {
      case _ where within != nil: .setting(within?.origin ?? "")
      case .file(let place)?: .figure(place, provenance)
      case let setting?: setting
      case nil: .default(provenance.source)
      }
    entries.append(Entry(path: path, value: value, origin: origin))
  }

  private mutating func add(_ phase: ProvisioningPlan.Phase, at path: String) {
    let condition = phase.condition.map { ", only if \($0.rawValue)" } ?? ""
    add("\(path).name", phase.name + condition)
    add("\(path).steps", "\(phase.steps.value)", phase.steps.provenance)
    add("\(path).perStep", phase.perStep.value.text, phase.perStep.provenance, or: "spec.perStep")
    for (index, wait) in phase.waits.enumerated() {
      add(
        "\(path).waits[\(index)]", "\(wait.law.value.text): \(wait.what)", wait.law.provenance)
    }
    for (index, setback) in phase.setbacks.enumerated() {
      add("\(path).setbacks[\(index)]", setback.text, setback.provenance)
    }
  }
}

extension ProvisioningPlan.Setback {
  /// The set-back in one line.
  fileprivate var text: String {
    let percent = { (share: Double) in "\((share * 1_000).rounded() / 10) %" }
    return "\(percent(chance)) back to \(backTo), \(percent(repeats)) of its steps again"
      + (waitsAgain ? "" : " without the waits") + ", found in \(finding.text)"
      + (atMost.map { ", at most \($0) times" } ?? "")
      + (condition.map { ", only if \($0.rawValue)" } ?? "") + ": \(what)"
  }
}
