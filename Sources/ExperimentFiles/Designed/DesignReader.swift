import Documents
import Experiments
import Statistics

/// Reads `spec` of an experiment of kind Experiment.
struct DesignReader {
  private var draft = DesignDraft()

  /// The draft; incomplete after an error, which then is in the cursor's sink.
  static func read(_ spec: DocumentCursor) -> DesignDraft {
    var reader = DesignReader()
    reader.readSpec(spec)
    return reader.draft
  }

  private mutating func readSpec(_ spec: DocumentCursor) {
    draft.scenario = spec.required("scenario")
    if draft.scenario?.string() == nil { draft.scenario = nil }
    draft.seed = spec.field("seed")?.whole(in: 0...Int.max).map(UInt64.init)
    // All of them are columns of one table.
    var names: [String] = []
    draft.factors = spec.field("factors").map { FactorReader.read($0, &names) } ?? []
    let points = spec.field("points")
    readDesign(spec.field("design"), hasPoints: points != nil)
    if let points { readPoints(points) }
    if draft.kind == .points, points == nil { spec.error("'points' is missing") }
    draft.isAntithetic = spec.field("antithetic")?.bool() ?? false
    spec.required("responses").map { readResponses($0, &names) }
    if let field = spec.field("replications") { readReplications(field) }
    draft.baseline = spec.field("baseline")
    for claim in spec.field("expect")?.elements() ?? [] { readClaim(claim) }
    spec.reportUnknownFields()
    checkFactors()
  }

  // MARK: Design

  private mutating func readDesign(_ cursor: DocumentCursor?, hasPoints: Bool) {
    draft.kind = hasPoints ? .points : .factorial
    guard let cursor, cursor.expectMapping() else { return }
    let kind = cursor.required("kind")
    if let word = kind?.word(DesignDraft.Kind.self) { draft.kind = word }
    let count = cursor.field("points")
    cursor.reportUnknownFields()
    if hasPoints, draft.kind != .points {
      kind?.error("there are listed points", suggestion: "kind: points, or leave them out")
    }
    switch draft.kind {
    case .latinHypercube, .sobol:
      if count == nil { cursor.error("'points' is missing: how many to sample") }
      draft.count = count?.whole(in: 1...100_000) ?? 0
    case .sobolIndices:
      if count == nil {
        cursor.error("'points' is missing: rows, each played once for every factor and twice more")
      }
      draft.count = count?.whole(in: 2...100_000) ?? 0
    case .factorial, .points:
      count?.error("only a sampled design says how many points it has")
    }
  }

  /// What each kind of design asks of its factors.
  private mutating func checkFactors() {
    for factor in draft.factors {
      if draft.kind == .factorial, factor.levels.isEmpty {
        factor.place.error(
          "a full factorial needs the levels of '\(factor.name)'",
          suggestion: "levels: [1, 2, 4], or design: {kind: sobol, points: 64}")
      } else if draft.kind.isSampled, factor.levels.isEmpty, factor.range == nil {
        factor.place.error("'\(factor.name)' has neither levels nor a range to sample")
      } else if draft.kind == .points, factor.range != nil {
        factor.place.error("listed points take no range for '\(factor.name)'")
      }
    }
  }

  private mutating func readPoints(_ cursor: DocumentCursor) {
    if cursor.node.elements?.isEmpty == true { cursor.error("a design needs a point") }
    for element in cursor.elements() {
      guard element.expectMapping() else { continue }
      var levels: [FactorDraft.Level] = []
      for factor in draft.factors {
        guard let field = element.required(factor.name) else { continue }
        if let level = Self.level(field, of: factor) { levels.append(level) }
      }
      element.reportUnknownFields()
      if levels.count == draft.factors.count { draft.points.append(.init(levels: levels)) }
    }
  }

  /// A level by its name; any value where the factor lists none.
  private static func level(
    _ cursor: DocumentCursor, of factor: FactorDraft
  ) -> FactorDraft.Level? {
    let text = cursor.node.scalarText ?? FlowText.of(cursor.node)
    if let level = factor.levels.first(where: { $0.value == text }) { return level }
    guard !factor.levels.isEmpty else {
      var level = factor.level(FlowText.of(cursor.node), cursor)
      level.value = text
      return level
    }
    let known = factor.levels.map(\.value)
    cursor.error(
      "'\(factor.name)' has no level '\(text)'",
      suggestion: Spelling.suggestion(for: text, among: known)
        ?? "one of " + known.joined(separator: ", "))
    return nil
  }

  // MARK: Replications

