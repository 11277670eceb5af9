import Scenarios
import Testing

struct DurationTextTests {
  @Test(
    "durations are read as Go reads them, and days too",
    arguments: [
      ("0", Duration.zero), ("10m", .seconds(600)), ("1h30m", .seconds(5400)),
      ("90s", .seconds(90)), ("500ms", .milliseconds(500)), ("1.5h", .seconds(5400)),
      (".5s", .milliseconds(500)), ("2d", .seconds(172_800)), ("250us", .microseconds(250)),
      ("1m0.25s", .milliseconds(60_250)), ("7ns", .nanoseconds(7)), ("0s", .zero),
      ("0.1s", .milliseconds(100)), ("90\u{B5}s", .microseconds(90)),
      ("90\u{3BC}s", .microseconds(90)),
    ])
  func reads(text: String, duration: Duration) throws {
    #expect(try DurationText.parse(text) == duration)
  }

  @Test(
    "what is no duration is refused with what would be right",
    arguments: [
      ("", "an empty duration", "such as"), ("10", "without its unit", "10s or 10m?"),
      ("10min", "unknown unit 'min'", "did you mean '10m'?"),
      ("-5m", "negative", "start of the run"), ("ten minutes", "not a duration", "such as"),
      ("1.2.3s", "not a duration", "such as"), ("5m30", "not a duration", "such as"),
      ("10 m", "not a duration", "did you mean '10m'?"),
      ("9999999999h", "more than 292 years", "such as"),
      ("1 hour 30 minutes", "not a duration", "did you mean '1h30m'?"),
      ("4h fast", "not a duration", "such as"), ("3 fortnights", "not a duration", "such as"),
    ])
  func refuses(text: String, message: String, hint: String) {
    do throws(DurationText.Mistake) {
      let duration = try DurationText.parse(text)
      Issue.record("read as \(duration)")
    } catch {
      #expect(error.description.contains(message))
      #expect(error.suggestion.contains(hint))
    }
  }

  @Test(
    "a duration is printed in its shortest usual form",
    arguments: [
      (Duration.zero, "0s"), (.seconds(5400), "1h30m"), (.seconds(90), "1m30s"),
      (.milliseconds(500), "500ms"), (.milliseconds(2500), "2.5s"), (.seconds(7200), "2h"),
      (.microseconds(40), "40us"), (.nanoseconds(3), "3ns"), (.seconds(-60), "-1m"),
      (.nanoseconds(1_000_001), "0.001000001s"),
    ])
  func prints(duration: Duration, text: String) {
    #expect(DurationText.text(for: duration) == text)
  }

  @Test("what is printed reads back as the same duration")
  func roundTrip() throws {
    var state: UInt64 = 7
    for _ in 0..<500 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let duration = Duration.nanoseconds(Int64(state >> (1 + state % 50)))
      #expect(try DurationText.parse(DurationText.text(for: duration)) == duration)
    }
  }
}
