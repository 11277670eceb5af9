import ClusterAutoscaler
import Documents
import KubernetesObjects
public import ScenarioFiles
import Scenarios

extension LoadedScenario {
  /// Checks the flags of cluster-autoscaler, in its Deployments and in the scenario.
  ///
  /// What is wrong joins the diagnostics, all of it at once, and an error takes the scenario away.
  public mutating func checkAutoscaler() {
    guard let era else { return }
    let release: AutoscalerRelease = era == .current ? .v1_36 : .v1_13
    var found: [Diagnostic] = []
    for (object, place) in zip(manifests.objects, manifests.places) {
      guard case .deployment(let deployment) = object else { continue }
      for container in deployment.template.value.spec.containers
      where AutoscalerImage.matches(container.image) {
        let problems = AutoscalerOptions.parse(
          container.command + container.args, release: release
        ).problems
        if problems.isEmpty { continue }
        let places = FlagPlaces(place)
        found += problems.map { problem in
          let (line, column) = places.place(of: problem.flag)
          return Self.diagnostic(
            problem, file: place.file, line: line, column: column,
            path: "Deployment \(deployment.metadata.name), container \(container.name)")
        }
      }
    }
    var options = AutoscalerOptions.defaults(for: release)
    options.cloudProvider = "aws"
    func report(_ problem: FlagProblem, _ place: SourcePlace?) {
      found.append(
        Self.diagnostic(
          problem, file: path, line: place?.line ?? 1, column: place?.column ?? 1,
          path: "spec.autoscaler.flags.\(problem.flag)"))
    }
    for flag in autoscalerFlags {
      do throws(FlagProblem) {
        if let warning = try options.set(flag.name, flag.value) { report(warning, flag.place) }
      } catch {
        report(error, flag.place)
      }
    }
    for problem in options.conflicts {
      report(problem, autoscalerFlags.first { $0.name == problem.flag }?.place)
    }
    diagnostics += found
    if found.contains(where: { $0.severity == .error }) { scenario = nil }
  }

  private static func diagnostic(
    _ problem: FlagProblem, file: String, line: Int, column: Int, path: String
  ) -> Diagnostic {
    Diagnostic(
      severity: problem.severity == .error ? .error : .warning, file: file, line: line,
      column: column, path: path, message: "--\(problem.flag): \(problem.message)",
      suggestion: problem.suggestion)
  }
}
