import ServiceModel
import TimeUnits

// The rates that follow from the state, and how long they hold.
extension NodeMachine {
  /// Computes every rate anew and when the next change is due.
  ///
  /// Complexity: linear in containers.
  public mutating func settle() {
    // What a queue wants changes when it is throttled, too.
    for index in slots.indices where slots[index].isAlive {
      let want = want(of: index)
      if want != slots[index].want {
        slots[index].want = want
        cpuIsStale = true
      }
    }
    if cpuIsStale { shareCPU() }
    noteCredits()
    let files = hotFiles
    let room = room
    let ceiling = max(0, min(files, room))
    residentFiles = min(residentFiles, ceiling)
    let missing = files - residentFiles
    // A page or two missing is no change of speed; the band keeps the next change off this one.
    let band = max(Self.tolerance, 1e-4 * files)
    let isThrashing = missing > band
    setSpeeds(missing: isThrashing ? missing / files : 0)
    let growth = setGrowth()
    var next = nextLocalChange()
    fileRate = 0
    if isThrashing {
      setFileRate(room: room, files: files, growth: growth)
      if fileRate != 0 {
        // Speeds change with what is missing: follow it in steps that are small beside it.
        next = min(next, max(0.15 * missing, 0.01 * files) / abs(fileRate))
      }
    } else if growth > 0 {
      next = min(next, (room - files + 2 * band) / growth)
    }
    next = min(next, untilCreditsEnd(), untilMemoryEnds(room, growth))
    setNextTime(after: next, room: room)
  }

  private func want(of index: Int) -> Double {
    let queue = Int(slots[index].queue)
    return queue >= 0 ? queues[queue].demand : min(threads(of: index), slots[index].load.quota)
  }

  /// Threads that want to run; of one that serves, its requests.
  private func threads(of index: Int) -> Double {
    let queue = Int(slots[index].queue)
    if queue >= 0 { return Double(queues[queue].inService) }
    return slots[index].startLeft > 0 ? slots[index].load.startThreads : slots[index].load.threads
  }

  private mutating func shareCPU() {
    cpuIsStale = false
    let containers = Double(slots.count - freeSlots.count)
    daemonWant =
      parameters.daemonCPU + parameters.daemonCPUPerContainer * containers
      + parameters.jobCPU * Double(jobs)
    daemonShare = tree.share(
      cores: hardware.cores, daemonWant: daemonWant, hardware: hardware, groups: groups,
      containers: &slots)
  }

  // MARK: Speed

  /// How fast threads go when a share of the programs' pages must be read back.
  ///
  /// A thread runs some CPU seconds between two faults, then waits for one read; all threads share
  /// the volume's reads.
  private mutating func setSpeeds(missing: Double) {
    let short = daemonWant > 0 ? min(1, daemonShare / daemonWant) : 1
    guard missing > 0 else {
      threadSpeed = 1
      daemonSpeed = short
      readRate = 0
      return
    }
    let volume = hardware.volume
    let limit = isSpent ? volume.baseReads : volume.burstReads
    let readsAtMost = min(limit, volume.throughput / parameters.readSize)
    let run = parameters.readSize / (missing * parameters.fileTouch)
    let threads = activeThreads
    var wait = max(parameters.readLatency, threads / readsAtMost - run)
    if residentFiles < parameters.lowFiles { wait += parameters.reclaimStall }
    threadSpeed = run / (run + wait)
    daemonSpeed = run / (run / short + wait)
    readRate = min(threads / (run + wait), readsAtMost, hardware.cores / run)
  }

  /// Threads that run or wait for a page.
  private var activeThreads: Double {
    var threads = parameters.daemonThreads + Double(jobs)
    for index in slots.indices where slots[index].isAlive { threads += self.threads(of: index) }
    return threads
  }

