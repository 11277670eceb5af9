import AWSObjects
import Documents
import Scenarios
import TimeUnits

/// Fields as scenarios write them.
extension DocumentCursor {
  /// A span such as `10m`.
  func duration() -> Duration? {
    guard let text = string() else { return nil }
    do {
      return try DurationText.parse(text)
    } catch {
      self.error("\(error)", suggestion: error.suggestion)
      return nil
    }
  }

  /// A point of the run, as the span since its start.
  func time() -> SimulationTime? {
    duration().map { SimulationTime(nanoseconds: $0.nanoseconds) }
  }

  /// A day, or a second in RFC 3339.
  func calendarTime() -> CalendarTime? {
    guard let text = string() else { return nil }
    if let time = CalendarTime(rfc3339: text) { return time }
    error("not a date: \"\(text)\"", suggestion: "such as 2018-10-15")
    return nil
  }

  /// A whole number that is not negative and fits an `Int32`.
  func count() -> Int? {
    guard let value = int() else { return nil }
    guard (0...Int64(Int32.max)).contains(value) else {
      error("expected a number from 0 to \(Int32.max), found \(value)")
      return nil
    }
    return Int(value)
  }

  /// A list of scalars' texts, with the cursor of each.
  func texts() -> [(text: String, cursor: DocumentCursor)] {
    elements().compactMap { element in element.string().map { ($0, element) } }
  }

  /// A law of delays: a duration for a constant, or one of the named shapes.
  ///
  /// `span` reads the times in it.
  func law(_ span: (DocumentCursor) -> Duration? = { $0.duration() }) -> DelayLaw? {
    if node.scalarText != nil { return span(self).map(DelayLaw.constant) }
    guard expectMapping() else { return nil }
    let law = shape(span)
    reportUnknownFields()
    return law
  }

  /// The one shape among the fields.
  func shape(_ span: (DocumentCursor) -> Duration?) -> DelayLaw? {
    let shapes = ["constant", "uniform", "lognormal", "exponential", "choices", "mixture"]
    let given = shapes.compactMap { name in field(name).map { (name, $0) } }
    guard given.count == 1, let (name, body) = given.first else {
      error(
        given.isEmpty
          ? "no law of delays: \(node.kindDescription)"
          : "several laws: " + given.map(\.0).joined(separator: ", "),
        suggestion: "a duration such as 30s, or exactly one of " + shapes.joined(separator: ", "))
      return nil
    }
    switch name {
    case "constant": return span(body).map(DelayLaw.constant)
    case "uniform": return body.uniform(span)
    case "lognormal": return body.lognormal(span)
    case "exponential": return body.exponential(span)
    case "choices":
      return body.components { $0.required("value").flatMap(span).map(DelayLaw.constant) }
    default: return body.components { $0.shape(span) }
    }
  }

  private func uniform(_ span: (DocumentCursor) -> Duration?) -> DelayLaw? {
    guard expectMapping() else { return nil }
    let from = required("from").flatMap(span)
    let to = required("to").flatMap(span)
    reportUnknownFields()
    guard let from, let to else { return nil }
    guard from <= to else {
      error("'to' is below 'from'")
      return nil
    }
    return .uniform(from: from, to: to)
  }

  private func lognormal(_ span: (DocumentCursor) -> Duration?) -> DelayLaw? {
    guard expectMapping() else { return nil }
    let median = required("median").flatMap(span)
    let sigmaCursor = required("sigma")
    let sigma = sigmaCursor?.double()
    reportUnknownFields()
    guard let median, let sigma else { return nil }
    guard median > .zero, sigma > 0, sigma <= 10 else {
      error("a lognormal law needs a median above 0 and a sigma above 0, at most 10")
      return nil
    }
    return .lognormal(median: median, sigma: sigma)
  }

  private func exponential(_ span: (DocumentCursor) -> Duration?) -> DelayLaw? {
    guard let mean = span(self) else { return nil }
    guard mean > .zero else {
      error("an exponential law needs a mean above 0")
      return nil
    }
    return .exponential(mean: mean)
  }

  private func components(_ law: (DocumentCursor) -> DelayLaw?) -> DelayLaw? {
    let components = elements().compactMap { element -> DelayLaw.Component? in
      guard element.expectMapping() else { return nil }
      let weight = element.required("weight")?.double()
      let part = law(element)
      element.reportUnknownFields()
      guard let weight, let part else { return nil }
      guard weight > 0, weight.isFinite else {
        element.error("a weight must be above 0")
        return nil
      }
      return DelayLaw.Component(weight: weight, law: part)
    }
    if components.isEmpty, node.elements?.isEmpty == true { error("the list is empty") }
    return components.isEmpty ? nil : .mixture(components)
  }
}
