import Testing
import TimeUnits

@testable import PipelineModel

/// Held against a random walk of small steps that is reflected at 0, whose law is computed.
@Suite("Chance near critical load")
struct FlowChanceTests {
  /// Drifts, each for so many seconds.
  typealias Path = [(drift: Double, seconds: Double)]

  /// The mean at the end.
  private static func mean(_ path: Path, noise: Double, from start: Double = 0) -> Double {
    var chance = FlowChance(at: 0)
    var (now, mean) = (0.0, start)
    for (drift, seconds) in path {
      let end = now + seconds
      while now < end - 1e-9 {
        let excess = FlowChance.Excess(mean: mean, drift: drift, noise: noise, throughput: 1_000)
        chance.follow(excess, at: Int64(now * 1e9))
        let step = min(chance.nextLook, end - now)
        mean = max(0, mean + (drift + chance.loss) * step)
        now += step
      }
    }
    return mean
  }

  /// Up or down by 2 messages, in such times that the variance grows by the noise.
  private static func walk(_ path: Path, noise: Double) -> Double {
    let size = 2.0
    let time = size * size / noise
    var law = Array(repeating: 0.0, count: 1_000)
    law[0] = 1
    for (drift, seconds) in path {
      let up = (1 + drift * time / size) / 2
      for _ in 0..<Int(seconds / time) {
        var next = Array(repeating: 0.0, count: law.count)
        for place in law.indices where law[place] > 1e-15 {
          next[min(place + 1, law.count - 1)] += up * law[place]
          next[max(place - 1, 0)] += (1 - up) * law[place]
        }
        law = next
      }
    }
    return law.indices.reduce(0) { $0 + size * Double($1) * law[$1] }
  }

  @Test(
    "a backlog at, above and below critical load has the mean of a reflected walk",
    arguments: [0.0, 5, 20, -5, -20], [5.0, 20])
  func means(drift: Double, seconds: Double) {
    let path = [(drift: drift, seconds: seconds)]
    let walk = Self.walk(path, noise: 1_500)
    let found = Self.mean(path, noise: 1_500)
    #expect(abs(found - walk) < 0.07 * walk + 1, "\(found), in truth \(walk)")
    // Without chance it would be the drift's alone.
    #expect(walk > 1.05 * max(0, drift * seconds))
  }

  @Test(
    "a backlog of chance fades as a reflected walk does when less comes",
    arguments: [2.0, 5, 10, 20])
  func fades(seconds: Double) {
    let path = [(drift: 0.0, seconds: 10.0), (drift: -12.0, seconds: seconds)]
    let walk = Self.walk(path, noise: 1_500)
    let found = Self.mean(path, noise: 1_500)
    #expect(abs(found - walk) < 0.1 * walk + 1, "\(found), in truth \(walk)")
  }

  @Test("below critical load it comes to noise/(2 drift)")
  func steady() {
    let found = Self.mean([(drift: -10, seconds: 300)], noise: 1_500)
    #expect(abs(found - 75) < 3, "\(found)")
  }

  @Test("a large backlog ends when its mean does")
  func ends() {
    // 20 000 messages at 1 000 a second, and what is left a second before and after.
    func left(_ seconds: Double) -> Double {
      Self.mean([(drift: -1_000, seconds: seconds)], noise: 1_500, from: 20_000)
    }
    #expect(abs(left(19) - 1_000) < 1)
    #expect(left(21) == 0)
  }

  @Test("how dense a normal law that is cut off at 0 is there")
  func density() {
    // Half a normal law: variance π/2 − 1 of the mean's square, density at 0 times mean 2/π.
    #expect(abs(FlowChance.boundaryDensity(Double.pi / 2 - 1) - 2 / Double.pi) < 1e-6)
    #expect(FlowChance.boundaryDensity(1) == 1)
    #expect(FlowChance.boundaryDensity(0.02) < 1e-3)
  }

  @Test("a day near critical load keeps a backlog of chance, and has few changes")
  func day() throws {
    // Near critical load a state is measured longer than far from it.
    var most = 50_000.0
    for _ in 0..<3 {
      var flooded = try FlowMachineTests.machine()
      flooded.send(perSecond: 0.998 * most, at: .zero)
      flooded.advance(to: .zero + .seconds(60))
      most = flooded.pods.reduce(0) { $0 + $1.figures.throughput }
    }
    var machine = try FlowMachineTests.machine()
    machine.send(perSecond: 0.998 * most, at: .zero)
    // Consumers join after 6 s: the first hours work that off.
    #expect(machine.measure(at: .zero + .seconds(7_200)).isBalanced)
    let changes = machine.changes
    let end = machine.measure(at: .zero + .seconds(86_400))
    #expect(end.isBalanced)
    // In 22 hours; polls are thousands an hour.
    #expect(machine.changes - changes < 22 * 500, "\(machine.changes - changes)")
    // If pods did not do each other's work it would be noise/(2 drift) of each.
    let alone = machine.pods.reduce(0.0) { sum, pod in
      sum + pod.chance!.excess.noise / (-2 * pod.chance!.excess.drift)
    }
    let left = Double(end.lag + end.inFlight)
    #expect(left > 0.4 * alone && left < 1.2 * alone, "\(left), alone \(alone)")
  }
}
