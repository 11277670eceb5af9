import AWSObjects
import ClusterSimulation
import Documents
import ExperimentDesign
import ExperimentStore
import Experiments
import Foundation
import RunFiles
import ScenarioFiles
import Scenarios
import SimulationKernel

/// Makes the points of an experiment: the scenario with each point's settings.
struct DesignLoader {
  let name: String
  /// The experiment's file.
  let path: String
  let folder: String
  let models: Models
  let modelsFolder: String
  let version: String

  /// A point before its scenario is read.
  private struct Point {
    var levels: [FactorDraft.Level]
    var settings: [Setting] { levels.flatMap(\.settings) }
  }

  /// Nil after an error, which then is in the cursor's sink.
  func load(_ draft: DesignDraft, _ spec: DocumentCursor) -> LoadedDesign? {
    guard let place = draft.scenario, let written = place.string() else { return nil }
    let scenario = FilePatterns.join(folder, written)
    guard FileManager.default.fileExists(atPath: scenario) else {
      place.error("no such file: '\(written)'")
      return nil
    }
    guard let points = points(of: draft, seed: draft.seed ?? 1, spec) else { return nil }
    var setups: [DesignedExperiment.Point] = []
    var assumed: [String] = []
    for (number, point) in points.enumerated() {
      guard let (setup, loaded) = setup(of: point, scenario, spec.sink) else { continue }
      if number == 0 { assumed = self.assumed(loaded) }
      setups.append(
        DesignedExperiment.Point(
          setup: setup, values: point.levels.map(\.value), numbers: point.levels.map(\.number)))
    }
    guard !spec.sink.hasErrors, let first = setups.first else { return nil }
    var experiment = DesignedExperiment(
      name: name, seed: draft.seed ?? first.setup.scenario.seed,
      factors: draft.factors.map(\.name), points: setups, replications: .fixed(1),
      responses: draft.responses)
    experiment.isAntithetic = draft.isAntithetic
    if draft.kind == .sobolIndices, !draft.factors.isEmpty { experiment.sobolRows = draft.count }
    DesignPlaces(draft: draft).resolve(in: &experiment)
    guard !spec.sink.hasErrors else { return nil }
    let settings = points.map { $0.settings.map(\.origin) }
    return LoadedDesign(
      experiment: experiment,
      identity: identity(experiment, scenario, points, settings), path: path, scenario: scenario,
      assumed: assumed,
      commands: points.map { command(for: $0, scenario) },
      responsePlaces: draft.responsePlaces.map { ($0.node.line, $0.node.column, $0.path) })
  }

  // MARK: Points

  private func points(of draft: DesignDraft, seed: UInt64, _ spec: DocumentCursor) -> [Point]? {
    if draft.kind == .points { return draft.points.map { Point(levels: $0.levels) } }
    if draft.factors.isEmpty { return [Point(levels: [])] }
    do throws(DesignError) {
      var factors: [DesignFactor] = []
      for factor in draft.factors { factors.append(try Self.designFactor(factor)) }
      let design: Design
      switch draft.kind {
      case .factorial: design = try .fullFactorial(factors)
      case .latinHypercube:
        var random = RandomStreams(seed: seed).stream("experiment.design")
        design = try .latinHypercube(factors, count: draft.count, candidates: 16, using: &random)
      case .sobol: design = try .quasiRandom(factors, count: draft.count)
      case .sobolIndices:
        guard draft.count > 1 else { throw .noPoints }
        guard draft.count * (factors.count + 2) <= Design.greatestCount else {
          throw .tooManyPoints
        }
        design = Design(
          factors: factors,
          coordinates: try SaltelliDesign.points(base: draft.count, dimensions: factors.count))
      case .points: return nil
      }
      return design.points.map { point in
        Point(levels: zip(draft.factors, point).map { Self.level(of: $0, $1) })
      }
    } catch {
      // What a factor lacks has been reported where it stands.
      if !spec.sink.hasErrors { (spec.field("design") ?? spec).error("\(error)") }
      return nil
    }
  }

  private static func designFactor(_ draft: FactorDraft) throws(DesignError) -> DesignFactor {
    guard let range = draft.range else {
      return try DesignFactor(draft.name, .levels(draft.levels.count))
    }
    return try DesignFactor(
      draft.name,
      range.isLogarithmic
        ? .logarithmic(low: range.low, high: range.high)
        : range.isWhole
          ? .whole(low: Int(range.low.rounded(.up)), high: Int(range.high.rounded(.down)))
          : .linear(low: range.low, high: range.high))
  }

