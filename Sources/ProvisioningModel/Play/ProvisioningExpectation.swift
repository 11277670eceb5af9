import AWSObjects
import Probability

/// What games of a board take on average, in closed form.
///
/// Every strike of a snake adds one attempt to each square from where it leads to where it lies,
/// and no snake leads forward. So the expected attempts follow from the last square to the first:
/// A(p) = 1 + Σ chance · A(square of the snake) over the snakes across p.
public struct ProvisioningExpectation: Sendable, Hashable {
  /// Expected attempts, by square.
  public let attempts: [Double]
  /// Expected strikes, by snake.
  public let strikes: [Double]
  /// Expected steps done, repeated ones included.
  public let steps: Double
  /// Expected seconds in which a person does something.
  public let handsOn: Double
  /// Expected seconds in which a person waits for a machine.
  public let waiting: Double
}

extension ProvisioningBoard {
  /// The exact means; nil if a snake is limited in number, for which they are not this simple, or
  /// the game does not end.
  public var expectation: ProvisioningExpectation? {
    guard snakes.allSatisfy({ $0.setback.atMost == nil }), let attempts = attemptBounds else {
      return nil
    }
    let strikes = snakes.map { $0.setback.chance * attempts[$0.from] }
    var steps = 0.0
    var handsOn = 0.0
    var waiting = 0.0
    for square in squares {
      steps += Double(square.phase.steps.value)
      handsOn += Double(square.phase.steps.value) * square.perStep.mean
      waiting += square.meanWait
    }
    for snake in snakes {
      let times = strikes[snake.index]
      handsOn += times * snake.finding.mean
      for square in squares[snake.to...snake.from] {
        let again = Double(square.steps(share: snake.setback.repeats))
        steps += times * again
        handsOn += times * again * square.perStep.mean
        if snake.setback.waitsAgain { waiting += times * square.meanWait }
      }
    }
    return ProvisioningExpectation(
      attempts: attempts, strikes: strikes, steps: steps, handsOn: handsOn, waiting: waiting)
  }

  /// Expected attempts by square: exact without limited snakes, else a bound from above, as if
  /// each limited one struck as often as it may. Nil if the game does not end.
  var attemptBounds: [Double]? {
    var attempts = [Double](repeating: 1, count: squares.count)
    for place in squares.indices.reversed() {
      var sum = 1.0
      var stay = 0.0
      for snake in snakes where snake.to <= place && place <= snake.from {
        if let limit = snake.setback.atMost {
          sum += Double(limit)
        } else if snake.from == place {
          stay += snake.setback.chance
        } else {
          sum += snake.setback.chance * attempts[snake.from]
        }
      }
      guard stay < 1 else { return nil }
      attempts[place] = sum / (1 - stay)
    }
    return attempts
  }
}

extension ProvisioningBoard.Square {
  /// Seconds.
  var meanWait: Double { waits.reduce(0) { $0 + $1.mean } }
}
