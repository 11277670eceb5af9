import KubeScheduler
import KubernetesObjects

/// The estimate of `BinpackingEstimator` by arithmetic, for pods that only the room for their
/// requests keeps off a new node.
///
/// The same nodes take the same pods in the same order; nothing but four sums is kept of a node.
struct RoomPacking {
  /// CPU, memory, storage and pods.
  typealias Room = SIMD4<Int64>

  private let fresh: Room
  private var limiter: EstimationLimiter
  /// What each new node has left.
  private var rooms: [Room] = []
  private var holdsPods: [Bool] = []
  private var nextStart = 0
  private(set) var estimate = BinpackingEstimator.Estimate()

  /// Nil if anything but room decides about these pods.
  ///
  /// - Parameters:
  ///   - groups: the largest pods first, like with like.
  ///   - snapshot: one in which the template stands as a fresh node.
  init?(
    _ groups: [[AutoscalerPod]], on template: NodeTemplate, standingAs node: NodeIndex,
    in snapshot: inout ClusterSnapshot, limiter: EstimationLimiter
  ) {
    guard groups.allSatisfy({ $0[0].pod.asksOnlyForRoom }),
      !snapshot.scheduler.hasRequiredAntiAffinity
    else { return nil }
    let free = snapshot.scheduler.available(on: node)
    let slots = template.node.status.allocatable[ResourceName.pods]?.value ?? 0
    fresh = Room(
      free.milliCPU, free.memory, free.ephemeralStorage, slots - Int64(template.pods.count))
    self.limiter = limiter
    for group in groups {
      let isWelcome = snapshot.check(group[0].reference, on: node).isEmpty
      pack(group, isWelcome: isWelcome)
    }
    estimate.nodeCount = holdsPods.count { $0 }
  }

  private mutating func pack(_ pods: [AutoscalerPod], isWelcome: Bool) {
    let requests = pods[0].pod.spec.value.requests
    let wanted = Room(requests.milliCPU, requests.memory, requests.ephemeralStorage, 1)
    var next = isWelcome ? spread(pods, wanted) : 0
    while next < pods.count {
      let last = rooms.count - 1
      let count = last >= 0 && isWelcome ? Self.count(of: wanted, in: rooms[last]) : 0
      if count > 0 {
        let taken = min(count, pods.count - next)
        take(wanted, times: taken, at: last)
        note(pods, next..<next + taken)
        next += taken
        continue
      }
      // What an empty node cannot take, another empty one cannot take either.
      if last >= 0, !holdsPods[last] { break }
      guard limiter.permits(elapsed: .zero) else { break }
      rooms.append(fresh)
      holdsPods.append(false)
      if !isWelcome || Self.count(of: wanted, in: fresh) == 0 { break }
    }
    for _ in 0..<next { estimate.requests += requests }
  }

  /// Puts pods onto the nodes imagined so far, one after the other in turn; returns how many.
  private mutating func spread(_ pods: [AutoscalerPod], _ wanted: Room) -> Int {
    var open = (0..<rooms.count).map { ($0 + nextStart) % rooms.count }
    var next = 0
    while !open.isEmpty, next < pods.count {
      var left: [Int] = []
      for place in open {
        // A node without room for one has none for the others of this kind.
        guard Self.count(of: wanted, in: rooms[place]) > 0 else { continue }
        left.append(place)
        guard next < pods.count else { continue }
        take(wanted, times: 1, at: place)
        note(pods, next..<next + 1)
        nextStart = (place + 1) % rooms.count
        next += 1
      }
      open = left
    }
    return next
  }

  private mutating func take(_ wanted: Room, times count: Int, at place: Int) {
    rooms[place] &-= wanted &* Room(repeating: Int64(count))
    holdsPods[place] = true
  }

  private mutating func note(_ pods: [AutoscalerPod], _ range: Range<Int>) {
    for index in range { estimate.pods.append(pods[index].key) }
  }

  /// How many pods of a kind fit.
  private static func count(of wanted: Room, in room: Room) -> Int {
    var count = Int64.max
    for lane in 0..<4 where wanted[lane] > 0 {
      count = min(count, room[lane] < wanted[lane] ? 0 : room[lane] / wanted[lane])
    }
    return Int(count)
  }
}

extension Pod {
  /// Whether nothing but a node's own labels and taints, and the room on it, decides whether the
  /// pod may stand there, and alike for all nodes of a kind.
  fileprivate var asksOnlyForRoom: Bool {
    let blueprint = spec.value
    let spec = blueprint.spec
    guard blueprint.hostPorts.isEmpty, spec.nodeName == nil,
      blueprint.requests.scalars.allSatisfy({ $0.value == 0 }),
      spec.nodeSelector[WellKnownLabel.hostname] == nil,
      spec.topologySpreadConstraints.allSatisfy({ $0.whenUnsatisfiable == .scheduleAnyway })
    else { return false }
    if let affinity = spec.affinity {
      guard affinity.requiredNodeTerms == nil, affinity.requiredPodAffinity.isEmpty,
        affinity.requiredPodAntiAffinity.isEmpty
      else { return false }
    }
    return spec.volumes.allSatisfy { volume in
      switch volume.source {
      case .emptyDir, .hostPath, .other: true
      case .persistentVolumeClaim, .awsElasticBlockStore, .ephemeral: false
      }
    }
  }
}
