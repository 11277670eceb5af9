#include "CDetectorYardstick.h"

#include <math.h>

static inline uint64_t observe(yardstick_detector *detector, double value) {
  detector->count++;
  double before = value - detector->mean;
  detector->mean += before / (double)detector->count;
  double after = value - detector->mean;
  detector->sum_squared_deviation += before * after;
  double scale = sqrt(detector->sum_squared_deviation);
  double excess = after - scale * detector->magnitude;
  double high = detector->cusum_high + excess;
  double low = detector->cusum_low + excess;
  // As Java's max and min: a NaN stays.
  detector->cusum_high = high <= 0 ? 0 : high;
  detector->cusum_low = low > 0 ? 0 : low;
  double limit = scale * detector->threshold;
  if (detector->count < detector->ready_after) return 0;
  return (uint64_t)(detector->cusum_high > limit) | (uint64_t)(detector->cusum_low < -limit) << 1;
}

uint64_t yardstick_stream(yardstick_detector *detector, const double *values, size_t count) {
  // A copy that nothing else can point to stays in registers.
  yardstick_detector local = *detector;
  uint64_t changes = 0;
  for (size_t index = 0; index < count; index++) changes += observe(&local, values[index]);
  *detector = local;
  return changes;
}

uint64_t yardstick_windows(
    yardstick_detector detector, const double *values, size_t windows, size_t length) {
  uint64_t changes = 0;
  for (size_t window = 0; window < windows; window++) {
    yardstick_detector local = detector;
    local.mean = local.sum_squared_deviation = local.cusum_high = local.cusum_low = 0;
    local.count = 0;
    uint64_t change = 0;
    for (size_t index = 0; index < length; index++) {
      change = observe(&local, values[window * length + index]);
    }
    changes += change;
  }
  return changes;
}
