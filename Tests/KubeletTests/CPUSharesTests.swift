import Kubelet
import Testing

struct CPUSharesTests {
  @Test(
    "a request becomes shares, never fewer than 2 nor more than 262144",
    arguments: [
      (0, 2), (1, 2), (2, 2), (100, 102), (500, 512), (1000, 1024), (2000, 2048),
      (256_000, 262_144), (.max, 262_144),
    ] as [(Int64, Int64)])
  func shares(_ milliCPU: Int64, _ expected: Int64) {
    #expect(CPUShares.shares(milliCPU: milliCPU) == expected)
  }

  @Test("a limit becomes a quota of each 100 ms, at least 1 ms; no limit, none")
  func quota() {
    #expect(CPUShares.quotaMicroseconds(milliCPU: 0) == nil)
    #expect(CPUShares.quotaMicroseconds(milliCPU: 5) == 1000)
    #expect(CPUShares.quotaMicroseconds(milliCPU: 500) == 50_000)
    #expect(CPUShares.quotaMicroseconds(milliCPU: 2000) == 200_000)
    #expect(CPUShares.quotaMicroseconds(milliCPU: 2000, periodMicroseconds: 10_000) == 20_000)
  }

  @Test(
    "cgroup v2 weights lie on the kubelet's line and on the runtimes' curve",
    arguments: [
      (2, 1, 1), (102, 4, 17), (1024, 39, 100), (2048, 79, 174), (262_144, 10_000, 10_000),
    ] as [(Int64, Int64, Int64)])
  func weights(_ shares: Int64, _ line: Int64, _ curve: Int64) {
    #expect(CPUShares.weight(shares: shares) == line)
    #expect(CPUShares.curvedWeight(shares: shares) == curve)
  }

  @Test("half a core under one busy thread runs half of each period")
  func throttling() {
    #expect(CPUThrottling.runningShare(limit: 0.5, threads: 1) == 0.5)
    #expect(CPUThrottling.runningShare(limit: 0.5, threads: 4) == 0.125)
    #expect(CPUThrottling.runningShare(limit: 2, threads: 1) == 1)
  }
}
