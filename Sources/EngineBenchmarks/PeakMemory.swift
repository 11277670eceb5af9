import Glibc

/// The most memory that this process has held.
enum PeakMemory {
  /// In bytes.
  static var bytes: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1_024
  }
}
