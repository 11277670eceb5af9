import Foundation

/// The processor's time and memory of this process.
struct ProcessClock {
  private(set) var seconds = 0.0
  private var begin: Double? = Self.processSeconds

  mutating func start() { begin = Self.processSeconds }

  mutating func stop() {
    if let begin { seconds += Self.processSeconds - begin }
    begin = nil
  }

  static var processSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static var peakMebibytes: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
  }
}
