import SimulationKernel
import Statistics

extension CoverageFamily {
  private static let meanWait = "mean wait in M/M/1, ρ = 0.8"

  /// Means over independent runs: with a warm-up, without, and with the warm-up found by MSER-5.
  static func replicatedQueues(_ confidence: Double) -> [CoverageFamily] {
    let truth = QueueRun.meanWait()
    let long = CoverageFamily([
      CoverageSubject(
        "Student t", of: meanWait, sample: "20 runs of 20 000 after 2 000",
        demanded: 0.93...0.97)
    ]) { streams in
      let means = (0..<20).map { number in
        var run = QueueRun(streams, run: number)
        return run.mean(of: 20_000, after: 2_000)
      }
      return [CoverageTrial(StudentInterval(of: means, confidence: confidence), truth)]
    }
    let others = [(500, "500"), (5_000, "5 000")].map { count, text in
      func subject(_ interval: String, _ reason: String) -> CoverageSubject {
        CoverageSubject(
          interval, of: meanWait, sample: "20 runs of \(text) from empty", reason: reason)
      }
      return CoverageFamily([
        subject("Student t", "the runs begin empty: their means lie below the steady state's"),
        subject(
          "Student t after MSER-5 of each run",
          "runs that end quietly lose their busy part with the warm-up"),
        subject(
          "Student t after MSER-5 of the mean path",
          "runs are too short to tell the warm-up from the rest"),
      ]) { streams in
        let runs = (0..<20).map { number in
          var run = QueueRun(streams, run: number)
          return run.waits(count)
        }
        let common = WarmUp(meanOf: runs)?.truncation ?? 0
        return [
          runs.map { RunningMoments($0).mean },
          runs.map { RunningMoments($0[(WarmUp($0)?.truncation ?? 0)...]).mean },
          runs.map { RunningMoments($0[common...]).mean },
        ].map { CoverageTrial(StudentInterval(of: $0, confidence: confidence), truth) }
      }
    }
    return [long] + others
  }

  /// Means within one long run.
  static func singleRuns(_ confidence: Double) -> [CoverageFamily] {
    let truth = QueueRun.meanWait()
    return [(2_000, "2 000"), (20_000, "20 000"), (200_000, "200 000")].map { count, text in
      let batch = "batches are no longer than the dependence, some hundreds of customers"
      func subject(_ interval: String, _ reason: String) -> CoverageSubject {
        CoverageSubject(
          interval, of: meanWait, sample: "1 run of \(text) after 2 000", reason: reason)
      }
      return CoverageFamily([
        subject("Student t, observations taken as independent", "waits depend on each other"),
        subject("batch means, 32", batch),
        subject("overlapping batch means, 1/32", batch),
      ]) { streams in
        var run = QueueRun(streams)
        let waits = run.waits(count, after: 2_000)
        let overlapping = OverlappingBatchMeans(waits, batchSize: count / 32)
        return [
          StudentInterval(of: waits, confidence: confidence),
          BatchMeans(waits)?.interval(confidence: confidence),
          overlapping?.interval(confidence: confidence),
        ].map { CoverageTrial($0, truth) }
      }
    }
  }

  /// Differences and ratios of queues that meet the same customers.
  static func comparisons(_ confidence: Double) -> [CoverageFamily] {
    let serviceTimes = [1, 0.95, 0.9, 0.85]
    let truths = serviceTimes.map { QueueRun.meanWait(serviceTime: $0) }
    return [5, 20].map { count in
      let sample = "\(count) pairs of 5 000 after 1 000"
      let few = "means of runs are skewed: a busy hour is rare and long"
      return CoverageFamily([
        CoverageSubject(
          "paired difference", of: "mean waits, service 5 % faster", sample: sample, reason: few),
        CoverageSubject(
          "three differences at once, Bonferroni", of: "mean waits, service 5, 10, 15 % faster",
          sample: sample, reason: "the same, and the three depend on each other"),
        CoverageSubject(
          "ratio by Fieller", of: "mean waits, service 5 % faster", sample: sample, reason: few),
        CoverageSubject(
          "ratio by the delta method", of: "mean waits, service 5 % faster", sample: sample,
          reason: few),
      ]) { streams in
        let means = serviceTimes.map { serviceTime in
          (0..<count).map { number in
            var run = QueueRun(serviceTime: serviceTime, streams, run: number)
            return run.mean(of: 5_000, after: 1_000)
          }
        }
        return comparisonTrials(means, truths, confidence)
      }
    }
  }

  private static func comparisonTrials(
    _ means: [[Double]], _ truths: [Double], _ confidence: Double
  ) -> [CoverageTrial] {
    let one = PairedDifference(means[1], means[0], confidence: confidence)
    let several =
      MultipleComparisons.differences(
        of: Array(means[1...]), from: means[0], confidence: confidence) ?? []
    let together = zip(several, truths[1...]).allSatisfy { $0.interval.contains($1 - truths[0]) }
    let widths = RunningMoments(several.map { 2 * $0.interval.halfWidth })
    let ratios = [RatioOfMeans.Method.fieller, .delta].map { method in
      RatioOfMeans(pairs: means[1], means[0], confidence: confidence, method: method)
    }
    return [
      CoverageTrial(one?.interval, truths[1] - truths[0]),
      CoverageTrial(isCovered: together, width: widths.mean),
    ] + ratios.map { CoverageTrial($0, truths[1] / truths[0]) }
  }
}

extension CoverageTrial {
  init(_ ratio: RatioOfMeans?, _ truth: Double) {
    guard let ratio else {
      self = .none
      return
    }
    let width = ratio.low.flatMap { low in ratio.high.map { $0 - low } }
    self.init(isCovered: ratio.contains(truth), width: width)
  }
}
