import Kubelet
import KubernetesObjects
import Testing
import TimeUnits

struct StorageLimitsTests {
  private typealias F = EvictionFixture

  private func evictions(
    _ pods: [EvictionPod], layout: FileSystemLayout = .shared
  ) -> [PodEviction] {
    var memory = EvictionMemory()
    let manager = EvictionManager(EvictionConfiguration(thresholds: [], layout: layout))
    let decision = manager.synchronize(
      &memory, observations: F.observations(at: 0), pods: pods, at: .zero)
    if case .exceedLimits(let evictions) = decision { return evictions }
    return []
  }

  private func scratch(_ used: Int64, limit: Int64) -> EvictionPod {
    var pod = F.pod("p")
    pod.emptyDirLimits = [
      EvictionPod.EmptyDirLimit(volume: "scratch", size: Quantity(value: limit, format: .binarySI))
    ]
    pod.usage?.localVolumes = [
      PodUsage.VolumeUsage(name: "scratch", disk: DiskUsage(bytes: used))
    ]
    return pod
  }

  private func limited(_ used: Int64, limit: Int64, logs: Int64 = 0) -> EvictionPod {
    var pod = F.pod("p", disk: used)
    pod.usage?.containers[0].logs.bytes = logs
    pod.usage?.ephemeralStorage = used + logs
    pod.spec.containers[0].resources.limits[ResourceName.ephemeralStorage] = Quantity(
      value: limit, format: .binarySI)
    return pod
  }

  @Test("a volume beyond its size ends the pod, though the node lacks nothing")
  func emptyDir() throws {
    #expect(evictions([scratch(1024, limit: 1024)]).isEmpty)
    let eviction = try #require(evictions([scratch(1025, limit: 1024)]).first)
    #expect(eviction.grounds == .emptyDirLimit(volume: "scratch"))
    #expect(eviction.gracePeriod == .seconds(1))
    #expect(!eviction.isDisruption)
    #expect(
      eviction.texts.map(\.message) == [
        "Usage of EmptyDir volume \"scratch\" exceeds the limit \"1Ki\". "
      ])
  }

  @Test("the pod as a whole may use the sum of its containers' limits")
  func podLimit() throws {
    #expect(evictions([limited(2048, limit: 2048)]).isEmpty)
    let eviction = try #require(evictions([limited(2048, limit: 2048, logs: 1)]).first)
    #expect(eviction.grounds == .podStorageLimit)
    #expect(
      eviction.texts.map(\.message) == [
        "Pod ephemeral local storage usage exceeds the total limit of containers 2Ki. "
      ])
  }

  @Test("a container beyond its own limit ends the pod that is within the sum")
  func containerLimit() throws {
    var pod = limited(2049, limit: 2048)
    var spare = Container(name: "d")
    spare.resources.limits[ResourceName.ephemeralStorage] = Quantity(value: 4096)
    pod.spec.containers.append(spare)
    let eviction = try #require(evictions([pod]).first)
    #expect(eviction.grounds == .containerStorageLimit(container: "c"))
    #expect(
      eviction.texts.map(\.message) == [
        "Container c exceeded its local ephemeral storage limit \"2Ki\". "
      ])
    // On a disk of its own the writable layer does not count against the container.
    #expect(evictions([pod], layout: .dedicatedImages).isEmpty)
  }

  @Test("every pod beyond a limit goes in one pass, critical ones excepted")
  func several() {
    var critical = scratch(5, limit: 1)
    critical.isStatic = true
    let pods = [scratch(5, limit: 1), critical, scratch(1, limit: 5), limited(9, limit: 1)]
    #expect(evictions(pods).map(\.pod) == [0, 3])
  }
}
