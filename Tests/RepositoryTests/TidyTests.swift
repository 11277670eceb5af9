import Foundation
import Testing

/// Style as far as a program can tell.
@Suite struct TidyTests {
  static let sources = Repository.swiftFiles(below: Repository.root + "/Sources")

  // Tests hold manifests and messages as they are.
  @Test("no line of the sources is longer than 100 columns")
  func columns() {
    #expect(Self.sources.count > 200)
    for file in Self.sources {
      for (number, line) in Repository.lines(of: file).enumerated() where line.count > 100 {
        Issue.record("\(file):\(number + 1) has \(line.count) columns")
      }
    }
  }

  @Test("nothing but the edges reads the clock of the machine or its randomness")
  func determinism() {
    let edges = ["/ScenarioFiles/", "/seatrial/", "/EngineBenchmarks/", "/RunFiles/"]
    let banned = ["Date()", "UUID()", "SystemRandomNumberGenerator()", ".shuffled()", "arc4random"]
    for file in Repository.swiftFiles(below: Repository.root + "/Sources")
    where !edges.contains(where: file.contains) {
      for (number, line) in Repository.lines(of: file).enumerated() {
        let code = line.split(separator: "//", omittingEmptySubsequences: false)[0]
        for word in banned where code.contains(word) {
          Issue.record("\(file):\(number + 1) uses \(word)")
        }
      }
    }
  }

  @Test("every figure of the models has a mark and a source")
  func provenance() throws {
    for name in [
      "aws/launch-latency.yaml", "kubernetes/kubelet.yaml", "scenarios/eks-provisioning.yaml",
    ] {
      let text = Repository.lines(of: Repository.root + "/models/" + name)
        .joined(separator: "\n")
      let units = text.components(separatedBy: "unit:").count
      let marks = text.components(separatedBy: "mark:").count
      let sources = text.components(separatedBy: "source:").count
      #expect(marks == sources, "\(name)")
      #expect(marks >= units, "\(name)")
      #expect(marks > 5, "\(name)")
    }
  }

  @Test("a Markdown file has one title")
  func titles() throws {
    for name in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "models/README.md"] {
      var fenced = false
      var titles = 0
      for line in Repository.lines(of: Repository.root + "/" + name) {
        if line.hasPrefix("```") { fenced.toggle() }
        if !fenced, line.hasPrefix("# ") { titles += 1 }
      }
      #expect(titles == 1, "\(name)")
    }
  }
}
