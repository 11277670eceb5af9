import Documents
import PipelineCalibration
import Probability
import Scenarios
import TimeUnits

/// Reads `spec.priors`: a law for each parameter.
enum PriorReader {
  /// `{logUniform: [0.1ms, 2ms]}`, `{uniform: [0.1, 0.6]}`, `{constant: 0}`.
  static func read(_ cursor: DocumentCursor) -> CalibrationPrior? {
    guard cursor.expectMapping() else { return nil }
    var laws: [CalibratedParameter: PriorLaw] = [:]
    for parameter in CalibratedParameter.allCases {
      guard let field = cursor.required(parameter.rawValue), field.expectMapping() else { continue }
      laws[parameter] = law(field, of: parameter)
      field.reportUnknownFields()
    }
    cursor.reportUnknownFields()
    guard laws.count == CalibratedParameter.allCases.count else { return nil }
    return CalibrationPrior { laws[$0]! }
  }

  private static func law(_ cursor: DocumentCursor, of parameter: CalibratedParameter) -> PriorLaw?
  {
    let kinds = ["constant", "uniform", "logUniform"]
    let named = kinds.filter { cursor.field($0) != nil }
    guard named.count == 1, let kind = named.first, let field = cursor.field(kind) else {
      cursor.error("a prior is one of constant, uniform and logUniform")
      return nil
    }
    if kind == "constant" {
      return value(field, of: parameter).map { .constant($0) }
    }
    let ends = field.elements()
    guard ends.count == 2 else {
      field.error("two ends are wanted, such as [0.1, 0.6]")
      return nil
    }
    guard let low = value(ends[0], of: parameter), let high = value(ends[1], of: parameter) else {
      return nil
    }
    do {
      return kind == "uniform"
        ? .uniform(try Uniform(minimum: low, maximum: high))
        : .logUniform(try LogUniform(minimum: low, maximum: high))
    } catch {
      field.error("\(error)")
      return nil
    }
  }

  /// A number that the parameter can be; times in seconds or as text such as `0.5ms`.
  private static func value(
    _ cursor: DocumentCursor, of parameter: CalibratedParameter
  ) -> Double? {
    var number: Double?
    if parameter.isTime, cursor.node.doubleValue == nil {
      guard let text = cursor.string() else { return nil }
      do {
        number = Double(try DurationText.parse(text).nanoseconds) / 1e9
      } catch {
        cursor.error("\(error)", suggestion: error.suggestion)
        return nil
      }
    } else {
      number = cursor.finite()
    }
    guard let number else { return nil }
    if let problem = parameter.problem(with: number) {
      cursor.error(problem)
      return nil
    }
    return number
  }
}
