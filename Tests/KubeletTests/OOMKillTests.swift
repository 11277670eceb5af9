import Kubelet
import KubernetesObjects
import Testing
import TimeUnits

struct OOMKillTests {
  private let total: Int64 = 8 << 30

  private func victims(_ processes: [(mebibytes: Int64, adjustment: Int64)]) -> [Int] {
    OOMKill.victims(
      among: processes.map {
        OOMKill.Process(memory: $0.mebibytes << 20, adjustment: $0.adjustment)
      }, total: total)
  }

  @Test("a small best-effort process dies before a large guaranteed one")
  func adjustment() {
    #expect(victims([(4000, -997), (10, 1000), (300, 900)]) == [1])
  }

  @Test("among equals the largest dies; equally large ones are equally good")
  func size() {
    #expect(victims([(100, 1000), (400, 1000), (400, 1000)]) == [1, 2])
  }

  @Test("ten points of adjustment weigh a percent of the machine")
  func percent() {
    // 164 MiB are 2 % of 8 GiB, 20 points; the other has 19 and 21.
    #expect(victims([(164, 0), (0, 19)]) == [0])
    #expect(victims([(164, 0), (0, 21)]) == [1])
  }

  @Test("an exempt process never dies; with nobody else the kernel finds no victim")
  func exempt() {
    #expect(victims([(8000, -1000), (1, 0)]) == [1])
    #expect(victims([(8000, -1000)]).isEmpty)
  }

  @Test("the container's status and the node's event say so")
  func words() {
    let end = OOMKill.termination(startedAt: .zero, finishedAt: .seconds(9))
    #expect(end.exitCode == 137 && end.reason == "OOMKilled")
    #expect(
      OOMKill.systemEventMessage(process: "java", pid: 4711)
        == "System OOM encountered, victim process: java, pid: 4711")
    #expect(OOMKill.systemEventMessage(process: nil, pid: 0) == "System OOM encountered")
  }
}
