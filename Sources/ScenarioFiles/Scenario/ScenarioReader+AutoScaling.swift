import AWSObjects
import Documents
import Scenarios
import TimeUnits

extension ScenarioReader {
  /// The settings of a node group's Auto Scaling group, from the group's own fields.
  func autoScaling(_ cursor: DocumentCursor) -> AutoScalingSpec {
    var spec = AutoScalingSpec()
    spec.cooldown = cursor.field("cooldown")?.duration()
    if let policies = cursor.field("terminationPolicies") {
      spec.terminationPolicies = policies.texts().map(\.text)
    }
    spec.suspendedProcesses =
      cursor.field("suspendedProcesses")?.elements().compactMap {
        $0.word(AutoScalingGroup.Process.self)
      } ?? []
    if let protected = cursor.field("protectedFromScaleIn")?.bool() {
      spec.protectedFromScaleIn = protected
    }
    if let check = cursor.field("healthCheck"), check.expectMapping() {
      spec.healthCheckType = check.field("type")?.word(AutoScalingGroup.HealthCheckType.self)
      spec.healthCheckGracePeriod = check.field("gracePeriod")?.duration()
      check.reportUnknownFields()
    }
    spec.instanceWarmup = cursor.field("instanceWarmup")?.duration()
    if let rebalances = cursor.field("capacityRebalance")?.bool() {
      spec.capacityRebalance = rebalances
    }
    if let detailed = cursor.field("detailedMonitoring")?.bool() {
      spec.detailedMonitoring = detailed
    }
    if let tags = cursor.field("tags") {
      spec.tags = tags.entries().compactMap { key, value in
        value.string().map { ResourceTag(key: key, value: $0) }
      }
    }
    spec.lifecycleHooks = cursor.field("lifecycleHooks")?.elements().compactMap(hook) ?? []
    spec.warmPool = cursor.field("warmPool").flatMap(warmPool)
    spec.mixedInstances = cursor.field("mixedInstances").flatMap(mixedInstances)
    spec.policies = cursor.field("policies")?.elements().compactMap(scalingPolicy) ?? []
    spec.scheduledActions =
      cursor.field("scheduledActions")?.elements().compactMap(scheduledAction) ?? []
    return spec
  }

  private enum Transition: String, CaseIterable { case launching, terminating }

  private func hook(_ cursor: DocumentCursor) -> LifecycleHookSpec? {
    guard cursor.expectMapping() else { return nil }
    let name = cursor.required("name")?.string()
    let transition = cursor.required("transition")?.word(Transition.self)
    let heartbeat = cursor.field("heartbeatTimeout")
    let span = heartbeat?.duration()
    let ending = cursor.field("defaultResult")?.word(LifecycleHook.Result.self)
    let completedAfter = cursor.field("completedAfter")?.law()
    let result = cursor.field("result")?.word(LifecycleHook.Result.self)
    cursor.reportUnknownFields()
    if let span, !(.seconds(30)...(.seconds(7_200))).contains(span) {
      heartbeat?.error("a heartbeat timeout is from 30s to 2h")
    }
    guard let name, let transition else { return nil }
    var hook = LifecycleHook(
      name: name, transition: transition == .launching ? .launching : .terminating)
    if let span { hook.heartbeatTimeout = span }
    if let ending { hook.defaultResult = ending }
    return LifecycleHookSpec(
      hook: hook, completedAfter: completedAfter, result: result ?? .proceed)
  }

  private func warmPool(_ cursor: DocumentCursor) -> WarmPool? {
    guard cursor.expectMapping() else { return nil }
    var pool = WarmPool()
    if let size = cursor.field("minSize")?.count() { pool.minSize = size }
    pool.maxGroupPreparedCapacity = cursor.field("maxGroupPreparedCapacity")?.count()
    if let state = cursor.field("state")?.word(WarmPool.State.self) { pool.poolState = state }
    if let reuse = cursor.field("reuseOnScaleIn")?.bool() { pool.reuseOnScaleIn = reuse }
    cursor.reportUnknownFields()
    return pool
  }

  private func mixedInstances(_ cursor: DocumentCursor) -> MixedInstancesPolicy? {
    guard cursor.expectMapping() else { return nil }
    let types = cursor.required("instanceTypes")
    var policy = MixedInstancesPolicy(instanceTypes: types?.texts().map(\.text) ?? [])
    if types?.node.elements?.isEmpty == true { types?.error("the list is empty") }
    if let base = cursor.field("onDemandBase")?.count() { policy.onDemandBaseCapacity = base }
    if let share = cursor.field("onDemandPercentageAboveBase"), let value = share.count() {
      if value > 100 { share.error("a percentage is at most 100, found \(value)") }
      policy.onDemandPercentageAboveBaseCapacity = min(100, value)
    }
    if let strategy = cursor.field("onDemandAllocationStrategy")?
      .word(MixedInstancesPolicy.OnDemandAllocationStrategy.self)
    {
      policy.onDemandAllocationStrategy = strategy
    }
    if let strategy = cursor.field("spotAllocationStrategy")?
      .word(MixedInstancesPolicy.SpotAllocationStrategy.self)
    {
      policy.spotAllocationStrategy = strategy
    }
    if let pools = cursor.field("spotInstancePools")?.count() {
      policy.spotInstancePools = max(1, pools)
    }
    policy.spotMaxPrice = cursor.field("spotMaxPrice")?.positive()
    cursor.reportUnknownFields()
    return policy.instanceTypes.isEmpty ? nil : policy
  }

  private func scheduledAction(_ cursor: DocumentCursor) -> ScheduledAction? {
    guard cursor.expectMapping() else { return nil }
    let name = cursor.required("name")?.string()
    let at = cursor.required("at")?.time()
    let every = cursor.field("every")
    let span = every?.duration()
    if let span, span <= .zero { every?.error("a span above 0 is needed") }
    let (min, max) = (cursor.field("min")?.count(), cursor.field("max")?.count())
    let desired = cursor.field("desired")?.count()
    cursor.reportUnknownFields()
    guard let name, let at else { return nil }
    var action = ScheduledAction(name: name, startTime: at)
    action.every = span.flatMap { $0 > .zero ? $0 : nil }
    (action.minSize, action.maxSize, action.desiredCapacity) = (min, max, desired)
    return action
  }
}
