import Documents

/// The controllers of kube-controller-manager (`workload/` and `node/`): one row a case.
struct ControllerSuite: ConformanceSuite {
  let kind: String
  /// What the recording's own `case.kind` says.
  let recordedKind: String

  static let workload = ControllerSuite(kind: "workload", recordedKind: "wlk")
  static let node = ControllerSuite(kind: "node", recordedKind: "node")

  func recognizes(_ recording: DocumentNode) -> Bool {
    recording["case"]?["kind"]?.scalarText == recordedKind && recording["timeline"] != nil
  }

  func judge(_ recording: DocumentNode) -> CaseVerdict {
    var verdict = CaseVerdict()
    verdict.count(WorkloadSuite.firstDifference(recording))
    return verdict
  }
}
