public import TimeUnits

/// One piece of work on a message, as a tracer would have reported it when it ended.
public struct MessageSpan: Hashable, Sendable {
  /// The kinds of work, in the order in which they begin.
  public enum Stage: Int, CaseIterable, Hashable, Sendable {
    /// From send to the broker's acknowledgment.
    case send = 1
    /// From the poll's return to the hand-over to the pool.
    case consumer
    /// From a detector thread's taking the message to its being free again.
    case detector
    /// The wait for the rows of the key.
    case read
    /// The write of the new row, for which nobody waits.
    case write
  }

  /// What was done.
  public var stage: Stage
  /// When it began.
  public var start: SimulationTime
  /// When it ended; not before it began.
  public var end: SimulationTime
  /// The stage of the span that caused this one; nil for the first.
  public var parent: Stage?

  /// A span that has ended; it must not end before it starts.
  public init(stage: Stage, start: SimulationTime, end: SimulationTime, parent: Stage? = nil) {
    precondition(start <= end, "a span ends before it starts")
    self.stage = stage
    self.start = start
    self.end = end
    self.parent = parent
  }

  /// Whether the span follows from its parent rather than being a part of it.
  ///
  /// The application's hops are asynchronous: the producer's span and the consumer's have ended,
  /// or may have, when the next one starts (OpenTracing's FOLLOWS_FROM).
  public var followsFrom: Bool {
    parent != nil && (stage == .consumer || stage == .detector)
  }
}

extension MessageJourney {
  /// The spans that have ended, in the order of their stages: at most five.
  ///
  /// A span that never ended was never reported, as when a pod is killed; reads and writes belong
  /// to a check and are left out with it, so that a parent is always among the spans. The read must
  /// lie within its check, for which the thread waits.
  public var spans: [MessageSpan] {
    var spans: [MessageSpan] = []
    spans.reserveCapacity(MessageSpan.Stage.allCases.count)
    func add(
      _ stage: MessageSpan.Stage, _ start: SimulationTime?, _ end: SimulationTime?,
      parent: MessageSpan.Stage?
    ) {
      guard let start, let end else { return }
      spans.append(MessageSpan(stage: stage, start: start, end: end, parent: parent))
    }
    add(.send, produced, appended, parent: nil)
    add(.consumer, polled, submitted, parent: spans.last?.stage)
    add(.detector, started, checked, parent: spans.last?.stage)
    guard let check = spans.last, check.stage == .detector else { return spans }
    add(.read, readSent, readDone, parent: .detector)
    if let read = spans.last, read.stage == .read {
      precondition(
        check.start <= read.start && read.end <= check.end, "a read is not within its check")
    }
    add(.write, writeSent, writeDone, parent: .detector)
    return spans
  }

  /// Where a stage's work takes place: send with the producer, the rest with the consumer.
  public func place(of stage: MessageSpan.Stage) -> Place {
    stage == .send ? producer : consumer
  }
}
