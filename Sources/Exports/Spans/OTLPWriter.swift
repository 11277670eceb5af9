import Documents
public import TimeUnits
public import Traces

/// Sampled messages as OpenTelemetry spans: one ExportTraceServiceRequest in OTLP's JSON form.
///
/// What a collector takes at `/v1/traces`, Jaeger's own among them, and what Jaeger's page reads as
/// a file. Form: opentelemetry-proto 1.x, JSON encoding (hexadecimal ids, enumerations as numbers,
/// 64-bit integers as text). Attribute names: semantic conventions 1.27.0.
///
/// The application's hops are FOLLOWS_FROM references. OpenTelemetry has none, so such a span has
/// its cause both as parent and as a link with `opentracing.ref_type`: the parent makes Jaeger draw
/// one tree of a message, the link becomes Jaeger's FOLLOWS_FROM.
public struct OTLPWriter: Sendable {
  /// As the application calls itself.
  public static let serviceName = "AnomaliaMachina"

  /// The calendar time of the run's start.
  public var start: CalendarTime
  /// How ids come from message numbers.
  public var identity: SpanIdentity
  /// The consumers' group. Default `AnomaliaConsumer`, as in the application.
  public var consumerGroup: String

  /// A writer for a run that starts at `start`.
  public init(
    start: CalendarTime, identity: SpanIdentity = SpanIdentity(),
    consumerGroup: String = "AnomaliaConsumer"
  ) {
    self.start = start
    self.identity = identity
    self.consumerGroup = consumerGroup
  }

  /// Writes one JSON document, a span at a time.
  ///
  /// Spans stand below their pod, pods in the order in which they first appear.
  /// - Complexity: O(*n*) in the journeys; memory for one index a journey and pod.
  public func write(_ journeys: [MessageJourney], to sink: inout some TextOutputStream) {
    var json = JSONWriter()
    var text = TextChunks()
    text.write(#"{"resourceSpans":["#, to: &sink)
    for (index, resource) in resources(of: journeys).enumerated() {
      json.removeAll()
      json.object { $0.field("attributes", array: { attributes(of: resource.place, to: &$0) }) }
      text.write((index == 0 ? "" : ",") + #"{"resource":"# + json.text, to: &sink)
      text.write(#","scopeSpans":[{"scope":{"name":"seatrial"},"spans":["#, to: &sink)
      var separator = "\n"
      for index in resource.journeys {
        let journey = journeys[index]
        for span in journey.spans where journey.place(of: span.stage) == resource.place {
          json.removeAll()
          write(span, of: journey, to: &json)
          text.write(separator, to: &sink)
          text.write(json.text, to: &sink)
          separator = ",\n"
        }
      }
      text.write(#"],"schemaUrl":"https://opentelemetry.io/schemas/1.27.0"}]}"#, to: &sink)
    }
    text.write("]}\n", to: &sink)
    text.flush(to: &sink)
  }

  private struct Resource {
    var place: MessageJourney.Place
    var journeys: [Int] = []
  }

  private func resources(of journeys: [MessageJourney]) -> [Resource] {
    var resources: [Resource] = []
    var places: [MessageJourney.Place: Int] = [:]
    for (index, journey) in journeys.enumerated() {
      for span in journey.spans {
        let place = journey.place(of: span.stage)
        let at = places[place] ?? resources.count
        if at == resources.count {
          places[place] = at
          resources.append(Resource(place: place))
        }
        if resources[at].journeys.last != index { resources[at].journeys.append(index) }
      }
    }
    return resources
  }

  private func attributes(of place: MessageJourney.Place, to json: inout JSONWriter) {
    json.attribute("service.name", Self.serviceName)
    json.attribute("service.instance.id", place.pod ?? "outside")
    if let pod = place.pod { json.attribute("k8s.pod.name", pod) }
    if let node = place.node { json.attribute("k8s.node.name", node) }
  }

  private func write(
    _ span: MessageSpan, of journey: MessageJourney, to json: inout JSONWriter
  ) {
    let trace = identity.trace(journey.number)
    json.object { json in
      json.field("traceId", trace)
      json.field("spanId", identity.span(journey.number, span.stage))
      if let parent = span.parent {
        json.field("parentSpanId", identity.span(journey.number, parent))
      }
      json.field("name", span.stage.spanName)
      json.field("kind", span.stage.spanKind)
      json.field("startTimeUnixNano", unixNanoseconds(span.start))
      json.field("endTimeUnixNano", unixNanoseconds(span.end))
      json.field("attributes", array: { attributes(of: span, journey, to: &$0) })
      if let parent = span.parent, span.followsFrom {
        json.field(
          "links",
          array: { list in
            list.object { link in
              link.field("traceId", trace)
              link.field("spanId", identity.span(journey.number, parent))
              link.field(
                "attributes", array: { $0.attribute("opentracing.ref_type", "follows_from") })
            }
          })
      }
    }
  }

  // Text: a JSON number of this size loses its last digits in most readers.
  private func unixNanoseconds(_ time: SimulationTime) -> String {
    String(start.unixSeconds * 1_000_000_000 + time.nanoseconds)
  }
}
