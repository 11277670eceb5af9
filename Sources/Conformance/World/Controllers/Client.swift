import KubeControllers
import TimeUnits

/// A controller's way to the API server: its token bucket, its latency and its event recorder.
final class Client {
  private unowned let world: World
  private let latency: Int64
  private var tokens: Double
  private var filledAt: Int64 = 0
  private var correlator = EventCorrelator()
  private var pendingEvents: [(event: ReportedEvent, kind: String, name: String)] = []
  private var isWritingEvent = false

  /// `extra` is what the driver adds to this controller's latency, in nanoseconds.
  init(_ world: World, extra: Int64) {
    self.world = world
    latency = world.recorded.apiLatencyNanoseconds + extra
    tokens = world.recorded.clientBurst
  }

  /// Sends a request; `effect` runs when it takes effect and its answer is there.
  func request(_ effect: @escaping () -> Void) {
    world.after(takeToken() + latency, effect)
  }

  // Nanoseconds to wait: golang.org/x/time/rate reserves a token, and may owe it.
  private func takeToken() -> Int64 {
    guard let rate = world.recorded.clientQPS else { return 0 }
    let elapsed = Double(world.now - filledAt) / 1e9
    tokens = min(world.recorded.clientBurst, tokens + elapsed * rate) - 1
    filledAt = world.now
    return tokens >= 0 ? 0 : Int64(-tokens / rate * 1e9)
  }

  /// Tells an event: one request after the other, beside the controller's own.
  func report(_ event: ReportedEvent, kind: String, name: String) {
    pendingEvents.append((event, kind, name))
    writeNextEvent()
  }

  private func writeNextEvent() {
    guard !isWritingEvent, !pendingEvents.isEmpty else { return }
    let (event, kind, name) = pendingEvents.removeFirst()
    let outcome = correlator.observe(event, about: "\(kind)/\(name)", at: world.time)
    let message: String
    switch outcome {
    case .dropped:
      writeNextEvent()
      return
    case .created(let text), .counted(let text, _): message = text
    }
    isWritingEvent = true
    request { [unowned self] in
      world.observe(.event(kind: kind, name: name, reason: event.reason, message: message))
      isWritingEvent = false
      writeNextEvent()
    }
  }
}
