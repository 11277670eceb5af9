import Kubelet
import KubernetesObjects
import Testing

struct PressureAdmissionTests {
  private let bestEffort = PodSpec(containers: [Container(name: "c")])

  private var burstable: PodSpec {
    var spec = bestEffort
    spec.containers[0].resources.requests[ResourceName.memory] = Quantity(value: 1)
    return spec
  }

  private func isAdmitted(
    _ spec: PodSpec, under conditions: PressureConditions, isCritical: Bool = false
  ) -> Bool {
    PressureAdmission.decide(spec, isCritical: isCritical, under: conditions) == .admit
  }

  @Test("memory pressure keeps out only pods without requests that do not tolerate it")
  func memory() {
    #expect(isAdmitted(bestEffort, under: []))
    #expect(!isAdmitted(bestEffort, under: .memory))
    #expect(isAdmitted(burstable, under: .memory))
    var tolerating = bestEffort
    tolerating.tolerations = [Toleration(key: Taint.Key.diskPressure, operator: .exists)]
    #expect(!isAdmitted(tolerating, under: .memory))
    tolerating.tolerations = [Toleration(key: Taint.Key.memoryPressure, operator: .exists)]
    #expect(isAdmitted(tolerating, under: .memory))
    #expect(!isAdmitted(tolerating, under: [.memory, .pid]))
  }

  @Test(
    "any other pressure keeps out all but critical pods",
    arguments: [
      PressureConditions.disk, .pid, [.memory, .disk],
    ])
  func others(_ conditions: PressureConditions) {
    #expect(!isAdmitted(burstable, under: conditions))
    #expect(isAdmitted(burstable, under: conditions, isCritical: true))
  }

  @Test("the refusal names the conditions, in any order")
  func message() {
    let decision = PressureAdmission.decide(
      bestEffort, isCritical: false, under: [.memory, .pid])
    #expect(
      decision
        == .reject(messages: [
          "The node had condition: [MemoryPressure PIDPressure]. ",
          "The node had condition: [PIDPressure MemoryPressure]. ",
        ]))
  }
}
