import AWSObjects
import Documents
import Scenarios
import TimeUnits

/// What the pods talk to, what of it breaks, and what of it is watched.
extension ScenarioReader {
  func readPipeline(_ spec: DocumentCursor, into draft: inout ScenarioDraft) {
    if let cursor = spec.field("services") {
      draft.services = services(cursor, in: draft.cloud.region)
    }
    draft.faults = spec.field("faults").map(faults) ?? []
    if let cursor = spec.field("observability"), cursor.expectMapping() {
      if let count = cursor.field("traceEvery")?.count() { draft.observability.traceEvery = count }
      if let span = cursor.field("scrapeInterval")?.duration() {
        draft.observability.scrapeInterval = span
      }
      cursor.reportUnknownFields()
    }
    if draft.services.isEmpty { warnOfIdleRoles(spec) }
  }

  /// A role that a model brings is no mistake without services; one that is written may be.
  private func warnOfIdleRoles(_ spec: DocumentCursor) {
    guard let behaviors = spec.field("behaviour") ?? spec.field("behavior"),
      behaviors.node.entries != nil
    else { return }
    for (_, behavior) in behaviors.entries() {
      behavior.field("pipeline")?.warning(
        "without spec.services no pipeline is played",
        suggestion: "services: [{kind: kafka, …}, {kind: cassandra, …}]")
    }
  }

  private enum KindWord: String, CaseIterable {
    case kafka
    case cassandra
  }

  /// Whether a problem is one of a kind that was only put in for what could not be read.
  static func standsIn(_ problem: ScenarioProblem, in document: DocumentNode) -> Bool {
    guard let services = document["spec"]?["services"]?.elements else { return false }
    return services.indices.contains { index in
      problem.path == "spec.services[\(index)].kind"
        && KindWord(rawValue: services[index]["kind"]?.scalarText ?? "") == nil
    }
  }

  /// One for each element of the list, so that complaints find their place.
  private func services(_ cursor: DocumentCursor, in region: Region) -> [ServiceSpec] {
    let elements = cursor.elements()
    let kinds = elements.map { element in
      element.expectMapping() ? element.required("kind")?.word(KindWord.self) : nil
    }
    // A kind that cannot be read stands for one that is missing, so that nothing is said of that.
    var absent = KindWord.allCases.filter { !kinds.contains($0) }
    return zip(elements, kinds).enumerated().map { index, pair in
      let (element, kind) = pair
      guard let kind else {
        let standIn = absent.isEmpty ? KindWord.kafka : absent.removeFirst()
        return unread(element, index, standIn, in: region)
      }
      let (common, nodes) = common(element, index, in: region)
      var service = common
      switch kind {
      case .kafka: service.kind = .kafka(kafka(element))
      case .cassandra: service.kind = .cassandra(cassandra(element))
      }
      // Without a number of nodes nothing is held against it.
      service.nodes = nodes ?? Int(Int32.max)
      element.reportUnknownFields()
      return service
    }
  }

  /// What stands in for a service whose kind is not known: nothing of it is wrong beside that.
  private func unread(
    _ element: DocumentCursor, _ index: Int, _ kind: KindWord, in region: Region
  ) -> ServiceSpec {
    ServiceSpec(
      name: element.node["name"]?.scalarText ?? "services[\(index)]", region: region.name,
      zones: ["\(region)a"], nodes: Int(Int32.max), instanceType: "",
      kind: kind == .kafka ? .kafka(KafkaSpec()) : .cassandra(CassandraSpec()))
  }

  private func common(
    _ cursor: DocumentCursor, _ index: Int, in cloud: Region
  ) -> (ServiceSpec, nodes: Int?) {
    let name = cursor.required("name")?.string() ?? "services[\(index)]"
    let region = cursor.field("region")?.string() ?? cloud.name
    var zones = ["a", "b", "c"].map { region + $0 }
    if let given = cursor.field("zones") {
      zones = given.elements().map { $0.string() ?? "\(region)a" }
      if given.node.elements == nil { zones = ["\(region)a"] }
    }
    let nodes = cursor.required("nodes")?.count()
    let type = cursor.required("instanceType")
    if type?.node.scalarText?.isEmpty == true { type?.error("the name is empty") }
    let service = ServiceSpec(
      name: name, region: region, zones: zones, nodes: 0, instanceType: type?.string() ?? "",
      kind: .kafka(KafkaSpec()), place: place(of: cursor))
    return (service, nodes)
  }

