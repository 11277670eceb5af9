// swift-tools-version: 6.1
import PackageDescription

// One place for the settings, so that they cannot drift between targets.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

func library(
  _ name: String, _ dependencies: [Target.Dependency] = []
) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [],
  resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: exclude, resources: resources,
    swiftSettings: settings)
}

let package = Package(
  name: "seatrial",
  dependencies: [
    // The command line: subcommands, help, usage errors. Only `seatrial` sees it.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // YAML 1.1 with line and column of every node. Only `ScenarioFiles` sees it.
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    // `Deque` for first-in-first-out queues; `Heap` as the oracle of the event queue's tests.
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    // SQLite with prepared statements, transactions and a lock for threads, for results that a
    // killed program must not lose. Only `ExperimentStore` sees it. Needs libsqlite3-dev.
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // The GNU Scientific Library as Debian ships it: all numerical code we do not write.
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),

    // Foundations: no domain, no files.
    library("TimeUnits"),
    library("Documents"),
    library("SimulationKernel", ["TimeUnits"]),
    library("Probability", ["CGSL"]),
    library("Statistics", ["CGSL", "Probability"]),
    library("QueueingTheory"),
    library("ExperimentDesign", ["CGSL"]),

    // Vocabulary: values without behavior over time.
    library("KubernetesObjects", ["TimeUnits", "Documents"]),
    library("AWSObjects", ["TimeUnits", "Documents"]),
    library("ClusterState", ["TimeUnits", "KubernetesObjects"]),
    library("Scenarios", ["TimeUnits", "Documents", "KubernetesObjects", "AWSObjects"]),

    // Decisions: pure functions, each target named after the program it follows.
    library("Kubelet", ["TimeUnits", "KubernetesObjects"]),
    library("EC2AutoScaling", ["TimeUnits", "AWSObjects"]),
    library("KubeControllers", ["TimeUnits", "KubernetesObjects"]),
    library("KubeAPIServer", ["KubernetesObjects"]),
    library("KubeScheduler", ["TimeUnits", "KubernetesObjects"]),
    // The autoscaler asks the scheduler's filters, as the real one does.
    library("ClusterAutoscaler", ["TimeUnits", "KubernetesObjects", "KubeScheduler"]),

    // Systems under load: state machines, time passed in.
    library("ServiceModel", ["TimeUnits"]),
    library("NodeModel", ["TimeUnits", "Kubelet", "ServiceModel"]),
    library("KafkaModel", ["TimeUnits"]),
    // The pipeline's own arithmetic: it could run beside a real stream.
    library("AnomalyDetector"),
    // It plays messages by the kernel's random streams, inside an event of the whole.
    library(
      "PipelineModel",
      [
        "TimeUnits", "SimulationKernel", "ServiceModel", "NetworkModel", "KafkaModel",
        "AnomalyDetector", "QueueingTheory", "Probability",
      ]),
    library("NetworkModel", ["Probability"]),
    library("CassandraModel", ["ServiceModel"]),
    // The same detector as a C loop, for benchmarks only; as fast as C is without reordering
    // what is rounded.
    .target(
      name: "CDetectorYardstick",
      cSettings: [.unsafeFlags(["-O3", "-ffp-contract=off"])]),

    // People who set it all up: a game of steps, set-backs and waits.
    library(
      "ProvisioningModel",
      ["TimeUnits", "Documents", "AWSObjects", "Probability", "Statistics"]),

    // Values with the truth about them.
    library("SyntheticStreams", ["Probability"]),

    // What happened.
    library("Traces", ["TimeUnits", "Documents", "KubernetesObjects"]),

    // Assembly: the one place that knows both the kernel and the domain.
    library(
      "ClusterSimulation",
      [
        "TimeUnits", "SimulationKernel", "Probability", "KubernetesObjects", "AWSObjects",
        "ClusterState", "Scenarios", "KubeAPIServer", "Kubelet", "KubeControllers",
        "ClusterAutoscaler", "KubeScheduler", "EC2AutoScaling", "ServiceModel", "NodeModel",
        "NetworkModel", "KafkaModel", "CassandraModel", "PipelineModel", "Traces",
        .product(name: "DequeModule", package: "swift-collections"),
      ]),

    // Edges: what leaves a run, files and people.
    library(
      "Exports",
      [
        "TimeUnits", "Documents", "AWSObjects", "KubernetesObjects", "Statistics",
        "ProvisioningModel", "Traces",
      ]),
    // The engine's speed, measured through its public interface.
    library(
      "EngineBenchmarks",
      [
        "TimeUnits", "Documents", "SimulationKernel", "Probability", "KubernetesObjects",
        "KubeScheduler", "ClusterAutoscaler", "NodeModel", "Conformance", "AnomalyDetector",
        "CDetectorYardstick", "NetworkModel", "KafkaModel", "ServiceModel", "PipelineModel",
        .product(name: "DequeModule", package: "swift-collections"),
      ]),

    // Files: the one place that knows YAML.
    library(
      "ScenarioFiles",
      [
        "TimeUnits", "Documents", "KubernetesObjects", "AWSObjects", "Scenarios", "NetworkModel",
        "ProvisioningModel",
        .product(name: "Yams", package: "Yams"),
      ]),
    // Public traces of real clusters, and the scheduler on them.
    library(
      "TraceImports",
      ["TimeUnits", "Documents", "KubernetesObjects", "AWSObjects", "KubeScheduler"]),
    // Agreement with the real programs.
    library(
      "Conformance",
      [
        "TimeUnits", "SimulationKernel", "Documents", "KubernetesObjects", "Kubelet",
        "KubeAPIServer", "KubeScheduler", "KubeControllers", "ClusterAutoscaler",
        "AnomalyDetector",
      ]),

    // Detectors against truth.
    library(
      "DetectionQuality",
      ["AnomalyDetector", "SyntheticStreams", "SimulationKernel", "Probability", "Statistics"]),
    // Intervals against known truth.
    library(
      "IntervalCoverage",
      ["Probability", "SimulationKernel", "Statistics", "QueueingTheory", "ExperimentDesign"]),
    // Published rates against the costs that nobody has published.
    library(
      "PipelineCalibration",
      ["QueueingTheory", "KafkaModel", "SimulationKernel", "Probability", "Statistics"]),
    // Labeled series as they are published.
    library("SeriesFiles", ["TimeUnits", "Documents", "AWSObjects"]),

    // Results that outlive the program that makes them.
    library("ExperimentStore", [.product(name: "GRDB", package: "GRDB.swift")]),

    // One scenario many times over.
    library(
      "Experiments",
      [
        "KubernetesObjects", "ClusterSimulation", "Scenarios", "SimulationKernel", "Statistics",
        "Traces", "ExperimentStore",
      ]),

    // From files to runs, and from runs to files.
    library(
      "RunFiles",
      [
        "Documents", "KubernetesObjects", "AWSObjects", "Scenarios", "ScenarioFiles",
        "NetworkModel", "KubeScheduler", "ClusterAutoscaler", "ClusterSimulation",
      ]),

    // From experiment files to experiments, and from results to files.
    library(
      "ExperimentFiles",
      [
        "Documents", "ScenarioFiles", "AnomalyDetector", "SyntheticStreams", "DetectionQuality",
        "SeriesFiles", "Probability", "Statistics", "SimulationKernel", "ExperimentDesign",
        "IntervalCoverage", "PipelineCalibration", "ExperimentStore", "Experiments", "RunFiles",
        "ClusterSimulation", "AWSObjects", "Traces", "KubernetesObjects", "Scenarios", "TimeUnits",
      ]),

    // The command line.
    .executableTarget(
      name: "seatrial",
      dependencies: [
        "TimeUnits", "Documents", "KubernetesObjects", "AWSObjects", "Scenarios", "Traces",
        "SimulationKernel", "KubeScheduler", "ClusterAutoscaler", "ClusterSimulation", "Exports",
        "EngineBenchmarks", "AnomalyDetector", "ProvisioningModel",
        "ScenarioFiles", "RunFiles", "Experiments", "Conformance", "TraceImports",
        "DetectionQuality", "IntervalCoverage", "PipelineCalibration", "ExperimentFiles",
        "ExperimentStore", "Statistics",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: settings),

    // Tests, in the order of what they test.
    tests(
      "SimulationKernelTests",
      ["SimulationKernel", "TimeUnits", .product(name: "HeapModule", package: "swift-collections")]),
    tests("ProbabilityTests", ["Probability", "SimulationKernel", "CGSL"]),
    tests("StatisticsTests", ["Statistics", "Probability", "SimulationKernel"]),
    tests("QueueingTheoryTests", ["QueueingTheory"]),
    tests("ExperimentDesignTests", ["ExperimentDesign", "SimulationKernel", "Statistics"]),
    tests(
      "SyntheticStreamsTests",
      ["SyntheticStreams", "Probability", "SimulationKernel", "Statistics"]),
    tests(
      "IntervalCoverageTests",
      ["IntervalCoverage", "Probability", "SimulationKernel", "Statistics"]),
    tests(
      "DetectionQualityTests",
      [
        "DetectionQuality", "AnomalyDetector", "Probability", "SyntheticStreams",
      ]),
    tests(
      "PipelineCalibrationTests",
      [
        "PipelineCalibration", "PipelineModel", "QueueingTheory", "KafkaModel", "NetworkModel",
        "SimulationKernel", "Probability", "Statistics", "TimeUnits",
      ]),
    tests("SeriesFilesTests", ["SeriesFiles", "Documents", "TimeUnits"]),
    tests(
      "ExperimentFilesTests",
      [
        "ExperimentFiles", "DetectionQuality", "IntervalCoverage", "PipelineCalibration",
        "Documents", "Statistics", "Experiments", "ExperimentStore", "TestSupport",
      ]),
    tests("ExperimentStoreTests", ["ExperimentStore"]),
    tests(
      "OracleTests",
      [
        "SimulationKernel", "Probability", "Statistics", "ServiceModel", "TimeUnits",
        .product(name: "DequeModule", package: "swift-collections"),
      ]),
    tests(
      "KubernetesObjectsTests",
      ["KubernetesObjects", "Documents", "TimeUnits", "ScenarioFiles"],
      exclude: ["Divergences.md"], resources: [.copy("Recordings")]),
    tests(
      "AWSObjectsTests",
      [
        "AWSObjects", "Documents", "TimeUnits", "Probability", "SimulationKernel", "Statistics",
        .product(name: "Yams", package: "Yams"),
      ]),
    tests("EC2AutoScalingTests", ["AWSObjects", "Documents", "EC2AutoScaling", "TimeUnits"]),
    tests(
      "ClusterAutoscalerTests",
      ["ClusterAutoscaler", "KubeScheduler", "KubernetesObjects", "TimeUnits"],
      resources: [.copy("Recordings"), .copy("Divergences.md")]),
    tests("KubeAPIServerTests", ["KubeAPIServer", "KubernetesObjects"]),
    tests(
      "KubeletTests", ["Kubelet", "KubernetesObjects", "TimeUnits"],
      resources: [.copy("Recordings")]),
    tests(
      "ExperimentsTests",
      [
        "Experiments", "ClusterSimulation", "KubernetesObjects", "Scenarios", "Traces",
        "TestSupport",
      ]),
    tests("NodeModelTests", ["NodeModel", "Kubelet", "ServiceModel", "TimeUnits"]),
    tests(
      "PipelineModelTests",
      [
        "PipelineModel", "KafkaModel", "NetworkModel", "QueueingTheory", "ServiceModel",
        "SimulationKernel", "Statistics", "TimeUnits",
      ]),
    tests("KafkaModelTests", ["KafkaModel", "SimulationKernel", "TimeUnits"]),
    tests(
      "ServiceModelTests",
      ["ServiceModel", "Probability", "SimulationKernel", "Statistics", "TimeUnits"]),
    tests("NetworkModelTests", ["NetworkModel", "SimulationKernel"]),
    tests("CassandraModelTests", ["CassandraModel", "ServiceModel", "SimulationKernel"]),
    tests(
      "AnomalyDetectorTests", ["AnomalyDetector", "SimulationKernel", "Probability"],
      resources: [.copy("Recordings")]),
    tests(
      "ProvisioningModelTests",
      [
        "ProvisioningModel", "AWSObjects", "Probability", "SimulationKernel", "Statistics",
        "TimeUnits",
      ]),
    tests(
      "KubeControllersTests", ["KubeControllers", "KubernetesObjects", "TimeUnits"],
      resources: [.copy("Recordings")]),
    tests(
      "KubeSchedulerTests",
      [
        "KubeScheduler", "Conformance", "Documents", "KubernetesObjects", "SimulationKernel",
        "TimeUnits",
      ],
      exclude: ["Divergences.md"], resources: [.copy("Recordings")]),
    tests(
      "EngineBenchmarksTests",
      [
        "EngineBenchmarks", "Documents",
        .product(name: "HeapModule", package: "swift-collections"),
      ]),
    tests(
      "ConformanceTests",
      ["Conformance", "AnomalyDetector", "Documents", "SimulationKernel", "TimeUnits"],
      resources: [.copy("Recordings")]),
    tests(
      "TraceImportsTests",
      ["TraceImports", "Documents", "KubeScheduler", "KubernetesObjects", "TimeUnits"]),
    tests(
      "RunFilesTests",
      [
        "RunFiles", "Documents", "KubeScheduler", "KubernetesObjects", "ScenarioFiles",
        "TestSupport",
      ]),
    tests("SchedulerBenchmarksTests", ["EngineBenchmarks", "Documents"]),
    tests("ScenariosTests", ["Scenarios", "AWSObjects", "KubernetesObjects", "TimeUnits"]),
    tests(
      "ScenarioFilesTests",
      [
        "ScenarioFiles", "Scenarios", "AWSObjects", "KubernetesObjects", "Documents", "TimeUnits",
        "NetworkModel",
        "ProvisioningModel",
      ]),
    .target(
      name: "TestSupport",
      dependencies: [
        "TimeUnits", "KubernetesObjects", "Documents", "Scenarios", "ScenarioFiles", "RunFiles",
        "ClusterSimulation",
      ], path: "Tests/TestSupport", swiftSettings: settings),
    tests("ClusterStateTests", ["ClusterState", "KubernetesObjects", "TimeUnits"]),
    tests("TracesTests", ["Traces", "KubernetesObjects", "TimeUnits"]),
    tests(
      "ExportsTests",
      ["Exports", "Documents", "KubernetesObjects", "SimulationKernel", "TimeUnits", "Traces"]),
    tests(
      "ClusterSimulationTests",
      [
        "ClusterSimulation", "TestSupport", "ClusterState", "KubernetesObjects", "AWSObjects",
        "Scenarios", "ScenarioFiles", "Experiments", "SimulationKernel", "TimeUnits", "Traces",
        "EC2AutoScaling",
      ]),
    tests(
      "SwarmTests",
      [
        "ClusterSimulation", "TestSupport", "ClusterState", "KubernetesObjects", "Scenarios",
        "EC2AutoScaling", "AWSObjects", "SimulationKernel", "TimeUnits", "Traces",
      ]),
    tests("TranscriptTests", ["SimulationKernel", "TestSupport"]),
    tests("RepositoryTests"),
  ]
)
