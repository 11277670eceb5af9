import TimeUnits

extension ScenarioDraft {
  /// What keeps containers from doing their part in the pipeline. Without services they have none.
  var roleProblems: [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    for (index, behavior) in behaviors.enumerated() {
      guard let role = behavior.role else { continue }
      let path = "spec.behaviour.\(behavior.name)"
      if let problem = missingServices(of: role, at: path) { found.append(problem) }
      if let other = unlike(role, before: index) {
        found.append(
          ScenarioProblem(
            path: path, message: "the consumers of a run are alike, and '\(other)' is another kind",
            suggestion: "the same pipeline fields for both"))
      }
      var fields = FieldProblems(path: "\(path).pipeline")
      switch role {
      case .consumer(let consumer):
        fields.atLeastOne("consumers", consumer.consumers, "a pod has at least one consumer")
        fields.atLeastOne(
          "detectorThreads", consumer.detectorThreads, "a pod has at least one detector thread")
        fields.notNegative("checkCPU", consumer.checkCPU)
        fields.notNegative("threadOverhead", consumer.threadOverhead)
        fields.atLeastOne(
          "maxPollRecords", consumer.maxPollRecords, "a poll returns at least one message")
      case .producer(let producer):
        fields.atLeastOne("threads", producer.threads, "a producer has at least one thread")
        if !(producer.perSecond > 0) || !producer.perSecond.isFinite {
          fields.report(
            "perSecond", "expected a number above 0, found \(producer.perSecond)")
        }
        fields.notNegative("ramp", producer.ramp)
        fields.notNegative("load", producer.load)
      }
      found += fields.problems
    }
    return found
  }

  /// The first consumer before an entry, if that one is a consumer too and not the same. Pods of
  /// one group that differ are not modeled.
  private func unlike(_ role: PipelineRole, before index: Int) -> String? {
    guard !services.isEmpty, case .consumer = role else { return nil }
    let first = behaviors[..<index].first { if case .consumer? = $0.role { true } else { false } }
    return first?.role == role ? nil : first?.name
  }

  private func missingServices(of role: PipelineRole, at path: String) -> ScenarioProblem? {
    guard !services.isEmpty else { return nil }
    let (word, kinds) =
      switch role {
      case .consumer: ("consumer", ["kafka", "cassandra"])
      case .producer: ("producer", ["kafka"])
      }
    let missing = kinds.filter { kind in services.allSatisfy { $0.kind.name != kind } }
    guard !missing.isEmpty else { return nil }
    return ScenarioProblem(
      path: path, message: "a \(word) needs a \(missing.joined(separator: " and a "))",
      suggestion: "spec.services: "
        + missing.map { "{kind: \($0), …}" }.joined(separator: ", "))
  }
}
