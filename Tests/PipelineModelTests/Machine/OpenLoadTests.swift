import NetworkModel
import QueueingTheory
import Testing
import TimeUnits

@testable import PipelineModel

@Suite struct OpenLoadTests {
  @Test(
    "Below its limit a Cassandra node makes reads wait as Erlang says",
    arguments: [(1, 0.5), (1, 0.8), (2, 0.7), (4, 0.8), (8, 0.9)])
  func erlang(cores: Int, utilization: Double) throws {
    let read = 0.002
    let rate = utilization * Double(cores) / read
    let settings = PipelineSettings.plain(
      threads: 400, checkCPU: 0, read: read, coresPerNode: cores)
    var pipeline = try TestPipeline(settings, roundTrip: 1)
    pipeline.addPods(1, cores: 1)
    // Messages come only when the consumers are there: no backlog is to be worked off.
    pipeline.advance(seconds: 7)
    pipeline.machine.send(perSecond: rate, at: pipeline.machine.now)
    pipeline.advance(seconds: 5_000 / rate)
    let before = pipeline.machine.reads
    // The relaxation time of the queue grows as 1/(1 - u)²: fewer customers would not do at 0.9.
    pipeline.advance(seconds: 60_000 / rate)
    let count = Double(pipeline.machine.reads.departures - before.departures)
    let mean = Double(pipeline.machine.reads.sojourn - before.sojourn) / count / 1e9 - 0.001
    let theory = MultiServerQueue(arrivalRate: rate, serviceTime: read, servers: cores)
    // Batches of the same length scatter by about 3 % at 0.9.
    #expect(abs(mean - theory.meanResponse) < 0.05 * theory.meanResponse)
  }

  @Test("Little's law holds to the nanosecond at both stations, whoever is still there")
  func little() throws {
    var pipeline = try TestPipeline(.small())
    pipeline.machine.send(perSecond: 3_000, at: .zero)
    pipeline.addPods(2, cores: 2)
    pipeline.advance(seconds: 10)
    for _ in 0..<20 {
      pipeline.advance(seconds: 0.0137)
      let machine = pipeline.machine
      let now = machine.now.nanoseconds
      var (reading, checking) = (Int64(0), Int64(0))
      for thread in machine.threads where thread.isBusy {
        if thread.isInProcessor {
          checking += now - thread.returned
        } else {
          reading += now - thread.entered
        }
      }
      #expect(machine.reads.numberSeconds(until: now) == machine.reads.sojourn + reading)
      #expect(
        machine.processors.numberSeconds(until: now) == machine.processors.sojourn + checking)
    }
    pipeline.machine.send(perSecond: 0, at: pipeline.machine.now)
    pipeline.advance(seconds: 5)
    let machine = pipeline.machine
    #expect(machine.reads.number == 0)
    #expect(machine.reads.numberSeconds(until: machine.now.nanoseconds) == machine.reads.sojourn)
    #expect(
      machine.processors.numberSeconds(until: machine.now.nanoseconds)
        == machine.processors.sojourn)
    #expect(machine.processors.departures == machine.totals.checked)
    let totals = pipeline.measure()
    #expect(totals.checked == totals.produced)
  }

  @Test("A CPU limit of half a core holds a pod to half a core's checks")
  func limit() throws {
    var settings = PipelineSettings.small()
    settings.pod.checkCPU = 0.0005
    var pipeline = try TestPipeline(settings)
    pipeline.machine.send(perSecond: 4_000, at: .zero)
    pipeline.pods = [
      pipeline.machine.addPod(zone: .init(0), cores: 2, limit: 0.5, at: .zero)
    ]
    pipeline.advance(seconds: 10)
    let rate = pipeline.rates(spans: 1, of: 20)[0]
    // A period may run over by what each core has just begun.
    #expect(rate < 1_020)
    #expect(rate > 970)
    let look = pipeline.machine.lookAtProcessor(of: pipeline.pods[0], at: pipeline.machine.now)
    #expect(look.used < 0.51)
  }
}
