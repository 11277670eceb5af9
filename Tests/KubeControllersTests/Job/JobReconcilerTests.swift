import KubeControllers
import KubernetesObjects
import Testing
import TimeUnits

@Suite("Job")
struct JobReconcilerTests {
  private func job(
    parallelism: Int64 = 2, completions: Int64? = 4, backoffLimit: Int64 = 6,
    deadline: Int64? = nil
  ) -> Job {
    var job = Job(metadata: ObjectMeta(name: "job"), template: Shared(Fixture.template()))
    job.parallelism = parallelism
    job.completions = completions
    job.backoffLimit = backoffLimit
    job.activeDeadlineSeconds = deadline
    job.status.startTime = .zero
    return job
  }

  private func pod(
    _ name: String, _ phase: PodStatus.Phase = .running, exitCode: Int32 = 1, endedAt: Int64 = 0,
    tracked: Bool = true
  ) -> JobPod {
    var pod = Fixture.pod(name, phase: phase)
    if phase.isTerminal {
      var container = ContainerStatus(name: "c")
      container.state = .terminated(
        ContainerStatus.Termination(
          exitCode: exitCode, reason: "Error", startedAt: .zero, finishedAt: .seconds(endedAt)))
      pod.status.containers = [container]
    }
    return JobPod(pod, isTracked: tracked)
  }

  private func decide(
    _ job: Job, _ pods: [JobPod], backoff: JobBackoff = JobBackoff(), at now: Int64 = 100
  ) -> JobDecision {
    JobReconciler.decide(
      job, pods: pods, backoff: backoff, expectationsSatisfied: true, at: .seconds(now))
  }

  @Test("As many pods run as are still wanted, and parallelism at most")
  func parallelism() {
    #expect(decide(job(), []).create == 2)
    #expect(decide(job(), [pod("a"), pod("b")]).create == 0)
    var almost = job()
    almost.status.succeeded = 3
    #expect(decide(almost, []).create == 1)
    #expect(decide(almost, [pod("a"), pod("b")]).delete.count == 1)
  }

  @Test("The next pod waits 10 s after the first failure, twice that after the second")
  func backoff() {
    let failed = [pod("a", .failed, endedAt: 95)]
    let first = decide(job(), failed, at: 100)
    #expect(first.create == 0)
    #expect(first.requeueAfter == 5 * Fixture.second)
    #expect(first.release == ["a"])
    #expect(first.countedStatus?.failed == 1)
    #expect(decide(job(), failed, at: 105).create == 2)
    let second = decide(
      job(), [pod("b", .failed, endedAt: 110)], backoff: first.backoff, at: 111)
    #expect(second.requeueAfter == 19 * Fixture.second)
    let success = decide(
      job(), [pod("c", .succeeded, exitCode: 0, endedAt: 120)], backoff: second.backoff, at: 121)
    #expect(success.create == 2)
  }

  @Test("One failure beyond the limit fails the Job, and its pods are deleted first")
  func backoffLimit() {
    var limited = job(backoffLimit: 1)
    limited.status.failed = 1
    let decision = decide(limited, [pod("a", .failed), pod("b")])
    #expect(decision.delete == ["b"])
    #expect(decision.status?.condition(.failureTarget)?.reason == "BackoffLimitExceeded")
    #expect(decision.countedStatus?.failed == 3)
    #expect(decision.countedStatus?.condition(.failed) == nil)
    limited.status = decision.countedStatus!
    limited.status.terminating = 0
    let last = decide(limited, [])
    #expect(last.countedStatus?.condition(.failed)?.reason == "BackoffLimitExceeded")
    #expect(last.event?.reason == "BackoffLimitExceeded")
  }

  @Test("The deadline counts from the start and fails the Job in its second")
  func deadline() {
    #expect(decide(job(deadline: 101), [pod("a")]).requeueAfter == Fixture.second)
    #expect(
      decide(job(deadline: 100), [pod("a")]).status?.condition(.failureTarget)?.reason
        == "DeadlineExceeded")
  }

  @Test("With enough successes the Job is complete")
  func completion() {
    var almost = job()
    almost.status.succeeded = 3
    let decision = decide(almost, [pod("a", .succeeded, exitCode: 0)])
    #expect(decision.status?.condition(.successCriteriaMet)?.reason == "CompletionsReached")
    #expect(decision.countedStatus?.condition(.complete) != nil)
    #expect(decision.countedStatus?.succeeded == 4)
  }

  @Test("A policy may ignore a failure or fail the Job for it")
  func failurePolicy() {
    var strict = job(backoffLimit: 0)
    strict.failurePolicy = [
      PodFailureRule(
        action: .failJob, requirements: [.exitCodes(container: "c", values: [42], isIn: true)]),
      PodFailureRule(
        action: .ignore, requirements: [.exitCodes(container: nil, values: [7], isIn: true)]),
    ]
    let fatal = decide(strict, [pod("a", .failed, exitCode: 42)])
    #expect(
      fatal.status?.condition(.failureTarget)?.message
        == "Container c for pod default/a failed with exit code 42 matching FailJob rule at index 0"
    )
    let ignored = decide(strict, [pod("a", .failed, exitCode: 7)])
    #expect(ignored.release == ["a"])
    #expect(ignored.status?.condition(.failureTarget) == nil)
    #expect(ignored.countedStatus?.failed ?? 0 == 0)
  }

  @Test("A pod that is being deleted is replaced at once, or with `Failed` when it has ended")
  func replacement() {
    let leaving = JobPod(Fixture.pod("a").terminating(), isTracked: true)
    var patient = job(parallelism: 1)
    patient.podReplacementPolicy = .failed
    #expect(decide(patient, [leaving]).create == 0)
    #expect(decide(patient, [leaving]).release == [])
    let eager = decide(job(parallelism: 1), [leaving])
    #expect(eager.release == ["a"])
    #expect(eager.countedStatus?.failed == 1)
  }
}
