import Conformance
import Documents
import Foundation
import Testing

struct EvictionRecordingTests {
  private static let folder = ConformanceRunnerTests.folder("KubeletTests/Recordings/eviction")

  /// What the suite says of a recording after `change` was made to its text.
  private func difference(_ file: String, _ change: (String) -> String) throws -> String? {
    let text = try String(contentsOfFile: "\(Self.folder)/\(file)", encoding: .utf8)
    let changed = change(text)
    #expect(changed != text, "the change must change something")
    return EvictionSuite().judge(try JSONReader.read(changed)).firstDifference
  }

  @Test("another pod, time, grace, text or condition than recorded is told")
  func differences() throws {
    let pod = try difference("e109.json") {
      $0.replacingOccurrences(of: "\"reason\":\"Evicted\",\"t\":", with: "\"t\":1")
    }
    #expect(pod?.contains("eviction: recorded") == true)
    let text = try difference("e112.json") {
      $0.replacingOccurrences(of: "exceeded its local", with: "exceeded a local")
    }
    #expect(text?.contains("message of") == true)
    let condition = try difference("e103.json") {
      $0.replacingOccurrences(of: "\"pidPressure\":true", with: "\"pidPressure\":false")
    }
    #expect(condition?.contains("conditions: recorded") == true)
    let admission = try difference("e118.json") {
      $0.replacingOccurrences(
        of: "\"bestEffortCritical\":true", with: "\"bestEffortCritical\":false")
    }
    #expect(admission?.contains("bestEffortCritical: recorded false") == true)
    let freed = try difference("e98.json") {
      $0.replacingOccurrences(
        of: "\"ev\":\"imageGC\",\"freedMiB\":", with: "\"ev\":\"imageGC\",\"freedMiB\":1")
    }
    #expect(freed?.contains("unusedImages: recorded") == true)
  }

  @Test("the rules decide: other settings than recorded end in another story")
  func otherSettings() throws {
    let longer = try difference("e109.json") {
      $0.replacingOccurrences(
        of: "\"pressureTransitionPeriodSec\":", with: "\"pressureTransitionPeriodSec\":1")
    }
    #expect(longer != nil)
    let unreadable = try difference("e109.json") {
      $0.replacingOccurrences(of: "\"memory.available\":\"", with: "\"memory.free\":\"")
    }
    #expect(unreadable?.contains("unsupported eviction signal memory.free") == true)
  }
}
