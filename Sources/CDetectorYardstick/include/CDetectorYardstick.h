#ifndef C_DETECTOR_YARDSTICK_H
#define C_DETECTOR_YARDSTICK_H

#include <stddef.h>
#include <stdint.h>

// The published detector as a plain C loop: what our own is measured against, and nothing else.

typedef struct {
  double magnitude;
  double threshold;
  int64_t ready_after;
  double mean;
  double sum_squared_deviation;
  double cusum_high;
  double cusum_low;
  int64_t count;
} yardstick_detector;

// Takes a stream of values; how many of them were changes, a downward one counting twice.
uint64_t yardstick_stream(yardstick_detector *detector, const double *values, size_t count);

// Takes windows that follow one another, each with a new detector; counts the last values' changes.
uint64_t yardstick_windows(
    yardstick_detector detector, const double *values, size_t windows, size_t length);

#endif
