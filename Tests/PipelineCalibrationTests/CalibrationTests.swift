import PipelineCalibration
import Probability
import SimulationKernel
import Testing

@Suite("Calibration")
struct CalibrationTests {
  /// A small problem: narrow priors, few numbers of threads and pods.
  static func plan(seed: UInt64 = 7, draws: Int = 4_000) -> CalibrationPlan {
    var plan = CalibrationPlan(name: "test", seed: seed, draws: draws, prior: prior)
    plan.threadCounts = [10, 20, 40]
    plan.podSteps = 4
    plan.blockSize = 250
    plan.nodeCounts = [12, 48]
    return plan
  }

  static let prior = CalibrationPrior { parameter in
    switch parameter {
    case .podWork: logUniform(2.5e-4, 5e-4)
    case .cassandraWork: logUniform(8e-4, 1.5e-3)
    case .writeShare: .uniform(try! Uniform(minimum: 0.2, maximum: 0.4))
    case .perConnection: logUniform(1e-3, 5e-3)
    case .perWaiting: logUniform(1e-3, 1e-2)
    case .perThread: logUniform(1e-3, 1e-2)
    case .delay: logUniform(1e-3, 3e-3)
    }
  }

  static func logUniform(_ low: Double, _ high: Double) -> PriorLaw {
    .logUniform(try! LogUniform(minimum: low, maximum: high))
  }

  @Test("what is kept agrees with both rates; on one thread it is the same as on several")
  func kept() throws {
    let plan = Self.plan()
    let results = plan.run()
    let alone = plan.run(threads: 1)
    #expect(results.kept == alone.kept)
    #expect(results.kept.count > 20)
    for draw in results.kept {
      #expect(abs(draw.smallRate / 18_000 - 1) <= 0.05)
      #expect(abs(draw.tuned.rate / 220_000 - 1) <= 0.05)
      #expect(draw.outlooks.map(\.nodes) == [12, 48])
      #expect(draw.outlooks[1].tuned == draw.tuned)
    }
  }

  @Test("another seed draws otherwise; more draws go on with the same ones")
  func seeds() {
    let few = Self.plan(draws: 1_000).run().kept
    let more = Self.plan().run().kept
    #expect(Array(more.prefix(few.count)) == few)
    #expect(Self.plan(seed: 8, draws: 1_000).run().kept != few)
  }

  /// Draws truths from the prior, makes both rates of them, and calibrates on these: the truth's
  /// untuned rate must lie in the 90 % interval in nine of ten cases.
  @Test("rates made from known costs give intervals that cover what these costs imply")
  func coverage() throws {
    let base = Self.plan(seed: 11, draws: 1_200)
    var truths = RandomStreams(seed: 99).stream("test.truths")
    var covered = 0
    var cases = 0
    while cases < 10 {
      var costs = CheckParameters(
        podWork: 0, cassandraWork: 0, writeShare: 0, perConnection: 0, perWaiting: 0,
        perThread: 0, delay: 0)
      for parameter in CalibratedParameter.allCases {
        let number = truths.openUniform()
        costs[keyPath: parameter.path] = base.prior[parameter].quantile(number)
      }
      let truth = base.outcome(of: costs)
      var plan = base
      plan.published.smallRate = truth.smallRate
      plan.published.tunedRate = truth.tuned.rate
      let results = plan.run()
      // At the edge of the prior hardly anything agrees.
      guard results.kept.count >= 15, let summary = CalibrationSummary(plan, results) else {
        continue
      }
      cases += 1
      let rate = summary.outlooks[1].untuned[0].rate
      if rate.contains(truth.outlooks[1].rate(.proportional)) { covered += 1 }
    }
    // 6 of 10 and fewer have a chance of 1 in 80 at 90 %.
    #expect(covered >= 7, "\(covered) of 10")
  }

  @Test("without a draw that agrees there is no summary")
  func nothing() {
    var plan = Self.plan(draws: 100)
    plan.published.smallRate = 1e9
    let results = plan.run()
    #expect(results.kept.isEmpty)
    #expect(CalibrationSummary(plan, results) == nil)
  }
}
