public import ServiceModel

// What starts and ends on the machine. The machine must have been advanced to now, and be settled
// afterwards.
extension NodeMachine {
  /// A pod's sandbox is there; returns its place.
  public mutating func addPod(_ group: PodGroup) -> UInt32 {
    podCount += 1
    cpuIsStale = true
    if let free = freeGroups.popLast() {
      groups[Int(free)] = group
      groupIsAlive[Int(free)] = true
      return free
    }
    groups.append(group)
    groupIsAlive.append(true)
    return UInt32(groups.count - 1)
  }

  /// A pod's sandbox is gone; its containers must have ended.
  public mutating func removePod(_ group: UInt32) {
    precondition(groupIsAlive[Int(group)], "a pod leaves its machine once")
    groupIsAlive[Int(group)] = false
    groups[Int(group)] = PodGroup(qos: .bestEffort, weight: 2)
    freeGroups.append(group)
    podCount -= 1
    cpuIsStale = true
  }

  /// A container's process starts; `owner` is what the caller knows it by.
  ///
  /// The files of an image that was not running come into memory as they were unpacked.
  public mutating func start(
    _ load: ContainerLoad, owner: UInt64, in group: UInt32, queue: ServiceQueue? = nil,
    requestMemory: Double = 0
  ) -> UInt32 {
    var slot = Slot()
    slot.load = load
    slot.owner = owner
    slot.group = group
    slot.isAlive = true
    slot.startLeft = load.startCPU
    slot.memory = load.startCPU > 0 ? 0 : load.baseMemory
    if let queue { slot.queue = keep(queue) }
    slot.requestMemory = requestMemory
    useImage(load)
    cpuIsStale = true
    if let free = freeSlots.popLast() {
      slots[Int(free)] = slot
      return free
    }
    slots.append(slot)
    return UInt32(slots.count - 1)
  }

  /// A container's process has ended: its memory is free at once.
  ///
  /// - Returns: the requests that were in it.
  @discardableResult
  public mutating func stop(_ place: UInt32) -> [UInt32] {
    let index = Int(place)
    precondition(slots[index].isAlive, "a container ends once")
    var lost: [UInt32] = []
    if slots[index].queue >= 0 {
      lost = queues[Int(slots[index].queue)].removeAll()
      freeQueues.append(slots[index].queue)
    }
    if let image = images.firstIndex(where: { $0.number == slots[index].load.image }) {
      images[image].containers -= 1
      if images[image].containers == 0 {
        // Its pages stay where they are, but nobody is slow for want of them.
        let files = hotFiles + images[image].files
        residentFiles *= files > 0 ? hotFiles / files : 0
      }
    }
    slots[index] = Slot()
    freeSlots.append(place)
    cpuIsStale = true
    return lost
  }

  private mutating func keep(_ queue: ServiceQueue) -> Int32 {
    if let free = freeQueues.popLast() {
      queues[Int(free)] = queue
      return free
    }
    queues.append(queue)
    return Int32(queues.count - 1)
  }

  private mutating func useImage(_ load: ContainerLoad) {
    if let image = images.firstIndex(where: { $0.number == load.image }) {
      images[image].containers += 1
      if images[image].containers == 1 { residentFiles += images[image].files }
      return
    }
    images.append(Image(number: load.image, files: load.files, containers: 1))
    residentFiles += load.files
  }

  /// What the caller knows a container by; nil if nothing runs there.
  public func owner(of place: UInt32) -> UInt64? {
    let slot = slots[Int(place)]
    return slot.isAlive ? slot.owner : nil
  }

  /// One more job of the daemons runs, or one fewer.
  public mutating func countJobs(_ change: Int) {
    jobs += change
    cpuIsStale = true
  }
}

// MARK: Threads of the caller's own

extension NodeMachine {
  /// Whether a container has used the CPU that its start takes.
  public func hasStarted(_ place: UInt32) -> Bool { slots[Int(place)].startLeft <= 0 }

  /// From now on so many threads of a container want to run, on average.
  public mutating func setThreads(_ threads: Double, of place: UInt32) {
    slots[Int(place)].load.threads = threads
  }

  /// What a container could use if all its threads ran: cores, how fast threads go on them, and its
  /// limit; without one nil.
  ///
  /// Its fair share while everybody else wants what it wants now, its own limit left aside: that
  /// one holds over a period, not at each instant. Who wakes seldom gets its share at once, however
  /// much the others want (CFS lets the one run that ran least).
  ///
  /// Complexity: that of sharing CPU out once.
  public func entitlement(of place: UInt32) -> (cores: Double, speed: Double, limit: Double?) {
    let slot = slots[Int(place)]
    let limit = min(slot.load.quota, groups[Int(slot.group)].quota)
    var slots = slots
    var groups = groups
    var tree = tree
    slots[Int(place)].want = hardware.cores
    groups[Int(slot.group)].quota = .infinity
    _ = tree.share(
      cores: hardware.cores, daemonWant: daemonWant, hardware: hardware, groups: groups,
      containers: &slots)
    return (slots[Int(place)].share, threadSpeed, limit.isFinite ? limit : nil)
  }
}

// MARK: Requests

extension NodeMachine {
  /// Gives a request to a container that serves; it takes some CPU.
  public mutating func arrive(_ request: UInt32, cpuSeconds: Double, at place: UInt32) {
    precondition(cpuSeconds > 0, "a request takes CPU")
    let index = Int(place)
    queues[Int(slots[index].queue)].arrive(request, cpuSeconds: cpuSeconds, at: now)
    slots[index].memory += slots[index].requestMemory
    cpuIsStale = true
  }

  /// A client gives up.
  public mutating func abandon(_ request: UInt32, at place: UInt32) {
    let index = Int(place)
    guard slots[index].queue >= 0, queues[Int(slots[index].queue)].remove(request) else { return }
    slots[index].memory -= slots[index].requestMemory
    cpuIsStale = true
  }

  /// The next request that is done by now, and where.
  public mutating func takeFinished() -> (place: UInt32, request: UInt32)? {
    for index in slots.indices where slots[index].queue >= 0 {
      guard let done = queues[Int(slots[index].queue)].takeFinished() else { continue }
      slots[index].memory -= slots[index].requestMemory
      cpuIsStale = true
      return (UInt32(index), done.id)
    }
    return nil
  }

  /// Whether a container answers requests.
  public func serves(at place: UInt32) -> Bool { slots[Int(place)].queue >= 0 }
}