  /// What each container uses and how it grows; returns the growth of all, in MiB a second.
  private mutating func setGrowth() -> Double {
    var total = 0.0
    usedCores = daemonShare
    for index in slots.indices where slots[index].isAlive {
      let rate: Double
      let queue = Int(slots[index].queue)
      if queue >= 0 {
        queues[queue].grant(cores: slots[index].share, speed: threadSpeed)
        rate = 0
        usedCores += slots[index].share
      } else {
        // A thread that seldom runs has time to wait for its pages.
        rate = min(slots[index].share, max(1, threads(of: index)) * threadSpeed)
        usedCores += rate
      }
      slots[index].rate = rate
      slots[index].growth = growth(of: index, rate)
      total += slots[index].growth
    }
    return total
  }

  private func growth(of index: Int, _ rate: Double) -> Double {
    if slots[index].startLeft > 0 {
      return slots[index].load.baseMemory / slots[index].load.startCPU * rate
    }
    if slots[index].memory >= slots[index].load.fullMemory - Self.tolerance { return 0 }
    var growth = slots[index].load.growthPerCPUSecond * rate
    if slots[index].load.growthPerSecond > 0 {
      let threads = slots[index].load.threads
      let speed = threads > 0 ? min(1, rate / threads) : threadSpeed
      growth += slots[index].load.growthPerSecond * speed
    }
    return growth
  }

  /// Pages come back as they are read, and go as anonymous memory takes their room.
  private mutating func setFileRate(room: Double, files: Double, growth: Double) {
    let coming = parameters.readSize * readRate
    let isFull = residentFiles >= max(0, min(files, room)) - Self.tolerance
    if !isFull {
      fileRate = coming
    } else if room < files {
      fileRate = min(coming, -growth)
    }
  }

  // MARK: The next change

  /// Seconds until a container has started, is fully grown, hits its limit, or finishes a request.
  private func nextLocalChange() -> Double {
    var next = Double.infinity
    for index in slots.indices where slots[index].isAlive {
      let (left, rate) = (slots[index].startLeft, slots[index].rate)
      if left > 0, rate > 0 { next = min(next, left / rate) }
      let growth = slots[index].growth
      if growth > 0 {
        let full = left > 0 ? Double.infinity : slots[index].load.fullMemory
        let end = min(full, slots[index].load.memoryLimit)
        next = min(next, (end - slots[index].memory) / growth)
      }
    }
    return next
  }

  /// Spent credits count again once a second's worth has been saved.
  private mutating func noteCredits() {
    let volume = hardware.volume
    if volume.creditLimit == 0 || credits <= 1e-3 {
      isSpent = true
    } else if credits >= min(volume.creditLimit, volume.baseReads) {
      isSpent = false
    }
  }

  private func untilCreditsEnd() -> Double {
    let drain = readRate - hardware.volume.baseReads
    return !isSpent && drain > 0 ? max(0, credits) / drain : .infinity
  }

  private func untilMemoryEnds(_ room: Double, _ growth: Double) -> Double {
    guard growth > 0 else { return .infinity }
    var next = Double.infinity
    if room > parameters.oomFiles { next = (room - parameters.oomFiles) / growth }
    if let limit = hardware.podMemoryLimit {
      next = min(next, max(0, limit - podMemory) / growth)
    }
    return next
  }

  private mutating func setNextTime(after seconds: Double, room: Double) {
    var next: SimulationTime?
    if seconds < 1e9 {
      // Rounded up, so that the state is beyond the change and not just before it.
      next = now.advanced(byNanoseconds: max(1, Int64((max(0, seconds) * 1e9).rounded(.up))))
    }
    for index in slots.indices where slots[index].queue >= 0 {
      guard let time = queues[Int(slots[index].queue)].nextTime else { continue }
      next = min(next ?? time, time)
    }
    if let since = outOfMemorySince { next = min(next ?? .distantFuture, patienceEnds(since)) }
    nextTime = next.map { max($0, now) }
  }
}
