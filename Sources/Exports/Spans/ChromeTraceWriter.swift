import Documents
public import TimeUnits
public import Traces

/// Sampled messages in the Chrome trace event format, for Perfetto and `chrome://tracing`.
///
/// A process is a pod, a thread one row of a stage's spans: as many rows as spans overlap. Arrows
/// lead from a message's send to its consumer and its detector. Times are microseconds of simulated
/// time from the run's start, exact to the nanosecond; calendar time would lose digits in the
/// reader's floating point. Form: the Chromium project's document "Trace Event Format".
public struct ChromeTraceWriter: Sendable {
  /// The calendar time of the run's start, for the file's head.
  public var start: CalendarTime

  /// A writer for a run that starts at `start`.
  public init(start: CalendarTime) { self.start = start }

  /// Writes one JSON document, an event at a time.
  ///
  /// - Complexity: O(*n* log *n*) in the journeys; memory for a few words a span.
  public func write(_ journeys: [MessageJourney], to sink: inout some TextOutputStream) {
    let layout = ChromeTraceLayout(journeys)
    var events = ChromeTraceEvents()
    events.begin(start: start, to: &sink)
    for process in layout.processes {
      events.name(process, to: &sink)
    }
    for (index, journey) in journeys.enumerated() {
      let spans = journey.spans
      let hops = spans.prefix { $0.stage != .read && $0.stage != .write }
      for (place, span) in spans.enumerated() {
        let ids = layout.ids(of: span.stage, journey, index: index)
        events.span(span, of: journey, ids, to: &sink)
        // The arrow stands behind its span and before the span's parts: readers tie it to the
        // innermost span that is open.
        if hops.count > 1, place < hops.count {
          let phase = place == 0 ? "s" : place == hops.count - 1 ? "f" : "t"
          events.arrow(phase, of: journey, at: span.start, ids, to: &sink)
        }
      }
    }
    events.end(to: &sink)
  }
}

/// The events of one file, a line each.
private struct ChromeTraceEvents {
  private var json = JSONWriter()
  private var text = TextChunks()
  private var separator = "\n"

  mutating func begin(start: CalendarTime, to sink: inout some TextOutputStream) {
    json.removeAll()
    json.object { $0.field("start", start.rfc3339) }
    text.write(
      #"{"displayTimeUnit":"ms","otherData":"# + json.text + #","traceEvents":["#, to: &sink)
  }

  mutating func end(to sink: inout some TextOutputStream) {
    text.write("]}\n", to: &sink)
    text.flush(to: &sink)
  }

  /// The names of a pod and of its rows, and their order on the page.
  mutating func name(_ process: ChromeTraceLayout.Process, to sink: inout some TextOutputStream) {
    metadata("process_name", process.id, to: &sink) {
      $0.field("name", process.place.pod ?? "outside")
    }
    metadata("process_sort_index", process.id, to: &sink) { $0.field("sort_index", process.id) }
    if let node = process.place.node {
      metadata("process_labels", process.id, to: &sink) { $0.field("labels", node) }
    }
    for thread in process.threads {
      metadata("thread_name", process.id, thread.id, to: &sink) { $0.field("name", thread.name) }
      metadata("thread_sort_index", process.id, thread.id, to: &sink) {
        $0.field("sort_index", thread.id)
      }
    }
  }

  mutating func span(
    _ span: MessageSpan, of journey: MessageJourney, _ ids: (Int, Int),
    to sink: inout some TextOutputStream
  ) {
    event("X", span.stage.spanName, ids.0, ids.1, to: &sink) { json in
      json.field("cat", "message")
      json.microseconds("ts", span.start.nanoseconds)
      json.microseconds("dur", span.end.nanoseconds - span.start.nanoseconds)
      json.field("args", object: { arguments(of: span.stage, journey, to: &$0) })
    }
  }

  mutating func arrow(
    _ phase: String, of journey: MessageJourney, at time: SimulationTime, _ ids: (Int, Int),
    to sink: inout some TextOutputStream
  ) {
    event(phase, "message", ids.0, ids.1, to: &sink) { json in
      json.field("cat", "message")
      json.field("id", journey.number)
      json.microseconds("ts", time.nanoseconds)
      // Without it an arrow's end goes to the next span of the thread.
      if phase == "f" { json.field("bp", "e") }
    }
  }

  private mutating func metadata(
    _ name: String, _ process: Int, _ thread: Int? = nil, to sink: inout some TextOutputStream,
    arguments: (inout JSONWriter) -> Void
  ) {
    event("M", name, process, thread, to: &sink) { $0.field("args", object: arguments) }
  }

  private mutating func event(
    _ phase: String, _ name: String, _ process: Int, _ thread: Int?,
    to sink: inout some TextOutputStream, rest: (inout JSONWriter) -> Void
  ) {
    json.removeAll()
    json.object { json in
      json.field("ph", phase)
      json.field("name", name)
      json.field("pid", process)
      if let thread { json.field("tid", thread) }
      rest(&json)
    }
    text.write(separator, to: &sink)
    text.write(json.text, to: &sink)
    separator = ",\n"
  }
}

private func arguments(
  of stage: MessageSpan.Stage, _ journey: MessageJourney, to json: inout JSONWriter
) {
  json.field("message", journey.number)
  json.field("key", journey.key)
  switch stage {
  case .send, .consumer:
    json.field("topic", journey.topic)
    if let partition = journey.partition { json.field("partition", partition) }
    if let offset = journey.offset { json.field("offset", offset) }
  case .detector:
    guard let outcome = journey.outcome else { return }
    json.field("ran", outcome.ran)
    json.field("anomaly", outcome.anomaly)
    json.field("rows", outcome.rows)
  case .read:
    if let outcome = journey.outcome { json.field("rows", outcome.rows) }
  case .write: break
  }
}

extension JSONWriter {
  /// Nanoseconds as microseconds with up to three decimals; exact for 104 days (2^53 ns).
  fileprivate mutating func microseconds(_ name: String, _ nanoseconds: Int64) {
    field(name, Double(nanoseconds) / 1000)
  }
}
