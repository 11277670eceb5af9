import ClusterAutoscaler
import KubernetesObjects
import Testing

@Suite("Expanders")
struct ExpanderTests {
  private func context(_ priorities: String? = nil) -> ExpanderContext {
    ExpanderContext(groups: [], clusterSize: 3, priorities: priorities)
  }

  @Test("a chain keeps what is equally good")
  func ties() throws {
    let options = [
      makeOption("a", nodes: 2, pods: [1, 2]), makeOption("b", nodes: 1, pods: [1, 2]),
      makeOption("c", nodes: 1, pods: [1]), makeOption("d", nodes: 1, pods: [1, 2]),
    ]
    func best(_ names: ExpanderName...) throws -> [Int] {
      try ExpanderChain(names).best(options, in: context())
    }
    #expect(try best(.random) == [0, 1, 2, 3])
    #expect(try best(.mostPods) == [0, 1, 3])
    #expect(try best(.mostPods, .leastNodes) == [1, 3])
    #expect(try best(.leastNodes, .grpc, .random) == [1, 2, 3])
    #expect(try ExpanderChain([.grpc]).warnings(options, in: context()).count == 1)
  }

  @Test("no options, no best one")
  func nothing() throws {
    for name in ExpanderName.allCases where name != .price {
      #expect(try ExpanderChain([name]).best([], in: context()).isEmpty)
    }
  }

  @Test("chains that the real program would not start with")
  func problems() {
    #expect(throws: ExpanderProblem.duplicate(.mostPods)) {
      try ExpanderChain([.mostPods, .leastWaste, .mostPods])
    }
    #expect(throws: ExpanderProblem.neverAsked(.leastWaste, after: .random)) {
      try ExpanderChain([.random, .leastWaste])
    }
    #expect(throws: ExpanderProblem.noPriceModel) { try ExpanderChain([.price]) }
    #expect(throws: Never.self) { try ExpanderChain([.price], providerHasPrices: true) }
  }

  @Test("priorities are read as people write them")
  func priorities() {
    let options = ["spot-a", "spot-b", "ondemand"].map { makeOption($0) }
    let text = """
      # cheap first
      10:
        - .*
      50:   # spot
        - "^spot-[ab]$"
        - 'never'
      -5: [ondemand]
      """
    #expect(PriorityExpander().best(options, in: context(text)) == [0, 1])
    #expect(PriorityExpander().best(options, in: context("20: [ondemand, x]")) == [2])
    #expect(PriorityExpander().best(options, in: context("-5: [ondemand]")) == [0, 1, 2])
  }

  @Test(
    "priorities that cannot be used let every option pass, with a word of why",
    arguments: [
      (nil, "no priorities"), ("", "no priorities"), ("high: [a]", "whole number"),
      ("- a", "without a priority"), ("10: a", "list of patterns"), ("10: ['(']", "expression"),
      ("10: [a]\n10: [b]", "twice"),
    ] as [(String?, String)])
  func badPriorities(_ text: String?, _ words: String) {
    let options = [makeOption("a"), makeOption("b")]
    #expect(PriorityExpander().best(options, in: context(text)) == [0, 1])
    let warnings = PriorityExpander().warnings(options, in: context(text))
    #expect(warnings.count == 1 && warnings[0].contains(words), "\(warnings)")
  }
}
