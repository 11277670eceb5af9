import ClusterAutoscaler
import KubernetesObjects
import Testing

/// After `core/scaledown/pdb/basic_test.go` of 1.36.
@Suite("What disruption budgets still allow")
struct RemainingBudgetsTests {
  private let pods = [makePod("a"), makePod("b")]

  @Test("what is allowed is spent pod by pod")
  func spending() {
    var budgets = RemainingBudgets([makeBudget(allowed: 2), makeBudget(allowed: 9, label: "b")])
    #expect(budgets.canRemove(pods) == (true, true, nil))
    budgets.remove([pods[0]])
    #expect(budgets.canRemove(pods) == (true, false, 1))
    budgets.remove([pods[1]])
    #expect(budgets.canRemove(pods) == (false, false, 0))
    #expect(budgets.budgets.map(\.disruptionsAllowed) == [0, 9])
  }

  @Test("a budget covers pods of its namespace that its selector matches")
  func matching() {
    var nothing = makeBudget(allowed: 0)
    nothing.selector = nil
    let budgets = RemainingBudgets([
      makeBudget(namespace: "other", allowed: 0), makeBudget(allowed: 0, label: "b"), nothing,
    ])
    #expect(budgets.matching(pods[0]).isEmpty)
    #expect(budgets.canRemove(pods).canRemove)
  }
}
