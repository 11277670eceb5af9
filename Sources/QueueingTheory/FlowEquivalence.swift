/// A part of a closed network, seen from the rest as one station: the rate at which customers leave
/// it while it holds 1, 2, … of them.
///
/// In a network of product form any part may be replaced so, exactly: its rate with n customers is
/// the throughput of the part alone, closed in itself with n customers (K. Chandy, U. Herzog and
/// L. Woo, IBM Journal of Research and Development 19, 1975).
struct FlowEquivalent {
  /// Rates per second for 1, 2, … customers; they must not decrease.
  var rates: [Double]

  /// The two parts together, closed in themselves.
  ///
  /// - Complexity: O(N²) for N customers.
  func joined(with other: FlowEquivalent) -> FlowEquivalent {
    var weights = UnimodalWeights()
    let joint = rates.indices.map { index in
      var total = 0.0
      var here = 0.0
      var there = 0.0
      visitStates(population: index + 1, other: other, weights: &weights) { count, weight in
        total += weight
        if count > 0 { here += weight * rates[count - 1] }
        if count <= index { there += weight * other.rates[index - count] }
      }
      // The two flows are one; the underflow of states that are too rare can only lessen either.
      return max(here, there) / total
    }
    return FlowEquivalent(rates: joint)
  }

  /// The mean number in this part while `other` holds the rest of 1, 2, … customers.
  ///
  /// - Complexity: O(N²) for N customers.
  func meanNumbers(beside other: FlowEquivalent) -> [Double] {
    var weights = UnimodalWeights()
    return rates.indices.map { index in
      var total = 0.0
      var number = 0.0
      visitStates(population: index + 1, other: other, weights: &weights) { count, weight in
        total += weight
        number += weight * Double(count)
      }
      return number / total
    }
  }

  /// The probabilities of 0, 1, … `population` customers in this part, `other` holding the rest.
  func distribution(population: Int, beside other: FlowEquivalent) -> [Double] {
    var weights = UnimodalWeights()
    var probabilities = [Double](repeating: 0, count: population + 1)
    visitStates(population: population, other: other, weights: &weights) { count, weight in
      probabilities[count] = weight
    }
    let total = probabilities.reduce(0, +)
    return probabilities.map { $0 / total }
  }

  /// Visits the numbers of customers in this part with their weights.
  private func visitStates(
    population: Int, other: FlowEquivalent, weights: inout UnimodalWeights,
    visit: (Int, Double) -> Void
  ) {
    // Balance between neighbors: as many arrive from the other part, which then holds one more, as
    // leave this one.
    weights.walk(
      upTo: population, least: 1e-300,
      ratio: { count in other.rates[population - count] / rates[count - 1] }, visit: visit)
  }
}
