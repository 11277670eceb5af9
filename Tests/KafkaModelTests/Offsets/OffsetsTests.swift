import KafkaModel
import Testing
import TimeUnits

@Suite struct OffsetsTests {
  @Test("a poll commits what earlier polls returned, once in an interval")
  func autoCommit() {
    var offset = CommittedOffset(committed: nil, earliest: 0, end: 100)
    #expect(offset.position == 100, "a new group begins at the end")
    var clock = AutoCommit(from: .zero)
    for tenth in 1...10 {
      if clock.poll(at: .milliseconds(Int64(tenth) * 100)) { offset.commit() }
      offset.advance(by: 50)
    }
    // Ten polls of 50; the tenth, at 1 s, committed the first nine.
    #expect(offset.committed == 550 && offset.uncommitted == 50)
    let isDue = clock.poll(at: .milliseconds(1_999))
    #expect(!isDue)
  }

  @Test("the next owner gets again what was read and not committed")
  func replay() {
    var offset = CommittedOffset(committed: 40, earliest: 0, end: 100)
    offset.advance(by: 30)
    let next = CommittedOffset(committed: offset.committed, earliest: 0, end: 200)
    #expect(next.position == 40 && offset.position == 70)
  }

  @Test(
    "an offset that retention has overtaken is reset", arguments: [OffsetReset.earliest, .latest])
  func outOfRange(reset: OffsetReset) {
    let offset = CommittedOffset(committed: 5, earliest: 50, end: 90, reset: reset)
    #expect(offset.position == (reset == .earliest ? 50 : 90))
  }

  @Test("whole segments go when their last record is old")
  func retention() {
    var retention = Retention()
    retention.segmentBytes = 1_000
    // Segments of ten messages.
    #expect(retention.earliestOffset(end: 105, old: 39, messageBytes: 100) == 30)
    #expect(retention.earliestOffset(end: 105, old: 40, messageBytes: 100) == 40)
    #expect(retention.earliestOffset(end: 105, old: 105, messageBytes: 100) == 105)
    retention.time = nil
    #expect(retention.earliestOffset(end: 105, old: 105, messageBytes: 100) == 0)
    retention.bytes = 5_500
    // 50 messages may go: 55 of 100 bytes are left.
    #expect(retention.earliestOffset(end: 105, old: 0, messageBytes: 100) == 50)
    #expect(retention.earliestOffset(end: 104, old: 0, messageBytes: 100) == 40)
  }

  @Test("old segments are looked for every five minutes from half a minute on")
  func checks() {
    let retention = Retention()
    #expect(retention.lastCheck(by: .seconds(29)) == nil)
    #expect(retention.nextCheck(after: .seconds(29)) == .seconds(30))
    #expect(retention.lastCheck(by: .seconds(629)) == .seconds(330))
    #expect(retention.nextCheck(after: .seconds(330)) == .seconds(630))
  }

  @Test("settings that clients or brokers refuse are all named")
  func settings() {
    #expect(ConsumerGroupSettings().problems.isEmpty)
    #expect(ConsumerGroupSettings.kafka21.sessionTimeout == .seconds(10))
    var settings = ConsumerGroupSettings()
    settings.sessionTimeout = .seconds(2)
    #expect(settings.problems.first == "Heartbeat must be set lower than the session timeout")
    #expect(settings.problems.count == 2)
  }
}
