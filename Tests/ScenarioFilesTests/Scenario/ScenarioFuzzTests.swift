import Documents
import Foundation
import ScenarioFiles
import Scenarios
import Testing

/// Mutated scenarios never crash the reader, and every one is a scenario or has an error.
struct ScenarioFuzzTests {
  /// SplitMix64: a fixed seed gives the same texts in every run.
  private struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  private static let pieces = [
    "{", "}", "[", "]", ": ", "- ", "\"", "'", "\n", "$(instances ", ")", "-1",
    "99999999999999999999",
    "1e400", "0", "null", "~", "true", "10m", "-l", "--replicas=", "--", "=", "\\", "é", "\u{0}",
    "|", "&a ", "*a", ".", "/", "9223372036854775807h", "nan", "seed", "2019-02", "  ",
  ]

  private func mutated(_ bytes: [UInt8], _ random: inout Random) -> String {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let at = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes[at] = UInt8.random(in: 9...126, using: &random)
      case 1:
        bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...20, using: &random)))
      case 2:
        let from = Int.random(in: 0..<bytes.count, using: &random)
        bytes.insert(contentsOf: bytes[from..<min(bytes.count, from + 30)], at: at)
      default:
        bytes.insert(contentsOf: Array(Self.pieces.randomElement(using: &random)!.utf8), at: at)
      }
      if bytes.isEmpty { return "" }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func shipped(_ name: String) throws -> String {
    let path = ScenarioFolder.models + "/scenarios/\(name).yaml"
    // Comments would take most of the mutations.
    return try String(contentsOfFile: path, encoding: .utf8)
      .split(separator: "\n").filter { !$0.drop(while: \.isWhitespace).hasPrefix("#") }
      .joined(separator: "\n")
  }

  @Test(
    "mutations of a whole scenario are read or refused, with places inside the text",
    arguments: [("first-voyage", 1_500, 20), ("every key of services", 800, 5)])
  func scenarios(name: String, mutations: Int, whole: Int) throws {
    let models = try ScenarioFolder.library.get()
    let text =
      name == "first-voyage"
      ? try Self.shipped(name) : ScenarioFolder.scenario(ServiceReadingTests.everything)
    var random = Random(state: 20_261)
    var scenarios = 0
    for _ in 0..<mutations {
      let text = mutated(Array(text.utf8), &random)
      let sink = DiagnosticSink()
      let documents = DocumentReader.read(text, file: "s.yaml", sink: sink)
      guard documents.count == 1, !sink.hasErrors else { continue }
      let reading = ScenarioReader.read(
        documents[0], file: "s.yaml", text: text, models: models, sink: sink)
      #expect(sink.hasErrors != (reading?.scenario != nil))
      if reading?.scenario != nil { scenarios += 1 }
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
      for diagnostic in sink.diagnostics {
        #expect((1...(lines * 2 + 1)).contains(diagnostic.line) && diagnostic.column >= 1)
      }
    }
    // Some mutations leave a scenario whole: both outcomes were met.
    #expect(scenarios > whole)
  }

  @Test("mutated command lines are understood or refused, at a place inside them")
  func commands() {
    let lines = [
      "kubectl scale deployment/web --replicas=3 -n shop",
      "kubectl delete pods -l 'app in (a,b),!c' --force --grace-period=0",
      "kubectl drain n1 --ignore-daemonsets --timeout=5m",
      "aws ec2 stop-instances --instance-ids $(instances workers | head -n 1) i-2",
      "aws autoscaling set-desired-capacity --auto-scaling-group-name w --desired-capacity 6",
    ]
    var random = Random(state: 7)
    var understood = 0
    for index in 0..<5000 {
      let text = mutated(Array(lines[index % lines.count].utf8), &random)
      do throws(CommandError) {
        _ = try CommandParser.parse(text)
        understood += 1
      } catch {
        #expect((0...text.utf8.count).contains(error.offset), "\(text): \(error)")
      }
    }
    #expect(understood > 50)
  }
}