  private static func level(of draft: FactorDraft, _ setting: FactorSetting) -> FactorDraft.Level {
    switch setting {
    case .level(let index): return draft.levels[index]
    case .value(let value):
      guard let range = draft.range else { preconditionFailure("only ranges give values") }
      // What is played: within the range, also if its ends are no whole numbers.
      let played =
        range.isWhole
        ? min(max(value.rounded(), range.low.rounded(.up)), range.high.rounded(.down)) : value
      let text =
        range.isWhole
        ? "\(Int(played))" : Double(String(format: "%.6g", played)).map { "\($0)" } ?? ""
      var level = draft.level(text + range.unit, draft.place)
      level.number = range.isLogarithmic ? Foundation.log(played) : played
      return level
    }
  }

  // MARK: Setups

  private func setup(
    of point: Point, _ scenario: String, _ sink: DiagnosticSink
  ) -> (ClusterSetup, LoadedScenario)? {
    var loaded = ScenarioLoader.load(scenario, models: models, settings: point.settings)
    let scheduler = loaded.readScheduler()
    loaded.checkAutoscaler()
    for diagnostic in loaded.diagnostics { sink.report(Self.placed(diagnostic, point, path)) }
    guard let read = loaded.scenario else { return nil }
    do throws(SetupLoader.BrokenAddon) {
      let setup = try SetupLoader.setup(
        read, manifests: loaded.manifests, files: loaded.commandFiles, traces: loaded.traces,
        arrivals: loaded.arrivals, scheduler: scheduler, models: models)
      return (setup, loaded)
    } catch {
      for diagnostic in error.diagnostics { sink.report(diagnostic) }
      return nil
    }
  }

  /// What is wrong with a setting is wrong where the experiment gives it.
  private static func placed(
    _ diagnostic: Diagnostic, _ point: Point, _ path: String
  ) -> Diagnostic {
    for level in point.levels {
      for setting in level.settings where setting.origin == diagnostic.file {
        var placed = diagnostic
        let node = level.place.node
        (placed.file, placed.line, placed.column) = (path, node.line, node.column)
        placed.path = level.place.path
        let about = diagnostic.path.isEmpty ? "" : "\(diagnostic.path): "
        placed.message = about + diagnostic.message
        return placed
      }
    }
    return diagnostic
  }

  private func assumed(_ loaded: LoadedScenario) -> [String] {
    guard let effective = EffectiveScenario(loaded, models: models) else { return [] }
    return effective.entries.compactMap { entry in
      switch entry.origin {
      case .model(_, let provenance) where provenance.mark == .assumed,
        .figure(_, let provenance) where provenance.mark == .assumed:
        "\(entry.path) = \(entry.value)"
      default: nil
      }
    }
  }

  private func command(for point: Point, _ scenario: String) -> String {
    let quoted = point.settings.filter { $0.object == nil }.map { setting in
      " --set '" + "\(setting.path)=\(setting.value)".replacing("'", with: "'\\''") + "'"
    }
    let edits = point.settings.filter { $0.object != nil }.map(\.origin)
    return "seatrial run \(scenario)" + quoted.joined()
      + (edits.isEmpty
        ? ""
        : "   (with \(edits.map { $0.dropFirst(6) }.joined(separator: ", ")) in its manifests)")
  }

  // MARK: Identity

  private func identity(
    _ experiment: DesignedExperiment, _ scenario: String, _ points: [Point],
    _ settings: [[String]]
  ) -> StoreIdentity {
    var design = ContentDigest()
    design.add("\(experiment.seed) \(experiment.isAntithetic)")
    for texts in settings { design.add(texts.joined(separator: "\n")) }
    var files = ContentDigest()
    files.addScenario(scenario, extra: points.flatMap(\.settings).map(\.value))
    var models = ContentDigest()
    models.addFolder(modelsFolder) { !$0.hasPrefix("scenarios/") && !$0.hasSuffix(".md") }
    return StoreIdentity(
      name: experiment.name,
      parts: [
        .init("the design", design.text), .init("the scenario and its files", files.text),
        .init("the models", models.text), .init("the program's version", version),
      ])
  }
}
