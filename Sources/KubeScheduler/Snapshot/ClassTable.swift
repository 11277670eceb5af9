import KubernetesObjects

/// The classes of pods, and the shapes they share.
struct ClassTable: Sendable {
  var classes: [PodClass] = []
  private(set) var placements: [PlacementShape] = []
  private(set) var requests: [RequestShape] = []
  private var classesOfSpec: [ObjectIdentifier: [Int32]] = [:]
  private var placementIndex: [PlacementShape: Int32] = [:]
  private var requestIndex: [RequestShape: Int32] = [:]
  private var free: [Int32] = []
  /// The classes that have affinity terms of their own.
  private(set) var withAffinity: [Int32] = []

  /// Classes without pods are kept for the next pod of their kind, up to this many.
  private static let idleLimit = 2048
  private(set) var liveCount = 0

  func find(_ pod: PodRef) -> Int32? {
    guard let found = classesOfSpec[pod.spec.identity] else { return nil }
    for index in found where classes[Int(index)].isSame(as: pod) { return index }
    return nil
  }

  mutating func insert(
    _ pod: PodRef, scalars: [RequestShape.Scalar]
  ) -> Int32 {
    let blueprint = pod.spec.value
    let shape = PlacementShape(blueprint)
    let placement = placementIndex[shape] ?? Int32(placements.count)
    if Int(placement) == placements.count {
      placementIndex[shape] = placement
      placements.append(shape)
    }
    let request = RequestShape(
      milliCPU: blueprint.requests.milliCPU, memory: blueprint.requests.memory,
      storage: blueprint.requests.ephemeralStorage,
      nonZeroCPU: blueprint.nonZeroRequests.milliCPU,
      nonZeroMemory: blueprint.nonZeroRequests.memory, scalars: scalars)
    let requestNumber = requestIndex[request] ?? Int32(requests.count)
    if Int(requestNumber) == requests.count {
      requestIndex[request] = requestNumber
      requests.append(request)
    }
    let made = PodClass(
      pod, placement: placement, request: request, requestIndex: requestNumber)
    let index = free.popLast() ?? Int32(classes.count)
    if Int(index) == classes.count { classes.append(made) } else { classes[Int(index)] = made }
    classesOfSpec[pod.spec.identity, default: []].append(index)
    if made.hasAffinity { withAffinity.append(index) }
    liveCount += 1
    return index
  }

  var isCrowded: Bool { liveCount > Self.idleLimit }

  /// Forgets the classes that no pod is of; returns them.
  mutating func forgetIdle() -> [Int32] {
    var forgotten: [Int32] = []
    for index in classes.indices
    where classes[index].podCount == 0 && !free.contains(Int32(index)) {
      let identity = classes[index].spec.identity
      classesOfSpec[identity]?.removeAll { $0 == Int32(index) }
      if classesOfSpec[identity]?.isEmpty == true { classesOfSpec[identity] = nil }
      forgotten.append(Int32(index))
    }
    withAffinity.removeAll { classes[Int($0)].podCount == 0 }
    liveCount -= forgotten.count
    free += forgotten.reversed()
    return forgotten
  }
}
