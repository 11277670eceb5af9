import KubeControllers
import KubernetesObjects
import TimeUnits

/// The Job controller in a recorded world: five workers, pods' events batched over a second.
final class JobLoop: QueueLoop {
  static let finalizer = "batch.kubernetes.io/job-tracking"
  private var expectations: [String: Expectations] = [:]
  private var expectedDeletions: [String: Set<String>] = [:]
  private var backoffs: [String: JobBackoff] = [:]

  init(_ world: World) { super.init(world, client: Client(world, extra: 1_100_000), workers: 5) }

  override func start() { for name in world.jobs.names { enqueue(name) } }

  override func jobChanged(_ name: String) { enqueue(name, after: JobReconciler.batchPeriod) }

  override func podChanged(_ old: WorldPod?, _ new: WorldPod?) {
    guard let pod = new ?? old, let owner = pod.pod.metadata.owner, owner.kind == .job else {
      return
    }
    if old == nil {
      expectations[owner.name]?.observeCreation()
    } else if new == nil || pod.isTerminating,
      expectedDeletions[owner.name]?.remove(pod.name) != nil
    {
      expectations[owner.name]?.observeDeletion()
    }
    enqueue(owner.name, after: JobReconciler.batchPeriod)
  }

  override func sync(_ key: String, done: @escaping (Bool) -> Void) {
    guard let job = world.jobs[key] else { return done(true) }
    let pods = world.pods(ownedBy: job.metadata.uid).map {
      JobPod($0.pod, isTracked: $0.pod.metadata.finalizers.contains(Self.finalizer))
    }
    let decision = JobReconciler.decide(
      job, pods: pods, backoff: backoffs[key] ?? JobBackoff(),
      expectationsSatisfied: expectations[key]?.isSatisfied(at: world.time) ?? true,
      at: world.time)
    if let delay = decision.requeueAfter { enqueue(key, after: delay) }
    changePods(decision, of: job) { [unowned self] in
      write(decision.status, of: key) { [unowned self] in
        release(decision.release) { [unowned self] in
          write(decision.countedStatus, of: key) { [unowned self] in
            backoffs[key] = decision.backoff
            if let event = decision.event { client.report(event, kind: "Job", name: key) }
            done(true)
          }
        }
      }
    }
  }

  private func changePods(
    _ decision: JobDecision, of job: Job, then next: @escaping () -> Void
  ) {
    let key = job.metadata.name
    guard decision.create > 0 || !decision.delete.isEmpty else { return next() }
    expectations[key, default: Expectations()].expect(
      creations: decision.create, deletions: Int64(decision.delete.count), at: world.time)
    expectedDeletions[key] = Set(decision.delete)
    let create: (@escaping () -> Void) -> Void = { [unowned self] answered in
      client.request { [unowned self] in
        createPod(for: job)
        answered()
      }
    }
    let deletions = decision.delete.map { pod -> (@escaping () -> Void) -> Void in
      { [unowned self] answered in
        client.request { [unowned self] in
          world.deletePod(pod)
          answered()
        }
      }
    }
    slowly(Array(repeating: create, count: Int(decision.create))) { [unowned self] in
      together(deletions, then: next)
    }
  }

  private func createPod(for job: Job) {
    let key = job.metadata.name
    let number = world.nextPodNumber(of: "Job/\(key)")
    let name = "\(key)-p\(number + 1)"
    world.createPod(
      World.PodRequest(
        name: name, owner: OwnerReference(kind: .job, name: key, uid: job.metadata.uid),
        ownerName: "Job/\(key)", number: number, template: job.template.value,
        blueprint: Shared(PodBlueprint(world.admitted(job.template.spec))),
        finalizers: [Self.finalizer]))
    client.report(ReplicaSetReconciler.created(name), kind: "Job", name: key)
  }

  private func write(_ status: JobStatus?, of key: String, then next: @escaping () -> Void) {
    guard var status else { return next() }
    status.startTime = status.startTime.map(world.apiTime)
    status.completionTime = status.completionTime.map(world.apiTime)
    client.request { [unowned self] in
      world.setJobStatus(key, status)
      next()
    }
  }

  private func release(_ pods: [String], then next: @escaping () -> Void) {
    let requests = pods.map { pod -> (@escaping () -> Void) -> Void in
      { [unowned self] answered in
        client.request { [unowned self] in
          world.removeFinalizers(of: pod)
          answered()
        }
      }
    }
    together(requests, then: next)
  }
}
