import Glibc

/// The one function of `libm` that scheduling needs.
enum NaturalLogarithm {
  /// How much a domain's count weighs among `domains` of them: ln(domains + 2).
  static func spreadWeight(domains: Int) -> Double { log(Double(domains + 2)) }
}
