import Documents
import EngineBenchmarks

extension Bench {
  /// One line a benchmark, or all of them as one JSON document.
  func measureAutoscaler() {
    let loops = AutoscalerBenchmark.all.map { $0.run(repeats: quick ? 1 : 5) }
    let world = AutoscalerWorldBenchmark().run(repeats: quick ? 1 : 5)
    if json {
      var writer = JSONWriter()
      writer.object { writer in
        writer.field("loops", array: { for result in loops { result.write(to: &$0) } })
        writer.field("case", object: { world.write(to: &$0) })
      }
      Console.print(writer.text)
      return
    }
    for result in loops { Console.print(Self.line(result)) }
    Console.print(
      "a recorded case of 40 minutes, \(world.loops) loops: "
        + "\(Self.number(world.milliseconds)) ms")
  }

  private static func line(_ result: AutoscalerBenchmark.Result) -> String {
    let benchmark = result.benchmark
    let factor = benchmark.realMilliseconds / max(result.milliseconds, 1e-6)
    return "\(benchmark.pods) pending pods in \(benchmark.shapes) shapes, "
      + "\(benchmark.groups) groups: \(number(result.milliseconds)) ms a loop, "
      + "\(Int(factor)) × as fast as the real one's \(Int(benchmark.realMilliseconds)) ms; "
      + "\(result.nodes) nodes asked for, \(result.options) options"
  }
}
