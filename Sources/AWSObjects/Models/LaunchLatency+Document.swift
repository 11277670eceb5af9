public import Documents
import TimeUnits

extension LaunchLatency {
  /// Reads `models/aws/launch-latency.yaml`; nil after reporting what is missing or wrong.
  public init?(document: DocumentNode, file: String, sink: DiagnosticSink) {
    let root = DocumentCursor(document, file: file, sink: sink)
    guard root.expectMapping() else { return nil }
    root.ignore("apiVersion", "kind")
    func law(_ name: String) -> Sourced<DelayLaw>? {
      root.required(name).flatMap(DelayLaw.parameter)
    }
    let reconcileDelay = law("reconcileDelay")
    let runInstancesDelay = law("runInstancesDelay")
    let launchActivity = law("launchActivity")
    let terminateActivity = law("terminateActivity")
    let terminateActivityGone = law("terminateActivityGone")
    let healthNotice = law("healthNotice")
    let replacementDelay = law("replacementDelay")
    let pendingToRunning = law("pendingToRunning")
    let stopping = law("stopping")
    let slowBoot = root.required("slowBoot").flatMap(SlowBoot.parameter)
    let boots = root.required("bootToReady")?.elements().compactMap(BootToReady.row) ?? []
    root.reportUnknownFields()
    guard let reconcileDelay, let runInstancesDelay, let launchActivity, let terminateActivity,
      let terminateActivityGone, let healthNotice, let replacementDelay, let pendingToRunning,
      let stopping, let slowBoot
    else { return nil }
    self.init(
      reconcileDelay: reconcileDelay, runInstancesDelay: runInstancesDelay,
      launchActivity: launchActivity, terminateActivity: terminateActivity,
      terminateActivityGone: terminateActivityGone, healthNotice: healthNotice,
      replacementDelay: replacementDelay, pendingToRunning: pendingToRunning, stopping: stopping,
      slowBoot: slowBoot, bootToReady: boots)
  }
}

extension DelayLaw {
  /// A law with its unit, mark and source.
  static func parameter(_ cursor: DocumentCursor) -> Sourced<DelayLaw>? {
    guard cursor.expectMapping() else { return nil }
    if let unit = cursor.required("unit"), unit.string() != "s" {
      unit.error("the unit of a delay is s")
    }
    let law = law(cursor)
    let provenance = cursor.provenance()
    cursor.reportUnknownFields()
    guard let law, let provenance else { return nil }
    return Sourced(law, provenance)
  }

  /// One of `constant`, `uniform`, `choices` and `mixture`.
  private static func law(_ cursor: DocumentCursor) -> DelayLaw? {
    let constant = cursor.field("constant")
    let uniform = cursor.field("uniform")
    let choices = cursor.field("choices")
    let mixture = cursor.field("mixture")
    switch (constant, uniform, choices, mixture) {
    case (let constant?, nil, nil, nil): return constant.seconds().map(DelayLaw.constant)
    case (nil, let uniform?, nil, nil): return Self.uniform(uniform)
    case (nil, nil, let choices?, nil):
      return components(choices) { $0.required("value")?.seconds().map(DelayLaw.constant) }
    case (nil, nil, nil, let mixture?):
      return components(mixture) { $0.required("uniform").flatMap(Self.uniform) }
    default:
      cursor.error("expected exactly one of constant, uniform, choices, mixture")
      return nil
    }
  }

  private static func uniform(_ cursor: DocumentCursor) -> DelayLaw? {
    guard cursor.expectMapping() else { return nil }
    let from = cursor.required("from")?.seconds()
    let to = cursor.required("to")?.seconds()
    cursor.reportUnknownFields()
    guard let from, let to else { return nil }
    guard from <= to else {
      cursor.error("'to' is below 'from'")
      return nil
    }
    return .uniform(from: from, to: to)
  }

  private static func components(
    _ cursor: DocumentCursor, _ law: (DocumentCursor) -> DelayLaw?
  ) -> DelayLaw? {
    let components = cursor.elements().compactMap { element -> Component? in
      guard element.expectMapping() else { return nil }
      let weight = element.required("weight")?.double()
      let part = law(element)
      element.reportUnknownFields()
      guard let weight, let part else { return nil }
      guard weight > 0 else {
        element.error("a weight must be above zero")
        return nil
      }
      return Component(weight: weight, law: part)
    }
    return components.isEmpty ? nil : .mixture(components)
  }
}

extension LaunchLatency.SlowBoot {
  static func parameter(_ cursor: DocumentCursor) -> Sourced<Self>? {
    guard cursor.expectMapping() else { return nil }
    let probability = cursor.required("probability")?.double()
    let factor = cursor.required("factor")
    let from = factor?.required("from")?.double()
    let to = factor?.required("to")?.double()
    let provenance = cursor.provenance()
    cursor.reportUnknownFields()
    guard let probability, let from, let to, let provenance else { return nil }
    guard (0...1).contains(probability), 1 <= from, from <= to else {
      cursor.error("expected a probability, and factors of at least 1 in order")
      return nil
    }
    return Sourced(Self(probability: probability, factorFrom: from, factorTo: to), provenance)
  }
}

extension LaunchLatency.BootToReady {
  static func row(_ cursor: DocumentCursor) -> Self? {
    guard cursor.expectMapping() else { return nil }
    let image = cursor.required("image")?.string()
    let from = cursor.required("from")?.date()
    let until = cursor.field("until")?.date()
    let median = cursor.required("medianSeconds")?.seconds()
    let sigma = cursor.required("sigma")?.double()
    let provenance = cursor.provenance()
    cursor.reportUnknownFields()
    guard let image, let from, let median, let sigma, let provenance else { return nil }
    return Self(
      image: image, from: from, until: until,
      law: Sourced(.lognormal(median: median, sigma: sigma), provenance))
  }
}

extension DocumentCursor {
  /// A number of seconds that is not negative.
  func seconds() -> Duration? {
    guard let value = double() else { return nil }
    guard value >= 0, value < 1e9 else {
      error("expected seconds, at least 0")
      return nil
    }
    return .rounded(seconds: value)
  }
}
