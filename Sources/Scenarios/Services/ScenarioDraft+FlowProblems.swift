import TimeUnits

extension ScenarioDraft {
  /// What flow fidelity cannot represent. It is refused with the reason: an approximation that
  /// nobody sees would be worse.
  var flowProblems: [ScenarioProblem] {
    guard fidelity == .flow else { return [] }
    guard !services.isEmpty else {
      return [
        ScenarioProblem(
          path: "spec.fidelity", message: "flow fidelity plays a pipeline, and there is none",
          suggestion: "services: [{kind: kafka, …}, {kind: cassandra, …}]")
      ]
    }
    return linkProblems + serviceFlowProblems + roleFlowProblems
  }

  private static var instead: String { "fidelity: event" }

  private var linkProblems: [ScenarioProblem] {
    faults.enumerated().compactMap { index, fault in
      guard case .link = fault.target else { return nil }
      return ScenarioProblem(
        path: "spec.faults[\(index)].link",
        message: "flow fidelity knows no cut links: what hangs until a link is whole or the read "
          + "times out is no steady state", suggestion: Self.instead)
    }
  }

  private var serviceFlowProblems: [ScenarioProblem] {
    services.enumerated().flatMap { index, service -> [ScenarioProblem] in
      var fields = FieldProblems(path: "spec.services[\(index)]")
      switch service.kind {
      case .kafka(let kafka):
        if kafka.retention > .zero, kafka.retention < .seconds(60) {
          fields.report(
            "retention",
            "messages are deleted within a minute, which is no longer than what flow fidelity "
              + "takes for a moment", Self.instead)
        }
      case .cassandra(let cassandra):
        if cassandra.perWaiting > 0 {
          fields.report(
            "perWaiting",
            "work that waiting makes longer gathers at the node that is slowest by chance, which "
              + "takes longer than the short runs of flow fidelity", Self.instead)
        }
        if cassandra.readTimeout > .zero, cassandra.readTimeout <= cassandra.downDetection {
          fields.report(
            "readTimeout",
            "reads time out before clients leave a dead node out, and flow fidelity knows no "
              + "threads that come free and hang again", "a readTimeout above downDetection")
        }
      }
      return fields.problems
    }
  }

  private var roleFlowProblems: [ScenarioProblem] {
    behaviors.flatMap { behavior -> [ScenarioProblem] in
      guard case .consumer(let consumer)? = behavior.role else { return [] }
      var fields = FieldProblems(path: "spec.behaviour.\(behavior.name).pipeline")
      if consumer.detectorThreads < consumer.consumers {
        fields.report(
          "detectorThreads",
          "fewer detector threads than consumers: who gets the next one is chance, and flow "
            + "fidelity shares a pod's threads evenly", Self.instead)
      }
      let buffer = Double(consumer.maxPollRecords) * (consumer.checkCPU + readCPU) * 2
      if buffer > maxPollInterval {
        fields.report(
          "maxPollRecords",
          "a poll's messages may take longer than maxPollInterval, and flow fidelity knows no "
            + "consumers that are put out for that", Self.instead)
      }
      return fields.problems
    }
  }

  private var readCPU: Double {
    for service in services {
      if case .cassandra(let table) = service.kind { return table.readCPU }
    }
    return 0
  }

  /// Seconds.
  private var maxPollInterval: Double {
    for service in services {
      if case .kafka(let topic) = service.kind { return topic.maxPollInterval.secondsValue }
    }
    return .infinity
  }
}
