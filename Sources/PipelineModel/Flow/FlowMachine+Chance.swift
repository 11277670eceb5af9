import Glibc
import TimeUnits

// Near critical load backlogs come and go by chance, and so do checks that are not done meanwhile.
extension FlowMachine {
  /// Follows how far backlogs of pods that are alike are from each other, and how far what all
  /// have is from what it is on average.
  mutating func followChance(_ reading: [Reader]) {
    for pod in pods.indices where !pods[pod].wasLagging { pods[pod].chance = nil }
    let now = now.nanoseconds
    var all = FlowChance.Excess()
    for group in byPod(reading) where reading[group].contains(where: \.isLagging) {
      let pod = consumers[reading[group.lowerBound].consumer].pod
      let figures = pods[pod].figures
      let coming = arrivals * Double(reading[group].reduce(0) { $0 + $1.partitions.count })
      let above = reading[group].reduce(0) { $0 + $1.content } - pods[pod].room
      var mine = FlowChance.Excess(
        mean: max(0, above), drift: coming - figures.throughput,
        throughput: figures.throughput, isFull: above >= 0)
      // Messages come as a Poisson process.
      mine.noise = coming + figures.commonDispersion * figures.throughput
      all.add(mine)
      mine.noise = coming + figures.checkDispersion * figures.throughput
      var chance = pods[pod].chance ?? FlowChance(at: now)
      chance.follow(mine, at: now)
      change(after: chance.nextLook)
      if above < 0, mine.drift > 0 { change(after: -above / mine.drift) }
      pods[pod].chance = chance
    }
    guard all.throughput > 0 else {
      chance = nil
      return
    }
    var common = chance ?? FlowChance(at: now)
    common.follow(all, at: now)
    change(after: common.nextLook)
    chance = common
  }

  /// Checks a second that a pod with a backlog does not do: by chance it has none and others do not
  /// do its work, or none has any.
  func chanceLoss(of pod: Int) -> Double {
    let state = pods[pod]
    guard let own = state.chance, let chance else { return 0 }
    let share = state.figures.throughput / max(1e-9, chance.excess.throughput)
    return state.independence * own.loss + (1 - state.independence) * share * chance.loss
  }

  /// Whether a consumer's polls are so many, and of whatever size, that none is counted.
  func isByChance(_ consumer: Int) -> Bool {
    !consumers[consumer].isFluid && pods[consumers[consumer].pod].chance?.isLasting == true
  }

  /// A poll brings all there is, so that partitions are read side by side.
  mutating func drainByChance(_ reader: Reader, _ rate: Double) {
    if !consumers[reader.consumer].batch.isEmpty { release(reader.consumer) }
    let content = reader.partitions.reduce(0.0) { $0 + self.content($1) }
    drainSideBySide(reader, rate, turn: content / max(1e-9, rate))
  }

  /// Messages of a partition that polls returned, on average: what threads have, and half of a
  /// poll, which brings all there is or as much as it may.
  func underWayByChance(_ partition: Int, of consumer: Int) -> Double {
    let all = readers.owned[consumer].reduce(0.0) { $0 + content(Int($1)) }
    guard all > 0 else { return 0 }
    let threads = min(all, threadShare(of: consumer))
    let poll = min(Double(settings.pod.maxPollRecords), all - threads)
    return content(partition) * (threads + poll / 2) / all
  }

  /// Messages at which a pod's checks begin to be as many as with a backlog: without a drift it is
  /// as often between none and all threads busy as it would be between this and all threads.
  func room(of pod: Int, coming: Double, shape: [Double]) -> Double {
    let figures = pods[pod].figures
    let threads = Double(pods[pod].threads)
    let noise = (1 + figures.checkDispersion) * figures.throughput
    let steps = 64
    let step = threads / Double(steps)
    // From all threads downwards: how much less is checked, and how seldom that is.
    var (missing, mass) = (0.0, 0.0)
    for index in (0..<steps).reversed() {
      let share = Self.share(shape, (Double(index) + 0.5) / Double(steps))
      missing += (1 - share) * figures.throughput * step
      mass += exp(-2 * missing / noise) * step
    }
    return threads - mass + coming * Double(readers.appendDelay) / 1e9
  }

  /// How much less all check while one pod with a backlog has nothing to do, as a share of what it
  /// would check: 1 if pods do not care for each other, 0 if the others do its work. Closed forms.
  func independence(_ reading: [Reader]) -> Double {
    let state = state(reading) { reading[$0].isLagging }
    let lagging = state.pods.indices.filter {
      state.pods[$0].consumers.contains(where: \.isLagging)
    }
    guard lagging.count > 1 else { return 1 }
    var fewer = state
    fewer.pods.remove(at: lagging.last!)
    fewer.idlePods += 1
    let all = FlowCells.estimate(state, settings, network, nodeZones).closed
    let rest = FlowCells.estimate(fewer, settings, network, nodeZones).closed
    return max(0, min(1, (1 - rest / all) * Double(lagging.count)))
  }
}
