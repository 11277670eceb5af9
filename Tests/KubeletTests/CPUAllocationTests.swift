import Kubelet
import Testing

struct CPUAllocationTests {
  private typealias Group = CPUAllocation.Group

  @Test("an uncontended machine gives everybody what it wants, up to its quota")
  func uncontended() {
    let groups = [
      Group(weight: 2, demand: 0.5), Group(weight: 1024, demand: 3, quota: 1.25),
    ]
    #expect(CPUAllocation.cores(groups, capacity: 4) == [0.5, 1.25])
  }

  @Test("under contention siblings get cores in proportion to their weights")
  func contended() {
    let groups = [Group(weight: 1024, demand: 9), Group(weight: 3072, demand: 9)]
    #expect(CPUAllocation.cores(groups, capacity: 2) == [0.5, 1.5])
  }

  @Test("what a modest sibling leaves goes to the others by weight")
  func leftover() {
    let groups = [
      Group(weight: 2, demand: 0.5), Group(weight: 1, demand: 9), Group(weight: 1, demand: 9),
    ]
    #expect(CPUAllocation.cores(groups, capacity: 2.5) == [0.5, 1, 1])
  }

  @Test("the daemons keep a third of two cores however many pods are hungry")
  func system() {
    var groups = [
      Group(weight: 1024, demand: 2), Group(weight: 2048), Group(parent: 1, weight: 2),
    ]
    for _ in 0..<20 { groups.append(Group(parent: 2, weight: 2, demand: 2)) }
    let cores = CPUAllocation.cores(groups, capacity: 2)
    #expect(abs(cores[0] - 2.0 / 3) < 1e-12)
    #expect(abs(cores[3] - 4.0 / 3 / 20) < 1e-12)
  }

  @Test("a group's quota binds its members together")
  func groupQuota() {
    let groups = [
      Group(weight: 1, quota: 0.5), Group(parent: 0, weight: 1, demand: 3),
      Group(parent: 0, weight: 4, demand: 3), Group(weight: 1, demand: 3),
    ]
    let cores = CPUAllocation.cores(groups, capacity: 2)
    #expect(cores[0] == 0.5 && cores[3] == 1.5)
    #expect(abs(cores[1] - 0.1) < 1e-12 && abs(cores[2] - 0.4) < 1e-12)
  }

  /// All trees of four groups whose weights, demands and quotas come from small sets.
  private static func everyTree(_ body: ([Group], Double) -> Void) {
    let kinds: [(weight: Double, demand: Double, quota: Double?)] = [
      (1, 0, nil), (1, 2, nil), (3, 1, nil), (3, 2, 0.5), (2, 0.25, nil),
    ]
    let parents: [[Int?]] = [
      [nil, nil, nil, nil], [nil, 0, 0, nil], [nil, 0, 1, nil], [nil, nil, 0, 1], [nil, 0, 0, 0],
    ]
    for shape in parents {
      for code in 0..<(5 * 5 * 5 * 5) {
        let groups = shape.enumerated().map { index, parent in
          let kind = kinds[code / [1, 5, 25, 125][index] % 5]
          return Group(
            parent: parent, weight: kind.weight, demand: kind.demand, quota: kind.quota)
        }
        for capacity in [0, 0.75, 2, 10] { body(groups, capacity) }
      }
    }
  }

  @Test("in every small tree cores are conserved, caps hold and nobody could be served more fairly")
  func everySmallTree() {
    var trees = 0
    Self.everyTree { groups, capacity in
      trees += 1
      let cores = CPUAllocation.cores(groups, capacity: capacity)
      let roots = groups.indices.filter { groups[$0].parent == nil }
      #expect(isFair(roots, groups, cores, available: capacity), "\(groups) \(capacity) \(cores)")
      for group in groups.indices {
        let members = groups.indices.filter { groups[$0].parent == group }
        if members.isEmpty { continue }
        #expect(
          isFair(members, groups, cores, available: cores[group]), "\(groups) \(capacity) \(cores)")
        // A group passes on all it gets.
        #expect(abs(members.reduce(0) { $0 + cores[$1] } - cores[group]) < 1e-9)
      }
    }
    #expect(trees == 5 * 625 * 4)
  }

  /// Siblings within their caps; all of what is there is used unless all are satisfied; whoever is
  /// not satisfied has no less per weight than any sibling.
  private func isFair(
    _ siblings: [Int], _ groups: [Group], _ cores: [Double], available: Double
  ) -> Bool {
    let wants = siblings.map { want(of: $0, groups) }
    let used = siblings.reduce(0) { $0 + cores[$1] }
    let isSatisfied = zip(siblings, wants).map { cores[$0] > $1 - 1e-9 }
    guard zip(siblings, wants).allSatisfy({ cores[$0] <= $1 + 1e-9 && cores[$0] >= 0 }),
      used <= available + 1e-9, isSatisfied.allSatisfy({ $0 }) || used > available - 1e-9
    else { return false }
    return zip(siblings, isSatisfied).allSatisfy { sibling, isSatisfied in
      isSatisfied
        || siblings.allSatisfy {
          cores[$0] / groups[$0].weight <= cores[sibling] / groups[sibling].weight + 1e-9
        }
    }
  }

  /// What a group would use of an idle machine, by definition.
  private func want(of index: Int, _ groups: [Group]) -> Double {
    let members = groups.indices.filter { groups[$0].parent == index }
    let sum =
      members.isEmpty
      ? groups[index].demand : members.reduce(0) { $0 + want(of: $1, groups) }
    return min(sum, groups[index].quota ?? .infinity)
  }
}
