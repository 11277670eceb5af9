import Kubelet
import KubernetesObjects
import Testing
import TimeUnits

struct EvictionConfigurationTests {
  @Test("ten percent of 20 GiB is 32 bytes more than a tenth of it, as in the real kubelet")
  func singlePrecision() {
    let threshold = EvictionThreshold(signal: .nodeFsAvailable, amount: .share(0.1))
    func isMet(_ available: Int64) -> Bool {
      threshold.isMet(
        by: SignalObservations.Observation(available: available, capacity: 20 << 30))
    }
    #expect(isMet(2_147_483_679))
    #expect(!isMet(2_147_483_680))
  }

  @Test("a hard memory threshold holds for all pods too, a soft one does not")
  func mirrored() throws {
    let configuration = try EvictionConfiguration(
      hard: [("memory.available", "100Mi"), ("nodefs.available", "10%")],
      soft: [("memory.available", "200Mi")], softGracePeriods: [("memory.available", "1m30s")],
      minimumReclaims: [("memory.available", "5%")])
    #expect(
      configuration.thresholds.map(\.signal) == [
        .memoryAvailable, .nodeFsAvailable, .memoryAvailable, .allocatableMemoryAvailable,
        .containerFsAvailable,
      ])
    #expect(configuration.thresholds[2].gracePeriod == .seconds(90))
    #expect(configuration.thresholds[3].minimumReclaim == .share(0.05))
    #expect(configuration.thresholds[4].minimumReclaim == nil)
  }

  @Test("0 % and 100 % switch a threshold off")
  func off() throws {
    let configuration = try EvictionConfiguration(
      hard: [("memory.available", "0%"), ("pid.available", "100%")])
    #expect(configuration.thresholds.isEmpty)
  }

  @Test("what cannot be a setting is refused by name")
  func refused() {
    func error(_ amount: String, _ signal: String = "memory.available")
      -> EvictionConfigurationError?
    {
      do {
        _ = try EvictionConfiguration(hard: [(signal, amount)])
        return nil
      } catch {
        return error
      }
    }
    #expect(error("1Gi", "memory.free") == .unknownSignal("memory.free"))
    for amount in ["0", "-1Gi", "101%", "x%", "lots"] {
      #expect(error(amount) == .amount(signal: .memoryAvailable, text: amount))
    }
    #expect(throws: EvictionConfigurationError.missingGracePeriod(.memoryAvailable)) {
      try EvictionConfiguration(hard: [], soft: [("memory.available", "1Gi")])
    }
    for span in ["", "-5s", "5", "soon"] {
      #expect(throws: EvictionConfigurationError.duration(signal: .memoryAvailable, text: span)) {
        try EvictionConfiguration(
          hard: [], soft: [("memory.available", "1Gi")],
          softGracePeriods: [("memory.available", span)])
      }
    }
  }
}
