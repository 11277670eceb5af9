import ClusterAutoscaler
import Testing

/// `processors/nodegroupset/balancing_processor_test.go` of 1.36.
@Suite("Upstream: spreading new nodes over groups")
struct UpstreamBalancingTests {
  @Test("the cases are there") func count() { #expect(UpstreamCase.of("balance").count == 13) }

  @Test("one group takes all", arguments: UpstreamCase.of("balance", "balance.single"))
  func single(_ example: UpstreamCase) throws {
    let group = try #require(example.given["groups"]?.list?.first)
    let wanted = try #require(example.expected["new_sizes"]?.list)
    for (request, size) in zip(example.given["requests"]?.list ?? [], wanted) {
      let result = try Balancing.balance(
        [make("g", group["size"], group["max"])], newNodes: request.int ?? 0)
      #expect(result.map(\.newSize) == [size.int])
    }
  }

  @Test("the smallest grow first", arguments: UpstreamCase.of("balance", "balance.under"))
  func underMax(_ example: UpstreamCase) throws {
    let sizes = (example.given["sizes"]?.list ?? []).compactMap(\.int)
    let add = try #require(example.given["add"]?.int)
    var after = sizes
    let groups = sizes.map { make("g", .number(Double($0)), example.given["max"]) }
    for (index, size) in try Balancing.balance(groups, newNodes: add) { after[index] = size }
    #expect(after.reduce(0, +) == sizes.reduce(0, +) + add)
    let sentence = try #require(example.expected["result"]?.text)
    let numbers = JSON.text(sentence).numbers
    let final = try #require(numbers.last)
    if sentence.contains("sum to") {
      let changed = zip(sizes, after).filter { $0 != $1 }.map(\.1)
      #expect(changed.reduce(0, +) == final)
    } else if sentence.contains("all") {
      #expect(after.allSatisfy { $0 == final })
    } else {
      let grown = numbers.dropLast()
      for (before, now) in zip(sizes, after) {
        #expect(now == (grown.contains(before) ? final : before))
      }
    }
  }

  @Test("no group passes its maximum", arguments: UpstreamCase.of("balance", "balance.hit"))
  func hittingMax(_ example: UpstreamCase) throws {
    let given = try #require(example.given["groups"]?.fields).sorted { $0.key < $1.key }
    let groups = given.map { make($0.key, $0.value["size"], $0.value["max"]) }
    var sizes: [String: Int] = [:]
    let result = try Balancing.balance(groups, newNodes: example.given["add"]?.int ?? 0)
    for (index, size) in result { sizes[groups[index].id] = size }
    #expect(sizes == example.expected["new_size"]?.fields?.compactMapValues(\.int))
  }

  @Test("nodes cannot be spread over nothing")
  func none() {
    #expect(throws: BalancingError.noGroups) { try Balancing.balance([], newNodes: 1) }
  }

  private func make(_ id: String, _ size: JSON?, _ max: JSON?) -> BalancedGroup {
    BalancedGroup(id: id, current: size?.int ?? 0, max: max?.int ?? 0)
  }
}
