import Glibc

/// The processor's time, which other programs on the machine do not lengthen.
enum CPUTime {
  /// What this thread has used so far, in nanoseconds.
  static func thisThread() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
