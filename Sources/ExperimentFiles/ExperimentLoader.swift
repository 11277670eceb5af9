public import DetectionQuality
public import Documents
import Foundation
public import IntervalCoverage
public import PipelineCalibration
public import ScenarioFiles

/// What loading an experiment file gave.
public struct LoadedExperiment: Sendable {
  /// What there is to run, by the file's `kind`.
  public enum Experiment: Sendable {
    /// `DetectorQuality`: change detectors against truth.
    case detectorQuality(QualityExperiment)
    /// `IntervalCoverage`: confidence intervals against truth, by its name.
    case intervalCoverage(name: String, CoverageStudy)
    /// `Experiment`: a scenario at the points of a design.
    case designed(LoadedDesign)
    /// `PipelineCalibration`: published rates, and what they say of another.
    case pipelineCalibration(CalibrationPlan)
    /// `PipelineGrowth`: the cheapest pipeline for each rate.
    case pipelineGrowth(GrowthPlan)
  }

  public var path: String
  /// Nil if there is an error anywhere.
  public var experiment: Experiment?
  /// Parts that are left out as their data is not at hand, in words.
  public var skipped: [String] = []
  /// Everything there is to say about any of the files.
  public var diagnostics: [Diagnostic] = []
  /// Whether the experiment file itself is not there: exit status 66 rather than 65.
  public var isMissing = false
}

/// Reads experiment files with everything they name.
public enum ExperimentLoader {
  /// The kinds that are understood.
  enum Kind: String, CaseIterable {
    case detectorQuality = "DetectorQuality"
    case intervalCoverage = "IntervalCoverage"
    case pipelineCalibration = "PipelineCalibration"
    case pipelineGrowth = "PipelineGrowth"
    case designed = "Experiment"
  }

  /// The models that scenarios are read with, and their folder.
  public struct ModelsAtHand: Sendable {
    public var folder: String
    public var models: Models

    public init(folder: String, models: Models) {
      self.folder = folder
      self.models = models
    }
  }

  /// The words of `kind` that make a file an experiment.
  public static var kinds: [String] { Kind.allCases.map(\.rawValue) }

  /// Reads the file at `path` and its data; says everything that is wrong at once.
  ///
  /// - Parameters:
  ///   - data: the folder that paths of data count from; default `spec.data`, which itself counts
  ///     from the file's folder.
  ///   - models: what scenarios are read with; without it the points of an experiment are not made.
  ///   - version: the program's, which a store of results is made for.
  public static func load(
    _ path: String, data: String? = nil, models: ModelsAtHand? = nil, version: String = ""
  ) -> LoadedExperiment {
    var loaded = LoadedExperiment(path: path)
    let sink = DiagnosticSink()
    func report(_ message: String) {
      sink.report(
        Diagnostic(severity: .error, file: path, line: 0, column: 0, path: "", message: message))
    }
    guard let contents = FileManager.default.contents(atPath: path) else {
      loaded.isMissing = true
      report("no such file")
      loaded.diagnostics = sink.sorted
      return loaded
    }
    read(contents, data, models, version, sink, report, into: &loaded)
    loaded.diagnostics = sink.sorted
    if sink.hasErrors { loaded.experiment = nil }
    return loaded
  }

  private static func read(
    _ contents: Data, _ data: String?, _ models: ModelsAtHand?, _ version: String,
    _ sink: DiagnosticSink, _ report: (String) -> Void, into loaded: inout LoadedExperiment
  ) {
    guard let text = String(data: contents, encoding: .utf8) else {
      return report("not UTF-8 text")
    }
    let documents = DocumentReader.read(text, file: loaded.path, sink: sink)
    if sink.hasErrors { return }
    guard documents.count == 1, let document = documents.first else {
      return report("an experiment file holds one document, this one holds \(documents.count)")
    }
    let root = DocumentCursor(document, file: loaded.path, sink: sink)
    guard root.expectMapping() else { return }
    if let version = root.required("apiVersion"), let text = version.string(),
      text != "seatrial/v1"
    {
      version.error("unknown version '\(text)'", suggestion: "this is seatrial/v1")
    }
    let kind = root.required("kind")?.word(Kind.self)
    let name = self.name(root.required("metadata"))
    guard let spec = root.required("spec"), spec.expectMapping() else {
      return root.reportUnknownFields()
    }
    root.reportUnknownFields()
    let folder = (loaded.path as NSString).deletingLastPathComponent
    switch kind {
    case .designed:
      let draft = DesignReader.read(spec)
      guard let models else { return }
      loaded.experiment = DesignLoader(
        name: name ?? "", path: loaded.path, folder: folder, models: models.models,
        modelsFolder: models.folder, version: version
      ).load(draft, spec).map { .designed($0) }
    case .detectorQuality:
      var reader = DetectorQualityReader(name: name ?? "", folder: folder, data: data)
      loaded.experiment = reader.read(spec).map { .detectorQuality($0) }
      loaded.skipped = reader.skipped
    case .intervalCoverage:
      loaded.experiment = .intervalCoverage(name: name ?? "", IntervalCoverageReader.read(spec))
    case .pipelineCalibration:
      loaded.experiment = PipelineCalibrationReader.read(spec, name: name ?? "")
        .map { .pipelineCalibration($0) }
    case .pipelineGrowth:
      loaded.experiment = PipelineGrowthReader(name: name ?? "", folder: folder)
        .read(spec).map { .pipelineGrowth($0) }
    case nil: break
    }
  }

  private static func name(_ metadata: DocumentCursor?) -> String? {
    guard let metadata, metadata.expectMapping() else { return nil }
    let field = metadata.required("name")
    metadata.reportUnknownFields()
    guard let name = field?.string() else { return nil }
    let isName = name.utf8.allSatisfy {
      (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
    }
    if name.isEmpty || !isName {
      field?.error("a name has small letters, digits and dashes, not \"\(name)\"")
    }
    return name
  }
}
