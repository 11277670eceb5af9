import Foundation
import Testing

/// Who may import whom: the layering as data.
@Suite struct ImportTests {
  /// What each target may import of ours, and of others beside the standard library.
  static let allowed: [String: Set<String>] = [
    "TimeUnits": [],
    "Documents": [],
    "SimulationKernel": ["TimeUnits"],
    "Probability": ["CGSL"],
    "Statistics": ["CGSL", "Probability"],
    "QueueingTheory": ["Glibc"],
    "ExperimentDesign": ["CGSL"],
    "KubernetesObjects": ["TimeUnits", "Documents"],
    "AWSObjects": ["TimeUnits", "Documents"],
    "ClusterState": ["TimeUnits", "KubernetesObjects"],
    "Scenarios": ["TimeUnits", "Documents", "KubernetesObjects", "AWSObjects"],
    "KubeAPIServer": ["TimeUnits", "KubernetesObjects"],
    "KubeScheduler": ["TimeUnits", "KubernetesObjects", "Glibc"],
    "ClusterAutoscaler": ["TimeUnits", "KubernetesObjects", "KubeScheduler", "Glibc"],
    "KubeControllers": ["TimeUnits", "KubernetesObjects"],
    "Kubelet": ["TimeUnits", "KubernetesObjects", "Glibc"],
    "EC2AutoScaling": ["TimeUnits", "AWSObjects"],
    "ServiceModel": ["TimeUnits"],
    "NodeModel": ["TimeUnits", "Kubelet", "ServiceModel"],
    "KafkaModel": ["TimeUnits"],
    "AnomalyDetector": [],
    "PipelineModel": [
      "TimeUnits", "SimulationKernel", "ServiceModel", "NetworkModel", "KafkaModel",
      "AnomalyDetector", "Probability", "QueueingTheory", "Glibc",
    ],
    "NetworkModel": ["Probability", "Glibc"],
    "CassandraModel": ["ServiceModel", "Glibc"],
    "ProvisioningModel": ["TimeUnits", "Documents", "AWSObjects", "Probability", "Statistics"],
    "Traces": ["TimeUnits", "Documents", "KubernetesObjects"],
    "ClusterSimulation": [
      "TimeUnits", "SimulationKernel", "Probability", "KubernetesObjects", "AWSObjects",
      "ClusterState", "Scenarios", "KubeAPIServer", "KubeScheduler", "KubeControllers", "Kubelet",
      "ClusterAutoscaler",
      "EC2AutoScaling", "ServiceModel", "NodeModel", "NetworkModel", "KafkaModel",
      "CassandraModel", "PipelineModel", "Traces", "DequeModule",
    ],
    "Experiments": [
      "KubernetesObjects", "ClusterSimulation", "Scenarios", "SimulationKernel", "Statistics",
      "Traces", "ExperimentStore", "Dispatch", "Synchronization",
    ],
    "ExperimentStore": ["GRDB", "Foundation", "Synchronization"],
    "Exports": [
      "TimeUnits", "Documents", "AWSObjects", "KubernetesObjects", "Statistics",
      "ProvisioningModel", "Traces",
    ],
    "SyntheticStreams": ["Probability", "Glibc"],
    "DetectionQuality": [
      "AnomalyDetector", "SyntheticStreams", "SimulationKernel", "Probability", "Statistics",
      "Dispatch", "Synchronization", "Glibc",
    ],
    "IntervalCoverage": [
      "Probability", "SimulationKernel", "Statistics", "QueueingTheory", "ExperimentDesign",
      "Dispatch", "Synchronization", "Glibc",
    ],
    "PipelineCalibration": [
      "QueueingTheory", "KafkaModel", "SimulationKernel", "Probability", "Statistics", "Dispatch",
      "Synchronization", "Glibc",
    ],
    "SeriesFiles": ["TimeUnits", "Documents", "AWSObjects"],
    "ExperimentFiles": [
      "Documents", "ScenarioFiles", "AnomalyDetector", "SyntheticStreams", "DetectionQuality",
      "IntervalCoverage", "PipelineCalibration", "TimeUnits",
      "SeriesFiles", "Probability", "Statistics", "SimulationKernel", "ExperimentDesign",
      "ExperimentStore", "Experiments", "RunFiles", "ClusterSimulation", "AWSObjects", "Traces",
      "KubernetesObjects", "Scenarios", "Foundation",
    ],
    "EngineBenchmarks": [
      "TimeUnits", "Documents", "SimulationKernel", "Probability", "KubernetesObjects",
      "KubeScheduler", "ClusterAutoscaler", "NodeModel", "Conformance", "AnomalyDetector",
      "CDetectorYardstick", "NetworkModel", "KafkaModel", "ServiceModel", "PipelineModel",
      "DequeModule", "Glibc",
    ],
    "ScenarioFiles": [
      "TimeUnits", "Documents", "KubernetesObjects", "AWSObjects", "Scenarios", "NetworkModel",
      "ProvisioningModel", "Yams", "Foundation",
    ],
    "Conformance": [
      "TimeUnits", "SimulationKernel", "Documents", "KubernetesObjects", "Kubelet",
      "KubeAPIServer", "KubeScheduler", "KubeControllers", "ClusterAutoscaler",
      "AnomalyDetector", "Foundation",
    ],
    "TraceImports": [
      "TimeUnits", "Documents", "KubernetesObjects", "AWSObjects", "KubeScheduler", "Glibc",
    ],
    "RunFiles": [
      "TimeUnits", "Documents", "KubernetesObjects", "AWSObjects", "Scenarios", "ScenarioFiles",
      "NetworkModel", "KubeScheduler", "ClusterAutoscaler", "ClusterSimulation", "Foundation",
    ],
  ]

  @Test("no target imports what its layer may not see", arguments: allowed.keys.sorted())
  func imports(target: String) throws {
    let folder = Repository.root + "/Sources/" + target
    let files = Repository.swiftFiles(below: folder)
    #expect(!files.isEmpty)
    for file in files {
      for module in Repository.imports(of: file) {
        #expect(
          Self.allowed[target]!.contains(module), "\(file.dropFirst(folder.count + 1)): \(module)")
      }
    }
  }

  @Test("every target has a row in the table")
  func complete() throws {
    let targets = try FileManager.default.contentsOfDirectory(atPath: Repository.root + "/Sources")
    for target in targets where !["CGSL", "CDetectorYardstick", "seatrial"].contains(target) {
      #expect(Self.allowed[target] != nil, "\(target)")
    }
  }
}
