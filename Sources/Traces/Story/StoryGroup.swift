import TimeUnits

/// Things of one kind that are told in one line: `21 pods created: aws-node 3, kube-proxy 3, …`.
struct StoryGroup: Sendable {
  enum Noun: String, Sendable {
    case pod, node, instance, activity, group
  }

  let noun: Noun
  let verb: String
  let why: String
  private(set) var count = 0
  private(set) var first: SimulationTime
  private(set) var last: SimulationTime
  /// Whether it gathers, until the next deed, everything that comes again.
  var isRepeating = false
  /// In the order they came up.
  private var subjects: [(name: String, count: Int)] = []

  init(noun: Noun, verb: String, why: String, subject: String, at time: SimulationTime) {
    self.noun = noun
    self.verb = verb
    self.why = why
    first = time
    last = time
    add(subject, at: time)
  }

  func isAbout(_ noun: Noun, _ verb: String, _ why: String) -> Bool {
    self.noun == noun && self.verb == verb && self.why == why
  }

  func goesOn(_ noun: Noun, _ verb: String) -> Bool {
    isRepeating && self.noun == noun && self.verb == verb
  }

  mutating func add(_ subject: String, at time: SimulationTime) {
    count += 1
    last = time
    if let index = subjects.firstIndex(where: { $0.name == subject }) {
      subjects[index].count += 1
    } else {
      subjects.append((subject, 1))
    }
  }

  mutating func take(_ subject: String) {
    guard let index = subjects.firstIndex(where: { $0.name == subject }) else { return }
    count -= 1
    subjects[index].count -= 1
    if subjects[index].count == 0 { subjects.remove(at: index) }
  }

  var line: Story.Line { Story.Line(time: first, what: sentence + span, why: why) }

  private var span: String {
    let length = last - first
    if isRepeating, count > 1, length >= .seconds(60) {
      let minutes = (length.components.seconds + 30) / 60
      return noun == .activity
        ? ", \(count) times within \(minutes) min" : " again and again within \(minutes) min"
    }
    return count > 1 && length >= .seconds(1)
      ? " within \(length.components.seconds + 1) s" : ""
  }

  private var sentence: String {
    switch noun {
    case .pod:
      guard subjects.count > 1 else {
        return "\(number("pod")) of \(subjects[0].name) \(verb)"
      }
      let named = subjects.prefix(6).map { "\($0.name) \($0.count)" }
      let rest = subjects.count > 6 ? " and \(subjects.count - 6) more workloads" : ""
      return "\(number("pod")) \(verb): \(named.joined(separator: ", "))\(rest)"
    case .node, .instance:
      let named = subjects.prefix(4).map(\.name)
      let rest = subjects.count > 4 ? " and \(subjects.count - 4) more" : ""
      return "\(number(noun.rawValue)) \(verb): \(named.joined(separator: ", "))\(rest)"
    case .activity: return verb
    case .group: return "group \(subjects.map(\.name).joined(separator: ", ")): \(verb)"
    }
  }

  private func number(_ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }
}
