import Documents
import Scenarios
import TimeUnits

// What a container does in the anomaly pipeline, as scenarios and the models write it.
extension DocumentCursor {
  private enum RoleWord: String, CaseIterable {
    case consumer
    case producer
  }

  private enum HandOverWord: String, CaseIterable {
    case published
    case immediate
  }

  /// A role; one of the same kind that is there already is changed where fields are given.
  func pipelineRole(changing role: PipelineRole?) -> PipelineRole? {
    let word: RoleWord?
    if let given = field("role") {
      word = given.word(RoleWord.self)
    } else {
      switch role {
      case .consumer?: word = .consumer
      case .producer?: word = .producer
      case nil: word = required("role")?.word(RoleWord.self)
      }
    }
    // Which keys there may be is not known without it.
    guard let word else { return role }
    defer { reportUnknownFields() }
    switch word {
    case .consumer:
      var base = ConsumerRole()
      if case .consumer(let given)? = role { base = given }
      return .consumer(consumer(base))
    case .producer:
      var base = ProducerRole()
      if case .producer(let given)? = role { base = given }
      return .producer(producer(base))
    }
  }

  private func consumer(_ base: ConsumerRole) -> ConsumerRole {
    var role = base
    if let count = field("consumers")?.count() { role.consumers = count }
    if let count = field("detectorThreads")?.count() { role.detectorThreads = count }
    if let seconds = field("checkCPU")?.cpuSeconds() { role.checkCPU = seconds }
    if let share = field("threadOverhead")?.nonNegative() { role.threadOverhead = share }
    if let count = field("maxPollRecords")?.count() { role.maxPollRecords = count }
    if let word = field("handOver")?.word(HandOverWord.self) {
      role.handsOverAtOnce = word == .immediate
    }
    return role
  }

  private func producer(_ base: ProducerRole) -> ProducerRole {
    var role = base
    if let count = field("threads")?.count() { role.threads = count }
    if let rate = field("perSecond")?.positive() { role.perSecond = rate }
    if let span = field("ramp")?.duration() { role.ramp = span }
    if let span = field("load")?.duration() { role.load = span }
    return role
  }

  /// Time of a core in seconds: a number of seconds, or a duration such as `0.5ms`.
  func cpuSeconds() -> Double? {
    guard node.doubleValue != nil else {
      return duration().map { Double($0.nanoseconds) / 1e9 }
    }
    guard let seconds = nonNegative() else { return nil }
    guard seconds < 3_600 else {
      error("\(seconds) seconds of a core for one check", suggestion: "such as 0.5ms, or 0.0005")
      return nil
    }
    return seconds
  }
}
