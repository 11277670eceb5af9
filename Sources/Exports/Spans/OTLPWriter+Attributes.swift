import Documents
import Traces

extension OTLPWriter {
  /// What a span says of itself, by the semantic conventions 1.27.0 for Kafka and Cassandra; what
  /// they have no name for begins with `anomalia_machina`.
  func attributes(
    of span: MessageSpan, _ journey: MessageJourney, to json: inout JSONWriter
  ) {
    switch span.stage {
    case .send, .consumer: messaging(span.stage, journey, to: &json)
    case .detector:
      json.attribute("anomalia_machina.message.number", journey.number)
      json.attribute("anomalia_machina.key", journey.key)
      if let outcome = journey.outcome {
        json.attribute("anomalia_machina.detector.ran", outcome.ran)
        json.attribute("anomalia_machina.anomaly", outcome.anomaly)
        json.attribute("anomalia_machina.rows", Int64(outcome.rows))
      }
    case .read:
      json.attribute("db.system", "cassandra")
      json.attribute("db.operation.name", "SELECT")
      if let outcome = journey.outcome {
        json.attribute("anomalia_machina.rows", Int64(outcome.rows))
      }
    case .write:
      json.attribute("db.system", "cassandra")
      json.attribute("db.operation.name", "INSERT")
    }
  }

  private func messaging(
    _ stage: MessageSpan.Stage, _ journey: MessageJourney, to json: inout JSONWriter
  ) {
    json.attribute("messaging.system", "kafka")
    json.attribute("messaging.destination.name", journey.topic)
    json.attribute("messaging.operation.name", stage == .send ? "send" : "process")
    json.attribute("messaging.operation.type", stage == .send ? "publish" : "process")
    if stage == .consumer { json.attribute("messaging.consumer.group.name", consumerGroup) }
    if let partition = journey.partition {
      json.attribute("messaging.destination.partition.id", String(partition))
    }
    if let offset = journey.offset { json.attribute("messaging.kafka.offset", offset) }
    json.attribute("messaging.kafka.message.key", String(journey.key))
    json.attribute("anomalia_machina.message.number", journey.number)
  }
}

extension MessageSpan.Stage {
  /// `consumer` and `detector` as the application names them; the others in its manner.
  var spanName: String {
    switch self {
    case .send: "send"
    case .consumer: "consumer"
    case .detector: "detector"
    case .read: "cassandra read"
    case .write: "cassandra write"
    }
  }

  /// The number of opentelemetry-proto's `Span.SpanKind`.
  var spanKind: Int {
    switch self {
    case .detector: 1  // INTERNAL
    case .read, .write: 3  // CLIENT
    case .send: 4  // PRODUCER
    case .consumer: 5  // CONSUMER
    }
  }
}

extension JSONWriter {
  /// An element of a list of attributes.
  mutating func attribute(_ key: String, _ value: String) {
    attribute(key) { $0.field("stringValue", value) }
  }

  /// As text, by proto3's JSON form of 64-bit integers.
  mutating func attribute(_ key: String, _ value: Int64) {
    attribute(key) { $0.field("intValue", String(value)) }
  }

  mutating func attribute(_ key: String, _ value: Bool) {
    attribute(key) { $0.field("boolValue", value) }
  }

  private mutating func attribute(_ key: String, value: (inout JSONWriter) -> Void) {
    object { json in
      json.field("key", key)
      json.field("value", object: value)
    }
  }
}
