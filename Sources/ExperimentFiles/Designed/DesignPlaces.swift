import Documents
import Experiments

/// Finds the points that an experiment's other fields speak of.
struct DesignPlaces {
  let draft: DesignDraft

  /// Fills in replications, baseline and claims; mistakes are in the cursors' sink.
  func resolve(in experiment: inout DesignedExperiment) {
    switch draft.replications {
    case .fixed(let count): experiment.replications = .fixed(count)
    case .sequential(_, let place, let rule):
      guard let response = DesignReader.response(place, among: draft.responses) else { return }
      experiment.replications = .sequential(response: response, rule)
    }
    if let baseline = draft.baseline {
      let found = points(baseline, experiment)
      if found.count == 1 {
        experiment.baseline = found[0]
      } else if found.count > 1 {
        baseline.error("\(found.count) points are such: a baseline is one")
      }
    }
    for claim in draft.claims {
      var resolved = claim.claim
      resolved.points =
        claim.at.map { points($0, experiment) } ?? Array(experiment.points.indices)
      if claim.claim.statistic == .differenceFromBaseline {
        if draft.baseline == nil {
          (claim.at ?? draft.responsePlaces[claim.claim.response])
            .error("a difference needs a 'baseline'")
        }
        let isNamed = !resolved.points.isEmpty
        resolved.points.removeAll { $0 == experiment.baseline }
        if isNamed, resolved.points.isEmpty {
          (claim.at ?? draft.responsePlaces[claim.claim.response])
            .error("the baseline does not differ from itself, and there is no other point")
        }
      }
      experiment.claims.append(resolved)
    }
  }

  /// The points with all of these levels; none is reported.
  private func points(_ cursor: DocumentCursor, _ experiment: DesignedExperiment) -> [Int] {
    guard cursor.expectMapping() else { return [] }
    var wanted: [(factor: Int, value: String)] = []
    for (factor, name) in experiment.factors.enumerated() {
      guard let field = cursor.field(name) else { continue }
      let text = field.node.scalarText ?? FlowText.of(field.node)
      var known: [String] = []
      for point in experiment.points where !known.contains(point.values[factor]) {
        known.append(point.values[factor])
      }
      if known.contains(text) {
        wanted.append((factor, text))
      } else {
        field.error(
          "no point has \(name)=\(text)",
          // Numbers are not misspelt.
          suggestion: (Double(text) == nil ? Spelling.suggestion(for: text, among: known) : nil)
            ?? "there are " + known.prefix(8).joined(separator: ", "))
        return []
      }
    }
    cursor.reportUnknownFields()
    let found = experiment.points.indices.filter { point in
      wanted.allSatisfy { experiment.points[point].values[$0.factor] == $0.value }
    }
    if found.isEmpty { cursor.error("no point of the design is such") }
    return found
  }
}