  private mutating func readReplications(_ cursor: DocumentCursor) {
    guard cursor.node.entries != nil else {
      guard let count = cursor.whole(in: 1...1_000_000) else { return }
      if draft.isAntithetic, count % 2 == 1 {
        cursor.error("antithetic replications come in pairs, \(count) is odd")
      }
      draft.replications = .fixed(count)
      return
    }
    let least = cursor.field("min")?.whole(in: 2...1_000_000) ?? 10
    let maximum = cursor.required("max")
    let most = maximum?.whole(in: 2...1_000_000)
    let until = cursor.required("until")
    cursor.reportUnknownFields()
    if let most, most < least { maximum?.error("must not be less than 'min', \(least)") }
    guard let until, until.expectMapping() else { return }
    let response = until.required("response")
    let relative = until.field("relativeHalfWidth")
    let absolute = until.field("halfWidth")
    let confidence = until.field("confidence").map(Self.confidence) ?? 0.95
    until.reportUnknownFields()
    if (relative == nil) == (absolute == nil) {
      until.error("give 'relativeHalfWidth' or 'halfWidth'")
    }
    var target: StoppingRule.Target?
    if let share = relative?.positive() {
      if share < 1 { target = .relative(share) } else { relative?.error("must be below 1") }
    } else if let width = absolute?.positive() {
      target = .absolute(width)
    }
    guard let target, let confidence, let most, most >= least, let response,
      let name = response.string()
    else { return }
    draft.replications = .sequential(
      response: name, place: response,
      StoppingRule(target, confidence: confidence, minimum: least, maximum: most))
  }

  static func confidence(_ cursor: DocumentCursor) -> Double? {
    guard let value = cursor.finite() else { return nil }
    if value > 0, value < 1 { return value }
    cursor.error("must lie between 0 and 1, not \(value)")
    return nil
  }

  // MARK: Responses

  private mutating func readResponses(_ cursor: DocumentCursor, _ names: inout [String]) {
    for element in cursor.elements() {
      guard element.expectMapping() else { continue }
      let name = element.required("name")?.name(unlike: &names, columns: RunTable.columns)
      let metric = element.field("metric")
      let expectation = element.field("expectation")
      let mayBeAbsent = element.field("mayBeAbsent")?.bool() ?? false
      element.reportUnknownFields()
      if (metric == nil) == (expectation == nil) {
        element.error("give 'metric', or 'expectation' with its text")
      }
      let figure =
        metric.flatMap(MetricReference.read)
        ?? expectation?.string().map(DesignedExperiment.expectationMetric)
      guard let name, let figure else { continue }
      draft.responses.append(
        DesignedExperiment.Response(name: name, metric: figure, mayBeAbsent: mayBeAbsent))
      draft.responsePlaces.append(metric ?? expectation ?? element)
    }
    if cursor.node.elements?.isEmpty == true { cursor.error("an experiment needs a response") }
  }

  /// A response by its name; one that the experiment does not have is reported.
  static func response(
    _ cursor: DocumentCursor, among responses: [DesignedExperiment.Response]
  ) -> Int? {
    guard let name = cursor.string() else { return nil }
    if let place = responses.firstIndex(where: { $0.name == name }) { return place }
    let known = responses.map(\.name)
    cursor.error(
      "no response is called '\(name)'",
      suggestion: Spelling.suggestion(for: name, among: known)
        ?? (known.isEmpty ? nil : "one of " + known.joined(separator: ", ")))
    return nil
  }

  // MARK: Claims

  private mutating func readClaim(_ cursor: DocumentCursor) {
    guard cursor.expectMapping() else { return }
    let response = cursor.required("response").flatMap {
      Self.response($0, among: draft.responses)
    }
    let at = cursor.field("at")
    let quantile = cursor.field("quantile")
    let isDifference = cursor.field("difference")?.bool() ?? false
    let atLeast = cursor.field("atLeast")?.finite()
    let atMost = cursor.field("atMost")?.finite()
    let confidence = cursor.field("confidence").map(Self.confidence) ?? 0.95
    let text = cursor.field("text")?.string()
    cursor.reportUnknownFields()
    if cursor.node["atLeast"] == nil, cursor.node["atMost"] == nil {
      cursor.error("'atLeast' or 'atMost' is missing")
    }
    if quantile != nil, isDifference { cursor.error("give 'quantile' or 'difference', not both") }
    if quantile != nil, draft.isAntithetic {
      quantile?.error("a quantile's interval needs independent runs, not antithetic pairs")
    }
    var statistic = ResponseClaim.Statistic.mean
    if let quantile {
      guard let probability = Self.confidence(quantile) else { return }
      statistic = .quantile(probability)
    } else if isDifference {
      statistic = .differenceFromBaseline
    }
    guard let response, let confidence else { return }
    let claim = ResponseClaim(
      response: response, points: [], statistic: statistic, atLeast: atLeast, atMost: atMost,
      confidence: confidence,
      text: text ?? Self.text(draft.responses[response].name, statistic, atLeast, atMost))
    draft.claims.append(DesignDraft.ClaimDraft(claim: claim, at: at))
  }

  private static func text(
    _ name: String, _ statistic: ResponseClaim.Statistic, _ atLeast: Double?, _ atMost: Double?
  ) -> String {
    let subject =
      switch statistic {
      case .mean: "the mean of \(name)"
      case .quantile(let p): "the \(p) quantile of \(name)"
      case .differenceFromBaseline: "\(name) less the baseline's"
      }
    let bounds = [
      atLeast.map { "at least \(Figures.text($0))" }, atMost.map { "at most \(Figures.text($0))" },
    ]
    return "\(subject) is " + bounds.compactMap { $0 }.joined(separator: " and ")
  }
}
