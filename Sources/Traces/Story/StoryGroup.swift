import TimeUnits

/// Things of one kind that are told in one line: `21 pods created: aws-node 3, kube-proxy 3, …`.
struct StoryGroup: Sendable {
  enum Noun: String, Sendable {
    case pod, node, instance, activity, group
  }

  let noun: Noun
  let verb: String
  private(set) var count = 0
  private(set) var first: SimulationTime
  private(set) var last: SimulationTime
  /// Whether it gathers, until the next deed, everything that comes again.
  var isRepeating = false
  /// Whether it gathers all that happens in a span, of which little comes again.
  var isGathering = false
  private var subjects = StoryTally()
  private var reasons = StoryTally()

  init(noun: Noun, verb: String, why: String, subject: String, at time: SimulationTime) {
    self.noun = noun
    self.verb = verb
    first = time
    last = time
    add(subject, why: why, at: time)
  }

  func isAbout(_ noun: Noun, _ verb: String, _ why: String) -> Bool {
    self.noun == noun && self.verb == verb && reasons.first == why
  }

  func goesOn(_ noun: Noun, _ verb: String) -> Bool {
    isRepeating && self.noun == noun && self.verb == verb
  }

  mutating func add(_ subject: String, why: String, at time: SimulationTime) {
    count += 1
    last = time
    subjects.add(subject)
    // Of what comes again and again the first reason is told.
    if isGathering || count == 1 { reasons.add(why) }
  }

  mutating func take(_ subject: String, why: String) {
    guard subjects.take(subject) else { return }
    if isGathering { reasons.take(why) }
    count -= 1
  }

  var line: Story.Line { Story.Line(time: first, what: sentence + span, why: reason) }

  /// The reason, and of several the one that most had.
  private var reason: String {
    let all = reasons.present
    guard var most = all.first else { return "" }
    // The first of equals: the order is that of time.
    for reason in all where reason.count > most.count { most = reason }
    return all.count < 2 ? most.name : "\(most.count) of them: \(most.name)"
  }

  private var span: String {
    let length = last - first
    if isGathering { return "" }
    if isRepeating, count > 1, length >= .seconds(60) {
      let minutes = (length.components.seconds + 30) / 60
      return noun == .activity
        ? ", \(count) times within \(minutes) min" : " again and again within \(minutes) min"
    }
    return count > 1 && length >= .seconds(1)
      ? " within \(length.components.seconds + 1) s" : ""
  }

  private var sentence: String {
    let subjects = subjects.present
    switch noun {
    case .pod:
      guard subjects.count > 1 else {
        return "\(number("pod")) of \(subjects[0].name) \(verb)"
      }
      // Of pods without a workload each is one of its own, and its number says nothing.
      let areSingle = isGathering && subjects.allSatisfy { $0.count == 1 }
      let named = subjects.prefix(areSingle ? 3 : 6).map {
        areSingle ? $0.name : "\($0.name) \($0.count)"
      }
      let left = subjects.count - named.count
      let rest = left > 0 ? " and \(left) more" + (areSingle ? "" : " workloads") : ""
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
