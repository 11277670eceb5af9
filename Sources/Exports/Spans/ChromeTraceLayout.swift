import Traces

/// Which process and thread each span of a Chrome trace is drawn in.
///
/// Ids count from 1, processes first and threads after them, none used twice: readers take a thread
/// with its process's number for the main thread, and one number for one thread.
struct ChromeTraceLayout {
  /// The stages that have threads of their own.
  enum Row: Int, CaseIterable {
    case send, consumer, detector, write

    init(_ stage: MessageSpan.Stage) {
      switch stage {
      case .send: self = .send
      case .consumer: self = .consumer
      // The thread waits for the read, so the read is drawn within the check.
      case .detector, .read: self = .detector
      // Nobody waits for the write; it may outlast its check.
      case .write: self = .write
      }
    }

    var name: String {
      switch self {
      case .send: "send"
      case .consumer: "consumer"
      case .detector: "detector"
      case .write: "cassandra write"
      }
    }
  }

  struct Thread {
    var id: Int
    var name: String
  }

  struct Process {
    var id: Int
    var place: MessageJourney.Place
    var threads: [Thread] = []
  }

  private(set) var processes: [Process] = []
  private var processOfPlace: [MessageJourney.Place: Int] = [:]
  // By journey and row.
  private var threads: [Int]

  init(_ journeys: [MessageJourney]) {
    threads = [Int](repeating: 0, count: journeys.count * Row.allCases.count)
    var spans: [[Row: [(journey: Int, span: MessageSpan)]]] = []
    for (index, journey) in journeys.enumerated() {
      for span in journey.spans where span.stage != .read {
        let process = process(at: journey.place(of: span.stage))
        if process == spans.count { spans.append([:]) }
        spans[process][Row(span.stage), default: []].append((index, span))
      }
    }
    var nextThread = processes.count + 1
    for process in processes.indices {
      for row in Row.allCases {
        guard let members = spans[process][row] else { continue }
        let lanes = SpanLanes(members.map { ($0.span.start, $0.span.end) })
        for lane in 0..<lanes.count {
          processes[process].threads.append(
            Thread(id: nextThread + lane, name: "\(row.name) \(lane + 1)"))
        }
        for (member, lane) in zip(members, lanes.lanes) {
          threads[member.journey * Row.allCases.count + row.rawValue] = nextThread + lane
        }
        nextThread += lanes.count
      }
    }
  }

  /// The process and thread of a span.
  func ids(of stage: MessageSpan.Stage, _ journey: MessageJourney, index: Int) -> (Int, Int) {
    (
      processes[processOfPlace[journey.place(of: stage)]!].id,
      threads[index * Row.allCases.count + Row(stage).rawValue]
    )
  }

  private mutating func process(at place: MessageJourney.Place) -> Int {
    if let known = processOfPlace[place] { return known }
    processOfPlace[place] = processes.count
    processes.append(Process(id: processes.count + 1, place: place))
    return processes.count - 1
  }
}
