import KubernetesObjects
public import TimeUnits

/// What one look at a Job leads to, in the order in which it is sent: pods, the status, finalizers
/// of pods that now count, the status with their counts.
public struct JobDecision: Sendable {
  /// Pods to make, by slow start.
  public var create: Int64 = 0
  /// Pods to delete, all at once.
  public var delete: [String] = []
  /// The status before pods that have ended are counted; nil if it says nothing new.
  public var status: JobStatus?
  /// Pods whose finalizer is removed, all at once.
  public var release: [String] = []
  /// The status with everything counted; nil if nothing was.
  public var countedStatus: JobStatus?
  /// Told after the last write.
  public var event: ReportedEvent?
  /// Nanoseconds until the next look, if time alone asks for one.
  public var requeueAfter: Int64?
  /// What the controller remembers once the counts are written.
  public var backoff = JobBackoff()
}

/// Follows `syncJob` of pkg/controller/job/job_controller.go, 1.36, for Jobs that are not Indexed.
public enum JobReconciler {
  /// The most pods one sync creates or deletes.
  public static let burst: Int64 = 500
  /// Events of pods within this time lead to one look, nanoseconds: 1 s.
  public static let batchPeriod: Int64 = 1_000_000_000

  /// Decides for a Job with all its pods. Complexity: n log n in pods.
  public static func decide(
    _ job: Job, pods: [JobPod], backoff: JobBackoff, expectationsSatisfied: Bool,
    at now: SimulationTime
  ) -> JobDecision {
    guard !job.status.isFinished || pods.contains(where: \.isTracked) else { return JobDecision() }
    var sync = JobSync(job, pods: pods, backoff: backoff, now: now)
    sync.run(expectationsSatisfied)
    return sync.decision
  }
}

private struct JobSync {
  let job: Job
  let now: SimulationTime
  let active: [Pod]
  let tracked: [Pod]
  var status: JobStatus
  var succeeded: [Pod] = []
  var failed: [Pod] = []
  var ignored: [Pod] = []
  var decision = JobDecision()

  init(_ job: Job, pods: [JobPod], backoff: JobBackoff, now: SimulationTime) {
    self.job = job
    self.now = now
    active = pods.map(\.pod).filter(\.isActive)
    tracked = pods.filter(\.isTracked).map(\.pod)
    status = job.status
    status.ready = Int64(active.filter(\.status.isReady).count)
    status.terminating = Int64(
      pods.filter { $0.pod.metadata.isTerminating && !$0.pod.status.phase.isTerminal }.count)
    decision.backoff = backoff
  }

  private var replacesOnlyFailed: Bool { job.podReplacementPolicy == .failed }

  mutating func run(_ expectationsSatisfied: Bool) {
    countEnded()
    if status.startTime == nil, !job.isSuspended { status.startTime = now }
    let isFailing = judgeFailure()
    var activeAfter = Int64(active.count)
    if isFailing || job.isSuspended {
      decision.delete = active.map(\.metadata.name)
      status.terminating += activeAfter
      activeAfter = 0
      if job.isSuspended, !isFailing { suspend() }
    } else if expectationsSatisfied, !job.metadata.isTerminating {
      activeAfter = manage()
      if isComplete(activeAfter) {
        status.conditions.append(
          JobCondition(
            .successCriteriaMet, reason: "CompletionsReached",
            message: "Reached expected number of succeeded pods"))
      }
    }
    status.active = activeAfter
    if isFailing { status.ready = 0 }
    write(isFailing: isFailing)
  }

  // MARK: What has ended

  private mutating func countEnded() {
    for pod in tracked {
      if pod.status.phase == .succeeded {
        succeeded.append(pod)
      } else if isFailed(pod) {
        if case .ignored = PodFailurePolicy.judge(pod, job.failurePolicy) {
          ignored.append(pod)
        } else {
          failed.append(pod)
        }
      }
    }
    // Failures that a policy ignores are waited out all the same; those of a success's own second
    // are not.
    let ended = (failed + ignored + succeeded).map { (finish(of: $0), $0) }.enumerated()
      .sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
      .map(\.element.1)
    for pod in ended {
      if pod.status.phase == .succeeded {
        decision.backoff.succeed()
      } else {
        decision.backoff.fail(at: finish(of: pod))
      }
    }
  }

  private func isFailed(_ pod: Pod) -> Bool {
    if pod.status.phase == .failed { return true }
    return !replacesOnlyFailed && pod.metadata.isTerminating
  }

  private func finish(of pod: Pod) -> SimulationTime {
    let ends = pod.status.containers.compactMap { status -> SimulationTime? in
      if case .terminated(let end) = status.state { end.finishedAt } else { nil }
    }
    if let last = ends.max() { return last }
    if let ready = pod.status.condition(.ready), ready.status == .false {
      return ready.lastTransition
    }
    let grace = (pod.metadata.deletionGracePeriodSeconds ?? 0) * 1_000_000_000
    return pod.metadata.deletionTime?.advanced(byNanoseconds: -grace) ?? pod.metadata.creationTime
  }

