public import TimeUnits

extension ServiceQueue {
  /// A request comes that needs `cpuSeconds` of a core of speed 1, from 0; infinity never ends.
  ///
  /// The queue is advanced to `time` if it is not there yet. No other request that is here has
  /// the same id.
  ///
  /// - Complexity: O(log *n*) in the number in service.
  public mutating func arrive(_ id: UInt32, cpuSeconds: Double, at time: SimulationTime) {
    precondition(cpuSeconds >= 0, "a request's work is a number from 0")
    advance(to: time)
    let request = Request(
      work: cpuSeconds * 1e9, order: arrivals, arrived: time.nanoseconds, id: id)
    arrivals &+= 1
    guard serving.count < workers else {
      line.append(request)
      return
    }
    moveAnchor()
    if serving.isEmpty { bandwidth?.wake(at: anchor) }
    serve(request)
    foresee()
    throttleIfEmpty()
  }

  /// The next of the requests that finished by the time advanced to, in the order in which they
  /// did; nil if there are no more.
  public mutating func takeFinished() -> (id: UInt32, arrived: SimulationTime)? {
    finished.popFirst().map { ($0.id, SimulationTime(nanoseconds: $0.arrived)) }
  }

  /// The client gave up: the request goes, and what was done for it is lost.
  ///
  /// - Returns: false if no such request is here; one that has finished is not.
  /// - Complexity: O(n).
  public mutating func remove(_ id: UInt32) -> Bool {
    if let place = line.firstIndex(where: { $0.id == id }) {
      line.remove(at: place)
      return true
    }
    guard let place = serving.firstIndex(where: { $0.id == id }) else { return false }
    moveAnchor()
    withdraw(at: place)
    admit()
    foresee()
    throttleIfEmpty()
    return true
  }

  /// The container died: all requests go, in the order in which they came. Those that have finished
  /// can still be taken; the counters stay.
  ///
  /// - Complexity: O(n log n).
  public mutating func removeAll() -> [UInt32] {
    moveAnchor()
    let ids = serving.sorted { $0.order < $1.order }.map(\.id) + line.map(\.id)
    serving.removeAll(keepingCapacity: true)
    line.removeAll()
    admit()
    foresee()
    return ids
  }
}

// MARK: The heap of those in service

/// A request, in service or in line.
struct Request: BitwiseCopyable {
  /// In line, the work it needs; in service, the level of `attained` at which it is done: both in
  /// nanoseconds.
  var work: Double
  /// Its number among all arrivals: of equals, the first to come is the first to finish.
  var order: UInt64
  var arrived: Int64
  var id: UInt32

  static func < (a: Request, b: Request) -> Bool {
    a.work < b.work || (a.work == b.work && a.order < b.order)
  }
}

extension ServiceQueue {
  /// Begins the work on a request.
  mutating func serve(_ request: Request) {
    var request = request
    request.work += attained
    serving.append(request)
    rise(request, from: serving.count - 1)
  }

  /// Takes a request out of the heap.
  mutating func withdraw(at place: Int) {
    let last = serving.removeLast()
    guard place < serving.count else { return }
    if place > 0, last < serving[(place - 1) / 2] {
      rise(last, from: place)
    } else {
      sink(last, from: place)
    }
  }

  /// Fills the idle workers from the line, and begins to measure anew in an empty container.
  mutating func admit() {
    if serving.isEmpty { attained = 0 }
    while serving.count < workers, let request = line.popFirst() { serve(request) }
    if serving.isEmpty { bandwidth?.rest(at: anchor, fraction: fraction) }
  }

  private mutating func rise(_ request: Request, from place: Int) {
    var place = place
    while place > 0 {
      let parent = (place - 1) / 2
      guard request < serving[parent] else { break }
      serving[place] = serving[parent]
      place = parent
    }
    serving[place] = request
  }

  private mutating func sink(_ request: Request, from place: Int) {
    var place = place
    while true {
      var child = 2 * place + 1
      guard child < serving.count else { break }
      if child + 1 < serving.count, serving[child + 1] < serving[child] { child += 1 }
      guard serving[child] < request else { break }
      serving[place] = serving[child]
      place = child
    }
    serving[place] = request
  }
}
