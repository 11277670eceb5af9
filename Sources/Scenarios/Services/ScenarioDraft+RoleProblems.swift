import TimeUnits

extension ScenarioDraft {
  /// What keeps containers from doing their part in the pipeline. Without services they have none.
  var roleProblems: [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    for behavior in behaviors {
      guard let role = behavior.role else { continue }
      let path = "spec.behaviour.\(behavior.name)"
      if let problem = missingServices(of: role, at: path) { found.append(problem) }
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
