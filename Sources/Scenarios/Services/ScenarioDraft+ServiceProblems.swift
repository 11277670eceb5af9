import AWSObjects
import TimeUnits

extension ScenarioDraft {
  /// What keeps the services from being clusters that pods can use.
  var serviceProblems: [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    for (index, service) in services.enumerated() {
      var fields = FieldProblems(path: "spec.services[\(index)]")
      nameProblems(of: service, among: services[..<index], &fields)
      placeProblems(of: service, &fields)
      switch service.kind {
      case .kafka(let kafka): problems(of: kafka, on: service.nodes, &fields)
      case .cassandra(let cassandra): problems(of: cassandra, on: service.nodes, &fields)
      }
      found += fields.problems
    }
    var fields = FieldProblems(path: "spec.observability")
    if observability.traceEvery < 0 {
      fields.report("traceEvery", "expected at least 0, found \(observability.traceEvery)")
    }
    fields.longerThanZero("scrapeInterval", observability.scrapeInterval)
    return found + fields.problems
  }

  private func nameProblems(
    of service: ServiceSpec, among others: ArraySlice<ServiceSpec>, _ fields: inout FieldProblems
  ) {
    if service.name.isEmpty { fields.report("name", "the name is empty") }
    if others.contains(where: { $0.name == service.name }) {
      fields.report("name", "there is a service '\(service.name)' already")
    }
    if let other = others.first(where: { $0.kind.name == service.kind.name }) {
      fields.report(
        "kind", "there is a \(service.kind.name) already: '\(other.name)'",
        "pods use exactly one service of each kind")
    }
  }

  private func placeProblems(of service: ServiceSpec, _ fields: inout FieldProblems) {
    if service.nodes < 1 {
      fields.report(
        "nodes", "\(service.kind.name) needs at least one node, found \(service.nodes)",
        "such as 3")
    }
    if service.zones.isEmpty {
      fields.report(
        "zones", "a service needs at least one zone", "such as [\(service.region)a]")
    }
    for (position, name) in service.zones.enumerated() {
      let zone = AvailabilityZone(name)
      if !zone.isWellFormed || zone.region.name != service.region {
        fields.report(
          "zones[\(position)]", "'\(name)' is not a zone of \(service.region)",
          "such as \(service.region)a")
      } else if service.zones[..<position].contains(name) {
        fields.report("zones[\(position)]", "'\(name)' is there twice")
      }
    }
  }

  /// More than any cluster has: each takes memory of the run.
  private static let partitionLimit = 200_000
  /// `KafkaModel` keeps the replicas in sync as the bits of a word.
  private static let replicaLimit = 64

  private func problems(
    of kafka: KafkaSpec, on nodes: Int, _ fields: inout FieldProblems
  ) {
    if kafka.topic.isEmpty { fields.report("topic", "the name is empty") }
    fields.atLeastOne("partitions", kafka.partitions, "a topic has at least one partition")
    if kafka.partitions > Self.partitionLimit {
      fields.report(
        "partitions",
        "this program plays at most \(Self.partitionLimit) partitions, found "
          + "\(kafka.partitions)")
    }
    fields.atLeastOne(
      "replicationFactor", kafka.replicationFactor, "a partition has at least one copy")
    if nodes >= 1, kafka.replicationFactor > nodes {
      // Kafka's own words (InvalidReplicationFactorException, Kafka 2.1).
      fields.report(
        "replicationFactor",
        "Replication factor: \(kafka.replicationFactor) larger than available brokers: \(nodes).",
        "nodes: \(kafka.replicationFactor), or replicationFactor: \(nodes)")
    } else if kafka.replicationFactor > Self.replicaLimit {
      fields.report(
        "replicationFactor",
        "this program plays at most \(Self.replicaLimit) copies, found "
          + "\(kafka.replicationFactor)")
    }
    fields.longerThanZero("retention", kafka.retention)
    fields.atLeastOne("keys", kafka.keys, "messages have at least one key")
    if !(0...1).contains(kafka.outlierChance) {
      fields.report(
        "outlierChance", "a probability is from 0 to 1, found \(kafka.outlierChance)")
    }
    fields.longerThanZero("sessionTimeout", kafka.sessionTimeout)
    fields.longerThanZero("heartbeatInterval", kafka.heartbeatInterval)
    fields.longerThanZero("maxPollInterval", kafka.maxPollInterval)
    fields.notNegative("appendDelay", kafka.appendDelay)
    if kafka.sessionTimeout > .zero, kafka.heartbeatInterval >= kafka.sessionTimeout {
      fields.report(
        "heartbeatInterval",
        "\(DurationText.text(for: kafka.heartbeatInterval)) is not below the session timeout of "
          + DurationText.text(for: kafka.sessionTimeout),
        "a third of it: \(DurationText.text(for: kafka.sessionTimeout / 3))")
    }
    loadProblems(of: kafka, &fields)
  }

  private func loadProblems(of kafka: KafkaSpec, _ fields: inout FieldProblems) {
    for (index, step) in kafka.load.enumerated() {
      fields.notNegative("load[\(index)].rate", step.perSecond)
      if let problem = timeProblem(step.at) { fields.report("load[\(index)].at", problem) }
      guard index > 0 else { continue }
      let before = kafka.load[index - 1].at
      if step.at <= before {
        fields.report(
          "load[\(index)].at",
          "\(DurationText.text(for: .nanoseconds(step.at.nanoseconds))) is not after "
            + DurationText.text(for: .nanoseconds(before.nanoseconds)),
          "the steps of a load are in the order of time")
      }
    }
  }

  private func problems(
    of cassandra: CassandraSpec, on nodes: Int, _ fields: inout FieldProblems
  ) {
    let copies = cassandra.replicationFactor
    fields.atLeastOne("replicationFactor", copies, "a row has at least one copy")
    if nodes >= 1, copies > nodes {
      fields.report(
        "replicationFactor",
        "replication factor \(copies) is higher than the number of nodes \(nodes): "
          + "a node holds one replica of a row at most",
        "nodes: \(copies), or replicationFactor: \(nodes)")
    }
    let needed = cassandra.consistency.required(of: copies)
    if copies >= 1, needed > copies {
      fields.report(
        "consistency",
        "Cannot achieve consistency level \(cassandra.consistency.rawValue): it needs \(needed) "
          + "replicas, a row has \(copies)", "replicationFactor: \(needed), or consistency: ONE")
    }
    if cassandra.rowBytes > 1e9 {
      fields.report("rowBytes", "a row has at most 1e9 bytes, found \(cassandra.rowBytes)")
    }
    if cassandra.initialRows < 0 {
      fields.report("initialRows", "expected at least 0, found \(cassandra.initialRows)")
    }
    for (field, value) in [
      ("readCPU", cassandra.readCPU), ("writeCPU", cassandra.writeCPU),
      ("perConnection", cassandra.perConnection), ("perWaiting", cassandra.perWaiting),
      ("rowBytes", cassandra.rowBytes),
    ] { fields.notNegative(field, value) }
    fields.longerThanZero("readTimeout", cassandra.readTimeout)
    fields.notNegative("downDetection", cassandra.downDetection)
  }
}
