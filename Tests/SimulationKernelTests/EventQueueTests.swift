import HeapModule
import SimulationKernel
import Testing
import TimeUnits

/// How the gaps of a random trace are spread: each shape is hard for some queue design.
private enum Gaps: String, CaseIterable, CustomTestStringConvertible {
  case uniform, equal, bimodal, logUniform, mostlyNow, increasing, huge

  var testDescription: String { rawValue }

  func next(_ random: inout RandomStream) -> Int64 {
    let word = random.next()
    switch self {
    case .uniform: return Int64(word % 10_000)
    case .equal: return 0
    case .bimodal: return word % 10 == 0 ? 1_000_000 + Int64(word >> 44) : Int64(word >> 58)
    case .logUniform: return Int64(1) << Int64(word % 40) + Int64(word >> 60)
    case .mostlyNow: return word % 8 == 0 ? Int64(word >> 50) : 0
    case .increasing: return 100_000
    case .huge: return Int64(word >> 2)
    }
  }
}

/// The order that the queue promises, for swift-collections' heap.
private struct Pending: Comparable {
  var time: Int64
  var priority: UInt8
  var number: Int

  static func < (a: Pending, b: Pending) -> Bool {
    (a.time, a.priority, a.number) < (b.time, b.priority, b.number)
  }
}

struct EventQueueTests {
  @Test(
    "Any trace of insertions, cancellations and removals leaves in the total order",
    arguments: Gaps.allCases, [1, 8, 60, 1_000, 20_000])
  fileprivate func agreesWithAReference(gaps: Gaps, size: Int) {
    var random = RandomStream(key: UInt64(size) &+ UInt64(gaps.index) << 32)
    var queue = EventQueue<Int>()
    var reference = Heap<Pending>()
    var ids: [EventID?] = []
    var alive: [Int] = []
    var now: Int64 = 0
    var live = 0
    let operations = size * 12 + 500
    for operation in 0..<operations {
      // Grow to the size, hold there with a third of cancellations, then drain.
      let growing = operation < size
      let draining = operation > operations - size - 200
      let choice = random.next() % 100
      if growing || (!draining && choice < 50 && live < size * 2) {
        let (time, overflow) = now.addingReportingOverflow(gaps.next(&random))
        let priority = EventPriority.allCases[Int(random.next() % 4)]
        let at = SimulationTime(nanoseconds: overflow ? .max : time)
        ids.append(queue.insert(ids.count, at: at, priority: priority))
        alive.append(ids.count - 1)
        live += 1
        reference.insert(
          Pending(time: at.nanoseconds, priority: priority.rawValue, number: ids.count - 1))
      } else if choice < 65, !alive.isEmpty {
        let index = Int(random.next() % UInt64(alive.count))
        let number = alive[index]
        alive[index] = alive[alive.count - 1]
        alive.removeLast()
        if let id = ids[number] {
          #expect(queue.cancel(id) == true)
          #expect(!queue.contains(id))
          ids[number] = nil
          live -= 1
        }
      } else {
        while let first = reference.min, ids[first.number] == nil { reference.removeMin() }
        let expected = reference.popMin()
        #expect(queue.firstTime?.nanoseconds == expected?.time)
        let popped = queue.popFirst()
        #expect(popped?.event == expected?.number)
        #expect(popped?.time.nanoseconds == expected?.time)
        if let expected {
          now = expected.time
          #expect(ids[expected.number].map { queue.cancel($0) } == false)
          ids[expected.number] = nil
          live -= 1
        }
      }
      #expect(queue.count == live)
      if operation % (size / 4 + 1) == 0 { queue.checkInvariants() }
    }
    queue.checkInvariants()
  }

  @Test("A copy of a queue is independent of it, whatever state it is in")
  func copies() {
    var random = RandomStream(key: 5)
    var queue = EventQueue<Int>()
    var ids: [EventID] = []
    for number in 0..<5_000 {
      let time = SimulationTime(nanoseconds: Int64(random.next() >> 40))
      ids.append(queue.insert(number, at: time, priority: .control))
    }
    for _ in 0..<1_000 { _ = queue.popFirst() }
    var copy = queue
    for id in ids { queue.cancel(id) }
    #expect(queue.isEmpty)
    #expect(copy.count == 4_000)
    copy.checkInvariants()
    var last = SimulationTime.zero
    while let (time, _) = copy.popFirst() {
      #expect(time >= last)
      last = time
    }
  }

  @Test("Nothing leaves before its deadline")
  func deadline() {
    var queue = EventQueue<Int>()
    queue.insert(1, at: .seconds(2), priority: .delivery)
    #expect(queue.popFirst(until: SimulationTime(nanoseconds: 1_999_999_999)) == nil)
    #expect(queue.popFirst(until: .seconds(2))?.event == 1)
    #expect(queue.popFirst() == nil)
  }
}

extension Gaps {
  var index: Int { Gaps.allCases.firstIndex(of: self) ?? 0 }
}