  private func kafka(_ cursor: DocumentCursor) -> KafkaSpec {
    var kafka = KafkaSpec()
    if let topic = cursor.field("topic")?.string() { kafka.topic = topic }
    if let count = cursor.field("partitions")?.count() { kafka.partitions = count }
    if let field = cursor.field("replicationFactor") {
      kafka.replicationFactor = field.count() ?? 1
    }
    if let span = cursor.field("retention")?.duration() { kafka.retention = span }
    if let count = cursor.field("keys")?.count() { kafka.keys = count }
    if let chance = cursor.field("outlierChance")?.nonNegative() { kafka.outlierChance = chance }
    if let word = cursor.field("assignor")?.word(KafkaSpec.Assignor.self) {
      kafka.assignor = word
    }
    if let span = cursor.field("sessionTimeout")?.duration() { kafka.sessionTimeout = span }
    if let span = cursor.field("heartbeatInterval")?.duration() { kafka.heartbeatInterval = span }
    if let span = cursor.field("maxPollInterval")?.duration() { kafka.maxPollInterval = span }
    if let span = cursor.field("appendDelay")?.duration() { kafka.appendDelay = span }
    kafka.load = cursor.field("load").map(rates) ?? []
    return kafka
  }

  /// A rate for the whole run, or steps in the order of time.
  private func rates(_ cursor: DocumentCursor) -> [KafkaSpec.RateStep] {
    guard cursor.node.elements != nil else {
      guard cursor.node.scalarText != nil else {
        cursor.error(
          "expected messages a second, or a list of steps, found \(cursor.node.kindDescription)",
          suggestion: "such as 5000, or [{at: 0s, rate: 5000}, {at: 30m, rate: 20000}]")
        return []
      }
      return cursor.nonNegative().map { [KafkaSpec.RateStep(at: .zero, perSecond: $0)] } ?? []
    }
    var steps: [KafkaSpec.RateStep] = []
    for element in cursor.elements() {
      var step = KafkaSpec.RateStep(
        at: steps.last.map { $0.at.advanced(byNanoseconds: 1) } ?? .zero, perSecond: 0)
      defer { steps.append(step) }
      guard element.expectMapping() else { continue }
      if let time = element.required("at")?.time() { step.at = time }
      if let rate = element.required("rate")?.nonNegative() { step.perSecond = rate }
      element.reportUnknownFields()
    }
    return steps
  }

  private func cassandra(_ cursor: DocumentCursor) -> CassandraSpec {
    var cassandra = CassandraSpec()
    if let word = cursor.field("consistency")?.word(CassandraSpec.Consistency.self) {
      cassandra.consistency = word
    }
    if let field = cursor.field("replicationFactor") {
      // A number that is missing is not held against the consistency level.
      if let count = field.count() {
        cassandra.replicationFactor = count
      } else {
        (cassandra.replicationFactor, cassandra.consistency) = (1, .one)
      }
    }
    if let count = cursor.field("initialRows")?.count() { cassandra.initialRows = count }
    if let seconds = cursor.field("readCPU")?.cpuSeconds() { cassandra.readCPU = seconds }
    if let seconds = cursor.field("writeCPU")?.cpuSeconds() { cassandra.writeCPU = seconds }
    if let share = cursor.field("perConnection")?.nonNegative() { cassandra.perConnection = share }
    if let share = cursor.field("perWaiting")?.nonNegative() { cassandra.perWaiting = share }
    if let bytes = cursor.field("rowBytes")?.nonNegative() { cassandra.rowBytes = bytes }
    if let span = cursor.field("readTimeout")?.duration() { cassandra.readTimeout = span }
    if let span = cursor.field("downDetection")?.duration() { cassandra.downDetection = span }
    return cassandra
  }
}
