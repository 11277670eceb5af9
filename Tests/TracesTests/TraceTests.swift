import KubernetesObjects
import Testing
import TimeUnits
import Traces

@Suite struct TraceTests {
  private let pod = PodName(namespace: "default", name: "web-1")

  @Test("a record has one canonical line")
  func line() {
    var codec = TraceCodec()
    let bytes = codec.encode(
      .podPhase(pod, phase: .failed, reason: "OutOfcpu"), at: .seconds(2), sequence: 7)
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == #"{"t_ns":2000000000,"seq":7,"kind":"podPhase","object":"pod/default/web-1","#
        + #""data":{"phase":"Failed","reason":"OutOfcpu"}}"#)
  }

  @Test("the digest is FNV-1a of 128 bits over the lines")
  func digest() {
    // The hash of nothing is the offset basis (Fowler, Noll, Vo: draft-eastlake-fnv).
    #expect(RunDigest().text == "6c62272e07bb014262b821756295c58d")
    var one = RunDigest()
    one.absorb(Array("a".utf8))
    var other = RunDigest()
    other.absorb(Array("b".utf8))
    #expect(one.text != other.text)
  }

  @Test("gauges count pods by phase, as steps")
  func phases() throws {
    var metrics = ClusterMetrics()
    metrics.absorb(.podCreated(pod, owner: "ReplicaSet/web-abc"), at: .seconds(1))
    metrics.absorb(.podPhase(pod, phase: .running, reason: ""), at: .seconds(5))
    metrics.absorb(.podReady(pod, true), at: .seconds(6))
    metrics.absorb(.podGone(pod), at: .seconds(9))
    let pending = try #require(
      metrics.store[MetricName("kube_pod_status_phase", ["phase": "Pending"])])
    #expect(pending.value(at: .seconds(3)) == 1)
    #expect(pending.value(at: .seconds(5)) == 0)
    #expect(pending.integral(until: .seconds(9)) == 4)
    let ready = metrics.store.matching("seatrial_workload_ready_pods", ["workload": "web"])
    #expect(ready.count == 1)
    #expect(ready.first?.1.value(at: .seconds(7)) == 1)
    #expect(ready.first?.1.value(at: .seconds(9)) == 0)
  }

  @Test("a story tells pods of one workload together, under the deed that caused them")
  func story() {
    var teller = StoryTeller()
    teller.absorb(.command(text: "kubectl scale deployment web --replicas=2"), at: .seconds(60))
    for index in 1...2 {
      let pod = PodName(namespace: "default", name: "web-\(index)")
      teller.absorb(.podCreated(pod, owner: "ReplicaSet/web-abc"), at: .seconds(60))
      teller.absorb(.podReady(pod, true), at: .seconds(Int64(62 + index)))
    }
    let story = teller.finish()
    #expect(story.chapters.count == 2)
    #expect(
      story.chapters[1].lines.map(\.what)
        == ["2 pods of web created", "2 pods of web Ready within 2 s"])
  }
}
