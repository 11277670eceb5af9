import Documents
public import ExperimentStore
public import Experiments
import Foundation
import Statistics

/// How a response differs between two points, or two stores, replication by replication.
public struct PointDifference: Sendable {
  let label: String
  let response: String
  let confidence: Double
  /// Nil for fewer than two pairs.
  let difference: PairedDifference?

  /// First less second, over the replications that both have.
  public init(
    _ label: String, _ experiment: DesignedExperiment, _ response: Int,
    _ first: (point: Int, store: ExperimentStore), _ second: (point: Int, store: ExperimentStore),
    confidence: Double = 0.95
  ) throws(StoreFailure) {
    self.label = label
    self.response = experiment.responses[response].name
    self.confidence = confidence
    let a = try experiment.units(of: response, point: first.point, in: first.store)
    let b = try experiment.units(of: response, point: second.point, in: second.store)
    let count = min(a.count, b.count)
    difference = PairedDifference(
      Array(a.prefix(count)), Array(b.prefix(count)), confidence: confidence)
  }

  /// A table for a terminal.
  public static func text(_ rows: [PointDifference]) -> String {
    let percent = rows.first.map { Figures.text($0.confidence * 100) } ?? ""
    var table = TextTable(
      [
        "difference", "response", "pairs", "first", "second", "mean", "+- \(percent) %", "p",
        "variance less by",
      ], leading: 2)
    for row in rows {
      let difference = row.difference
      table.add([
        row.label, row.response, difference.map { "\($0.interval.count)" } ?? "-",
        Figures.text(difference?.first), Figures.text(difference?.second),
        Figures.text(difference?.interval.mean), Figures.text(difference?.interval.halfWidth),
        Figures.text(difference?.pValue),
        difference?.varianceReduction.map { Figures.text($0) + " x" } ?? "-",
      ])
    }
    return table.text
  }

  /// One JSON document.
  public static func json(_ rows: [PointDifference]) -> String {
    var json = JSONWriter()
    json.object { json in
      json.field(
        "differences",
        array: { json in
          for row in rows {
            json.object { json in
              json.field("difference", row.label)
              json.field("response", row.response)
              json.field("confidence", row.confidence)
              guard let difference = row.difference else { return }
              json.field("mean", difference.interval.mean)
              json.field("low", difference.interval.low)
              json.field("high", difference.interval.high)
              json.field("pairs", difference.interval.count)
              json.field("p", difference.pValue)
              if let factor = difference.varianceReduction {
                json.field("variance_reduction", factor)
              }
            }
          }
        })
    }
    return json.text
  }
}

/// Points as people name them.
public enum PointName {
  /// The points of a number, or of `factor=level,factor=level`; those that have all of these.
  public static func points(_ text: String, in experiment: DesignedExperiment) -> [Int] {
    if let number = Int(text) {
      return experiment.points.indices.contains(number) ? [number] : []
    }
    var wanted: [(factor: Int, value: String)] = []
    // A level may hold commas itself: a new part begins only with a factor's name.
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let trimmed = part.drop { $0 == " " }
      let factor = experiment.factors.firstIndex { trimmed.hasPrefix($0 + "=") }
      if let factor {
        wanted.append((factor, String(trimmed.dropFirst(experiment.factors[factor].count + 1))))
      } else if !wanted.isEmpty {
        wanted[wanted.count - 1].value += "," + part
      } else {
        return []
      }
    }
    return experiment.points.indices.filter { point in
      wanted.allSatisfy { experiment.points[point].values[$0.factor] == $0.value }
    }
  }
}
