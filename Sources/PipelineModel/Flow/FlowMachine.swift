import KafkaModel
import NetworkModel
import ServiceModel
import SimulationKernel
public import TimeUnits

/// The pipeline of `PipelineMachine` as a flow: rates and queues between changes, no messages.
///
/// A pod's threads are in their steady state within some round trips, 10 to 50 ms; backlogs last
/// seconds to hours. So between changes the rates are constant: what comes leaves where there is no
/// backlog, and X_max leaves where there is one. The next change (a backlog that ends, a rebalance,
/// a node that is noticed) is computed, never waited for in steps, so the cost depends on the
/// number of changes and not on the rate.
///
/// Who reads what comes from the event machine itself, which is run without messages: group,
/// brokers, offline partitions and what clients know of nodes are its own. Rates and times of a
/// quasi-steady state come from a short run of the event machine in this state, seeded by the
/// state, so they hold for the published hand-over as for the immediate one: closed forms err by up
/// to 2 % where reads and writes wait for each other, and know no sleeps.
///
/// Counts are whole numbers, floors of the curves, and add up exactly; there is no chance in them.
/// What chance adds to backlogs near critical load is in their mean (`FlowChance`), which is
/// followed in steps: in each it or its variance changes by a fifth.
public struct FlowMachine: Sendable {
  public let settings: PipelineSettings
  public internal(set) var now: SimulationTime = .zero

  /// Who reads what: the event machine, to which no message comes.
  var readers: PipelineMachine
  let network: Network
  let nodeZones: [ZoneID]
  let brokerZones: [ZoneID]
  /// Messages expected at each partition, over time.
  var curve: RateCurve
  var pods: [FlowPod] = []
  var consumers: [FlowConsumer] = []
  var partitions: [FlowPartition]
  var nodes: FlowNodes
  var cells = FlowCells()
  /// The present state's run; nil while nothing is read.
  var cell: FlowCell?
  /// When the rates change by themselves next, in nanoseconds.
  var nextChange = Int64.max
  /// Whether something has changed since the rates were computed.
  var isStale = false
  /// Whether the rates themselves are due to change.
  private var isDue = false
  /// Who reads, who has a backlog, and what follows, as of the last change; nil if it may be
  /// something else by now.
  var solution: FlowSolution?

  var ledger = FlowLedger()
  var warmUp: RowWarmUp
  var traffic: FlowTraffic
  let keys: KeySource
  var journeys: FlowJourneys

  /// Changes of rates so far: what the cost depends on.
  public internal(set) var changes = 0
  /// Short runs of the event machine so far.
  public var cellRuns: Int { cells.runs }
  /// The share of their checks that short runs count from now on, above 0. The default is 1: a p99
  /// within 3 % and a throughput within 0.3 %. With less a look is quicker and less sure.
  public var effort: Double {
    get { cells.effort }
    set { cells.effort = newValue }
  }
  /// Changes in the hour that had most of them; above `changeLimit` the scenario changes too often
  /// for a flow to be cheap.
  public internal(set) var busiestHour = 0
  public static let changeLimit = 10_000
  /// Whether checks wait for nodes more than for anything else.
  var nodesAreBusy = false
  /// Of all pods with a backlog together.
  var chance: FlowChance?
  /// Rebalances that the flow has followed.
  var rebalances: Int64 = 0
  var hour: Int64 = 0
  var changesOfHour = 0

  /// Lets time pass. The past traps.
  public mutating func advance(to time: SimulationTime) {
    precondition(time >= now, "a pipeline cannot go back in time")
    refresh()
    while true {
      let group = readers.nextTime?.nanoseconds ?? .max
      let next = min(group, nextChange)
      guard next <= time.nanoseconds else { break }
      flow(to: max(next, now.nanoseconds))
      readers.advance(to: now)
      if group == next { followReaders() }
      if nextChange <= now.nanoseconds { isDue = true }
      refresh()
    }
    flow(to: time.nanoseconds)
    readers.advance(to: time)
  }

  /// When something is due by itself; nil if nothing is.
  public var nextTime: SimulationTime? {
    let next = min(readers.nextTime?.nanoseconds ?? .max, nextChange)
    return next == .max ? nil : SimulationTime(nanoseconds: max(next, now.nanoseconds))
  }

  /// Computes the rates anew if anything has changed.
  mutating func refresh() {
    guard isStale || isDue else { return }
    if isStale { solution = nil }
    isStale = false
    isDue = false
    changes += 1
    let hour = now.nanoseconds / 3_600_000_000_000
    if hour != self.hour { (self.hour, changesOfHour) = (hour, 0) }
    changesOfHour += 1
    busiestHour = max(busiestHour, changesOfHour)
    settle()
  }

  // MARK: Flow

  /// All rates hold until `time`, in nanoseconds.
  private mutating func flow(to time: Int64) {
    let start = now.nanoseconds
    guard time > start else { return }
    let seconds = Double(time - start) / 1e9
    for partition in partitions.indices where partitions[partition].rate > 0 {
      let state = partitions[partition]
      let amount = state.rate * seconds
      partitions[partition].done += amount
      if state.mode == .lagging {
        addBacklog(partition, from: start, to: time, amount: amount)
      } else {
        ledger.steady += amount
      }
      traffic.addRecords(
        amount, from: readers.partitionZones[partition],
        to: pods[consumers[state.owner].pod].zone)
    }
    for pod in pods.indices where pods[pod].rate > 0 {
      let amount = pods[pod].rate * seconds
      let lost = nodes.failing * amount
      pods[pod].failed += lost
      pods[pod].checked += amount - lost
      pods[pod].used += amount * pods[pod].figures.coreSeconds
      pods[pod].runnable += amount * pods[pod].figures.runnableSeconds
      nodes.work(amount * (cell?.nodeSeconds ?? 0))
      let run = warmUp.check(amount - lost)
      pods[pod].run += run
      traffic.addChecks(amount - lost, zone: pods[pod].zone, rows: warmUp.rowsPerRead)
      ledger.hints += nodes.hintsPerCheck * amount
      ledger.writesLost += nodes.writesLostPerCheck * amount
    }
    now = SimulationTime(nanoseconds: time)
  }
}
