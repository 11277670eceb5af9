import NetworkModel
import PipelineModel
import Scenarios
import ServiceModel
import SimulationKernel
import TimeUnits
import Traces

// What monitoring sees of the pipeline.
extension ClusterModel {
  mutating func scrape(in context: inout ClusterContext) {
    let interval = pipeline!.observability.scrapeInterval
    context.schedule(.pipeline(.scrape), after: interval, priority: .measurement)
    guard context.isRecording else { return }
    context.record(.pipeline(pipelineSample(at: context.now)))
    scrapePods(at: context.now)
    keepJourneys()
  }

  private mutating func pipelineSample(at now: SimulationTime) -> PipelineSample {
    let totals = pipeline!.machine.measure(at: now)
    let before = pipeline!.window
    let span = max(1e-9, (now - before.start).secondsValue)
    let latencies = pipeline!.machine.endToEnd.minus(before.endToEnd)
    let services = pipeline!.machine.service.minus(before.service)
    let nodes = pipeline!.cassandra.nodes
    let seconds = (0..<nodes).map { pipeline!.machine.usedCoreSeconds(ofNode: $0) }
    let used = seconds.enumerated().reduce(0.0) { sum, node in
      sum + node.element - (before.nodeSeconds.isEmpty ? 0 : before.nodeSeconds[node.offset])
    }
    let cores = Double(pipeline!.machine.settings.nodeCores.reduce(0, +))
    pipeline!.window = PipelineWindow(
      start: now, totals: totals, nodeSeconds: seconds, endToEnd: pipeline!.machine.endToEnd,
      service: pipeline!.machine.service)
    var counts = PipelineSample.Counts()
    counts.produced = totals.produced
    counts.redelivered = totals.redelivered
    counts.checked = totals.checked
    counts.run = totals.run
    counts.anomalies = totals.anomalies
    counts.outliers = totals.outliers
    counts.lost = totals.lost
    counts.expired = totals.expired
    counts.refused = totals.refused
    counts.inFlight = totals.inFlight
    counts.lag = totals.lag
    return PipelineSample(
      topic: pipeline!.topic.topic, group: PipelineSample.group,
      counts: counts,
      checksPerSecond: Int64((Double(totals.checked - before.totals.checked) / span).rounded()),
      sentPerSecond: Int64(pipeline!.sent.rounded()),
      p50: latencies.quantile(0.5) ?? 0, p99: latencies.quantile(0.99) ?? 0,
      serviceP50: services.quantile(0.5) ?? 0, serviceP99: services.quantile(0.99) ?? 0,
      consumers: Int64(pipeline!.machine.activeConsumers),
      idleConsumers: Int64(pipeline!.machine.idleConsumers),
      rebalances: totals.rebalances, hints: totals.hints,
      cassandraPerMille: Int64((used / span / cores * 1_000).rounded()))
  }

  private mutating func scrapePods(at now: SimulationTime) {
    for member in pipeline!.members where member.since != nil {
      var sample = ApplicationSample(time: now, pod: member.podName, instance: member.instance)
      if let consumer = member.consumer {
        let counts = pipeline!.machine.counts(of: consumer)
        sample.counts.consumer = counts.consumed
        sample.counts.detector = counts.checked
        sample.counts.detectorRun = counts.run
        sample.counts.detectorNotRun = counts.checked - counts.run
        sample.anomalies = counts.anomalies
        if counts.checked > 0 {
          sample.lastRecords = counts.lastRecords
          sample.lastDetectorMilliseconds = Double(counts.lastSincePoll) / 1e6
          sample.lastEndToEndSeconds = Double(counts.lastEndToEnd) / 1e9
        }
      } else {
        sample.counts.producer = Int64(member.produced)
      }
      pipeline!.samples.append(sample)
    }
  }

  private mutating func keepJourneys() {
    let topic = pipeline!.topic.topic
    for journey in pipeline!.machine.takeJourneys() {
      let member = pipeline!.members.first { $0.consumer == journey.pod }
      pipeline!.journeys.append(
        MessageJourney(
          journey, topic: topic,
          consumer: MessageJourney.Place(pod: member?.podName, node: member?.nodeName)))
    }
  }
}

extension MessageJourney {
  /// A message of the machine, with the names that people know.
  init(_ journey: CheckJourney, topic: String, consumer: Place) {
    self.init(
      number: journey.number, key: Int64(journey.id), topic: topic, producer: Place(pod: nil),
      consumer: consumer)
    partition = journey.partition
    offset = journey.offset
    produced = journey.produced
    appended = journey.appended
    polled = journey.polled
    submitted = journey.submitted
    started = journey.started
    readSent = journey.started
    readDone = journey.readDone
    writeSent = journey.writeSent
    checked = journey.checked
    if journey.checked != nil {
      outcome = Outcome(ran: journey.ran, anomaly: journey.anomaly, rows: journey.rows)
    }
  }
}
