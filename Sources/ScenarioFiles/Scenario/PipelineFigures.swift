import AWSObjects
import Scenarios
import TimeUnits

/// A figure of a service or a role with where its default comes from.
struct PipelineFigure {
  /// The scenario's key.
  var field: String
  var value: String
  /// Of the default; the file's own value has the file as its origin.
  var provenance: Provenance

  init(_ field: String, _ value: String, _ mark: Mark, _ source: String) {
    self.field = field
    self.value = value
    provenance = Provenance(mark, source)
  }

  init(_ field: String, _ value: Int, _ mark: Mark, _ source: String) {
    self.init(field, "\(value)", mark, source)
  }

  init(_ field: String, _ value: Double, _ mark: Mark, _ source: String) {
    self.init(field, EffectiveScenario.short(value), mark, source)
  }

  init(_ field: String, _ value: Duration, _ mark: Mark, _ source: String) {
    self.init(field, DurationText.text(for: value), mark, source)
  }

  /// Time of a core, in seconds.
  init(_ field: String, cpu: Double, _ mark: Mark, _ source: String) {
    self.init(field, DurationText.text(for: .rounded(seconds: cpu)), mark, source)
  }
}

private let application = "AnomaliaMachina 6ea72af"

extension ServiceSpec.Kind {
  /// What a scenario may leave out, in the order of the documentation.
  var figures: [PipelineFigure] {
    switch self {
    case .kafka(let kafka): kafka.figures
    case .cassandra(let cassandra): cassandra.figures
    }
  }
}

extension KafkaSpec {
  fileprivate var figures: [PipelineFigure] {
    [
      PipelineFigure("topic", topic, .fromSourceCode, application),
      PipelineFigure("partitions", partitions, .published, "Kafka 2.1, num.partitions"),
      PipelineFigure("replicationFactor", replicationFactor, .assumed, "nobody has told"),
      PipelineFigure("retention", retention, .published, "Kafka 2.1, log.retention.hours"),
      PipelineFigure("keys", keys, .fromSourceCode, application),
      PipelineFigure("outlierChance", outlierChance, .fromSourceCode, application),
      PipelineFigure(
        "assignor", assignor.rawValue, .published, "Kafka 2.1, partition.assignment.strategy"),
      PipelineFigure("sessionTimeout", sessionTimeout, .fromSourceCode, application),
      PipelineFigure(
        "heartbeatInterval", heartbeatInterval, .published, "Kafka 2.1, heartbeat.interval.ms"),
      PipelineFigure(
        "maxPollInterval", maxPollInterval, .published, "Kafka 2.1, max.poll.interval.ms"),
      PipelineFigure("appendDelay", appendDelay, .assumed, "brokers with room"),
    ]
  }
}

extension CassandraSpec {
  fileprivate var figures: [PipelineFigure] {
    [
      PipelineFigure(
        "replicationFactor", replicationFactor, .fromSourceCode, "\(application), the keyspace"),
      PipelineFigure("consistency", consistency.rawValue, .fromSourceCode, application),
      PipelineFigure("initialRows", initialRows, .assumed, "an empty table"),
      PipelineFigure(
        "readCPU", cpu: readCPU, .assumed, "within the bound that 18 000 checks/s set"),
      PipelineFigure(
        "writeCPU", cpu: writeCPU, .assumed, "within the bound that 18 000 checks/s set"),
      PipelineFigure("perConnection", perConnection, .assumed, "no such cost"),
      PipelineFigure("perWaiting", perWaiting, .assumed, "no such cost"),
      PipelineFigure("rowBytes", rowBytes, .assumed, "nobody has measured it"),
      PipelineFigure(
        "readTimeout", readTimeout, .fromSourceCode,
        "DataStax Java driver 3.5, SocketOptions.DEFAULT_READ_TIMEOUT_MILLIS"),
      PipelineFigure("downDetection", downDetection, .assumed, "nobody has told"),
    ]
  }
}

extension PipelineRole {
  /// As a scenario writes it.
  var name: String {
    switch self {
    case .consumer: "consumer"
    case .producer: "producer"
    }
  }

  /// The role of this kind with all its defaults.
  var usual: PipelineRole {
    switch self {
    case .consumer: .consumer(ConsumerRole())
    case .producer: .producer(ProducerRole())
    }
  }

  /// What a scenario may leave out, in the order of the documentation.
  var figures: [PipelineFigure] {
    switch self {
    case .consumer(let consumer): consumer.figures
    case .producer(let producer): producer.figures
    }
  }
}

extension ConsumerRole {
  fileprivate var figures: [PipelineFigure] {
    [
      PipelineFigure("consumers", consumers, .fromSourceCode, "\(application), numThreads"),
      PipelineFigure(
        "detectorThreads", detectorThreads, .fromSourceCode, "\(application), detectorThreads"),
      PipelineFigure(
        "checkCPU", cpu: checkCPU, .assumed,
        "within 0.536 ms, which 220 000 checks/s on 118 cores leave"),
      PipelineFigure("threadOverhead", threadOverhead, .assumed, "no such cost"),
      PipelineFigure("maxPollRecords", maxPollRecords, .published, "Kafka 2.1, max.poll.records"),
      PipelineFigure(
        "handOver", handsOverAtOnce ? "immediate" : "published", .fromSourceCode, application),
    ]
  }
}

extension ProducerRole {
  fileprivate var figures: [PipelineFigure] {
    [
      PipelineFigure("threads", threads, .fromSourceCode, "\(application), Dockerfile.producer"),
      PipelineFigure("perSecond", perSecond, .assumed, "nobody has told"),
      PipelineFigure("ramp", ramp, .fromSourceCode, "\(application), Dockerfile.producer"),
      PipelineFigure("load", load, .fromSourceCode, "\(application), Dockerfile.producer"),
    ]
  }
}