  private var succeededCount: Int64 { status.succeeded + Int64(succeeded.count) }

  // MARK: Failure

  private mutating func judgeFailure() -> Bool {
    if status.condition(.failureTarget) != nil || status.condition(.failed) != nil { return true }
    if status.condition(.successCriteriaMet) != nil { return false }
    guard let (reason, message) = failure() else { return false }
    status.conditions.append(JobCondition(.failureTarget, reason: reason, message: message))
    return true
  }

  private mutating func failure() -> (reason: String, message: String)? {
    for pod in failed {
      if case .fails(let message) = PodFailurePolicy.judge(pod, job.failurePolicy) {
        return ("PodFailurePolicy", message)
      }
    }
    if status.failed + Int64(failed.count) > job.backoffLimit || restartsExceedLimit() {
      return ("BackoffLimitExceeded", "Job has reached the specified backoff limit")
    }
    guard let deadline = job.activeDeadlineSeconds, !job.isSuspended, let start = status.startTime
    else { return nil }
    let left =
      start.nanoseconds + deadline * 1_000_000_000 - now.nanoseconds
    if left <= 0 {
      return ("DeadlineExceeded", "Job was active longer than specified deadline")
    }
    requeue(after: left)
    return nil
  }

  /// Containers that restart in place count as failures (`restartPolicy: OnFailure`).
  private func restartsExceedLimit() -> Bool {
    guard job.template.spec.restartPolicy == .onFailure else { return false }
    let restarts = active.reduce(Int64(0)) { sum, pod in
      sum + pod.status.containers.reduce(0) { $0 + Int64($1.restartCount) }
    }
    return job.backoffLimit == 0 ? restarts > 0 : restarts >= job.backoffLimit
  }

  private mutating func requeue(after delay: Int64) {
    decision.requeueAfter = min(decision.requeueAfter ?? .max, delay)
  }

  // MARK: Pods

  private mutating func manage() -> Int64 {
    let count = Int64(active.count)
    let wanted: Int64
    if let completions = job.completions {
      wanted = min(max(0, completions - succeededCount), job.parallelism)
    } else {
      wanted = succeededCount > 0 ? count : job.parallelism
    }
    if count > wanted {
      let candidates = active.map { DeletionCandidate($0) }
      // No deletion cost, no colocation: the plain order of ages.
      let order = DeletionOrder(now: now, release: .v1_11)
      let surplus = Int(min(count - wanted, JobReconciler.burst))
      decision.delete = order.victims(surplus, of: candidates).map { active[$0].metadata.name }
      status.terminating += Int64(surplus)
      return count - Int64(surplus)
    }
    let missing = wanted - count - (replacesOnlyFailed ? status.terminating : 0)
    guard missing > 0 else { return count }
    let wait = decision.backoff.remaining(at: now)
    guard wait == 0 else {
      requeue(after: wait)
      return count
    }
    decision.create = min(missing, JobReconciler.burst)
    return count + decision.create
  }

  private func isComplete(_ active: Int64) -> Bool {
    guard status.condition(.successCriteriaMet) == nil else { return false }
    guard let completions = job.completions else { return succeededCount > 0 && active == 0 }
    return succeededCount >= completions
  }

  private mutating func suspend() {
    guard status.condition(.suspended) == nil else { return }
    status.conditions.append(
      JobCondition(.suspended, reason: "JobSuspended", message: "Job suspended"))
  }

  // MARK: Status

  private mutating func write(isFailing: Bool) {
    // Of a Job that fails every pod that has not ended counts as failed.
    let unended = isFailing ? tracked.filter { pod in !ended(pod) } : []
    decision.release = (succeeded + failed + ignored + unended).map(\.metadata.name)
    if status != job.status || !decision.release.isEmpty { decision.status = status }
    var counted = status
    counted.succeeded += Int64(succeeded.count)
    counted.failed += Int64(failed.count + unended.count)
    if status.terminating == 0, status.active == 0 { finishJob(&counted) }
    if counted != status { decision.countedStatus = counted }
  }

  private func ended(_ pod: Pod) -> Bool {
    (succeeded + failed + ignored).contains { $0.metadata.name == pod.metadata.name }
  }

  private mutating func finishJob(_ counted: inout JobStatus) {
    guard !counted.isFinished else { return }
    if let target = counted.condition(.failureTarget) {
      counted.conditions.append(
        JobCondition(.failed, reason: target.reason, message: target.message))
      decision.event = ReportedEvent(.warning, reason: target.reason, message: target.message)
    } else if let target = counted.condition(.successCriteriaMet) {
      counted.conditions.append(
        JobCondition(.complete, reason: target.reason, message: target.message))
      counted.completionTime = now
      decision.event = ReportedEvent(reason: "Completed", message: "Job completed")
    }
  }
}
