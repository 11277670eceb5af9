import KafkaModel
import TimeUnits

/// Something of a scenario that a flow cannot represent. It is refused, as an approximation that
/// nobody sees is worse than none.
public struct FlowRefusal: Hashable, Sendable {
  /// The part of the scenario, as `FlowRefusal.Subject` names it.
  public var subject: Subject
  /// The reason, in a sentence.
  public var message: String

  public enum Subject: String, Hashable, Sendable {
    case link, perWaiting, pollInterval, readTimeout, retention, threads
  }

  init(_ subject: Subject, _ message: String) {
    self.subject = subject
    self.message = message
  }

  /// A link between regions is cut.
  public static let cutLink = FlowRefusal(
    .link,
    "flow fidelity knows no cut links: what hangs until the link is whole or the read times out "
      + "is not a steady state; use event fidelity")

  /// What of a pipeline's settings has no steady state that a flow knows.
  public static func refusals(of settings: PipelineSettings) -> [FlowRefusal] {
    var found: [FlowRefusal] = []
    let pod = settings.pod
    // The slowest that a buffer is worked off, with every thread waiting for one core.
    let buffer = Double(pod.maxPollRecords) * (pod.checkCPU + settings.costs.read)
    if buffer * 2 > settings.group.maxPollInterval.secondsValue {
      found.append(
        FlowRefusal(
          .pollInterval,
          "a poll's messages may take longer than max.poll.interval.ms, and flow fidelity knows no "
            + "consumers that are put out for that; use event fidelity"))
    }
    if settings.readTimeout <= settings.downDetection {
      found.append(
        FlowRefusal(
          .readTimeout,
          "reads time out before clients leave a dead node out, and flow fidelity knows no threads "
            + "that come free and hang again; use event fidelity"))
    }
    if settings.retention.secondsValue < 60 {
      found.append(
        FlowRefusal(
          .retention,
          "messages are deleted within a minute, which is no longer than what flow fidelity takes "
            + "for a moment; use event fidelity"))
    }
    if settings.costs.perWaiting > 0 {
      found.append(
        FlowRefusal(
          .perWaiting,
          "work that waiting makes longer gathers at the node that is slowest by chance, which "
            + "takes longer than the short runs of flow fidelity; use event fidelity"))
    }
    if pod.detectorThreads < pod.consumers {
      found.append(
        FlowRefusal(
          .threads,
          "fewer detector threads than consumers: who gets the next thread is chance, and flow "
            + "fidelity shares a pod's threads evenly; use event fidelity"))
    }
    return found
  }
}
