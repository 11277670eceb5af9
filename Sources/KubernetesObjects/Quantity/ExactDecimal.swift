/// A decimal number of any length: sign, digits and a power of ten.
///
/// The few quantities beyond 18 digits need it (the real library uses big decimals there). Digits
/// are held nine to a word, lowest first, so that scaling by ten moves words and printing needs no
/// division.
struct ExactDecimal: Sendable {
  private(set) var isNegative: Bool
  /// No leading (highest) zero word; empty for zero.
  private(set) var words: [UInt32]
  private(set) var exponent: Int

  private static let base: UInt64 = 1_000_000_000

  private init(isNegative: Bool, words: [UInt32], exponent: Int) {
    self.words = words
    while self.words.last == 0 { self.words.removeLast() }
    self.isNegative = isNegative && !self.words.isEmpty
    self.exponent = exponent
  }

  init(mantissa: Int64, exponent: Int) {
    var rest = mantissa.magnitude
    var words: [UInt32] = []
    while rest > 0 {
      words.append(UInt32(rest % Self.base))
      rest /= Self.base
    }
    self.init(isNegative: mantissa < 0, words: words, exponent: exponent)
  }

  /// Decimal digits, highest first, nothing else.
  init(digits: some BidirectionalCollection<UInt8>, isNegative: Bool, exponent: Int) {
    var words: [UInt32] = []
    var word: UInt32 = 0
    var place: UInt32 = 1
    for digit in digits.reversed() {
      word += UInt32(digit - 48) * place
      place *= 10
      if place == 1_000_000_000 {
        words.append(word)
        (word, place) = (0, 1)
      }
    }
    words.append(word)
    self.init(isNegative: isNegative, words: words, exponent: exponent)
  }

  var sign: Int { words.isEmpty ? 0 : (isNegative ? -1 : 1) }

  var magnitude: ExactDecimal {
    ExactDecimal(isNegative: false, words: words, exponent: exponent)
  }

  var negated: ExactDecimal {
    ExactDecimal(isNegative: !isNegative, words: words, exponent: exponent)
  }

  /// The number times 10^places.
  func raised(by places: Int) -> ExactDecimal {
    ExactDecimal(isNegative: isNegative, words: words, exponent: exponent + places)
  }

  /// The mantissa's digits without sign; `0` for zero. Complexity: linear in the digits.
  var digits: String {
    guard let first = words.last else { return "0" }
    var text = String(first)
    for word in words.dropLast().reversed() {
      let part = String(word)
      text += String(repeating: "0", count: 9 - part.utf8.count) + part
    }
    return text
  }

  /// The number of decimal digits of the mantissa, 0 for zero.
  private var digitCount: Int {
    guard let first = words.last else { return 0 }
    return (words.count - 1) * 9 + String(first).utf8.count
  }

  var mantissaAsDouble: Double { (isNegative ? -1 : 1) * (Double(digits) ?? .infinity) }

  /// The mantissa's low 64 bits with its sign, as Go's `big.Int.Int64` gives them.
  var lowWord: Int64 {
    var value: UInt64 = 0
    for word in words.reversed() { value = value &* Self.base &+ UInt64(word) }
    let signed = Int64(bitPattern: value)
    return isNegative ? 0 &- signed : signed
  }
}

// MARK: Arithmetic of magnitudes

extension ExactDecimal {
  mutating func multiplyMantissa(by factor: UInt32) {
    var carry: UInt64 = 0
    for index in words.indices {
      let product = UInt64(words[index]) * UInt64(factor) + carry
      words[index] = UInt32(product % Self.base)
      carry = product / Self.base
    }
    if carry > 0 { words.append(UInt32(carry)) }
  }

  /// Multiplies the mantissa by 2^bits.
  mutating func shiftMantissaLeft(_ bits: Int) {
    var rest = bits
    while rest > 0 {
      let step = min(rest, 29)
      multiplyMantissa(by: 1 << UInt32(step))
      rest -= step
    }
  }

  /// The mantissa divided by a small number, and the remainder.
  private func dividingMantissa(by divisor: UInt32) -> (quotient: [UInt32], remainder: UInt32) {
    var quotient = words
    var remainder: UInt64 = 0
    for index in words.indices.reversed() {
      let part = remainder * Self.base + UInt64(words[index])
      quotient[index] = UInt32(part / UInt64(divisor))
      remainder = part % UInt64(divisor)
    }
    return (quotient, UInt32(remainder))
  }

  /// The same number with its mantissa times 10^places and its exponent that much lower.
  private func lowered(by places: Int) -> ExactDecimal {
    guard places > 0, !words.isEmpty else {
      return ExactDecimal(isNegative: isNegative, words: words, exponent: exponent - places)
    }
    var result = self
    result.words.insert(contentsOf: repeatElement(0, count: places / 9), at: 0)
    let rest = Int64(places % 9)
    if rest > 0 { result.multiplyMantissa(by: UInt32(PowerOfTen.value(Int(rest)) ?? 1)) }
    result.exponent -= places
    return result
  }

  /// The mantissa cut by `places` digits, and whether any of those was not zero.
  private func cut(_ places: Int) -> (kept: [UInt32], lost: Bool) {
    guard places < digitCount else { return ([], !words.isEmpty) }
    let whole = places / 9
    var lost = words[..<whole].contains { $0 != 0 }
    let high = ExactDecimal(isNegative: false, words: Array(words[whole...]), exponent: 0)
    let rest = places % 9
    guard rest > 0 else { return (high.words, lost) }
    let (quotient, remainder) = high.dividingMantissa(by: UInt32(PowerOfTen.value(rest) ?? 1))
    if remainder != 0 { lost = true }
    return (quotient, lost)
  }

  /// The number with exactly this exponent, rounded away from zero, and whether nothing was lost.
  func rounded(toExponent target: Int) -> (value: ExactDecimal, exact: Bool) {
    if target <= exponent { return (lowered(by: exponent - target), true) }
    let (kept, lost) = cut(target - exponent)
    var words = kept
    if lost { Self.increment(&words) }
    return (ExactDecimal(isNegative: isNegative, words: words, exponent: target), !lost)
  }

  private static func increment(_ words: inout [UInt32]) {
    for index in words.indices {
      words[index] += 1
      if words[index] < UInt32(base) { return }
      words[index] = 0
    }
    words.append(1)
  }

  /// The mantissa without factors of 1024, and how many there were.
  func withoutFactorsOf1024() -> (value: ExactDecimal, count: Int) {
    var value = self
    var count = 0
    while !value.words.isEmpty {
      let (quotient, remainder) = value.dividingMantissa(by: 1024)
      if remainder != 0 { break }
      value = ExactDecimal(isNegative: isNegative, words: quotient, exponent: exponent)
      count += 1
    }
    return (value, count)
  }

  /// The same number with the largest exponent.
  var withoutTrailingZeros: ExactDecimal {
    guard !words.isEmpty else { return ExactDecimal(mantissa: 0, exponent: 0) }
    var zeros = 0
    for word in words {
      if word == 0 {
        zeros += 9
        continue
      }
      zeros += PowerOfTen.removeFactors(Int64(word)).zeros
      break
    }
    return ExactDecimal(
      isNegative: isNegative, words: cut(zeros).kept, exponent: exponent + zeros)
  }

  /// The same number with an exponent that three divides, the largest such.
  var withEngineeringExponent: ExactDecimal {
    let bare = withoutTrailingZeros
    let above = ((bare.exponent % 3) + 3) % 3
    return bare.lowered(by: above)
  }
}

// MARK: Sums and order

extension ExactDecimal {
  static func + (a: ExactDecimal, b: ExactDecimal) -> ExactDecimal {
    let exponent = min(a.exponent, b.exponent)
    let x = a.lowered(by: a.exponent - exponent)
    let y = b.lowered(by: b.exponent - exponent)
    if x.isNegative == y.isNegative {
      return ExactDecimal(
        isNegative: x.isNegative, words: sum(x.words, y.words), exponent: exponent)
    }
    switch compareWords(x.words, y.words) {
    case 0: return ExactDecimal(isNegative: false, words: [], exponent: exponent)
    case 1:
      return ExactDecimal(
        isNegative: x.isNegative, words: difference(x.words, y.words), exponent: exponent)
    default:
      return ExactDecimal(
        isNegative: y.isNegative, words: difference(y.words, x.words), exponent: exponent)
    }
  }

  /// -1, 0 or 1.
  func compare(_ other: ExactDecimal) -> Int {
    if sign != other.sign { return sign < other.sign ? -1 : 1 }
    if sign == 0 { return 0 }
    // Numbers of different size are told apart without writing out their zeros.
    let (size, otherSize) = (digitCount + exponent, other.digitCount + other.exponent)
    if size != otherSize { return (size < otherSize) == isNegative ? 1 : -1 }
    let low = min(exponent, other.exponent)
    let order = Self.compareWords(
      lowered(by: exponent - low).words, other.lowered(by: other.exponent - low).words)
    return isNegative ? -order : order
  }

  private static func compareWords(_ a: [UInt32], _ b: [UInt32]) -> Int {
    if a.count != b.count { return a.count < b.count ? -1 : 1 }
    for index in a.indices.reversed() where a[index] != b[index] {
      return a[index] < b[index] ? -1 : 1
    }
    return 0
  }

  private static func sum(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
    var result: [UInt32] = []
    result.reserveCapacity(max(a.count, b.count) + 1)
    var carry: UInt32 = 0
    for index in 0..<max(a.count, b.count) {
      let total =
        (index < a.count ? a[index] : 0) + (index < b.count ? b[index] : 0) + carry
      result.append(total % UInt32(base))
      carry = total / UInt32(base)
    }
    if carry > 0 { result.append(carry) }
    return result
  }

  /// `a - b`, for a ≥ b.
  private static func difference(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
    var result = a
    var borrow: Int64 = 0
    for index in a.indices {
      var digit = Int64(a[index]) - (index < b.count ? Int64(b[index]) : 0) - borrow
      borrow = digit < 0 ? 1 : 0
      if digit < 0 { digit += Int64(base) }
      result[index] = UInt32(digit)
    }
    return result
  }
}

// MARK: 64-bit view

extension ExactDecimal {
  /// The number in units of 10^exponent, as the real library's `scaledValue` computes it.
  ///
  /// It rounds up, but a negative number that takes the 64-bit path is cut toward zero first and
  /// then raised by one; results beyond 64 bits keep their low bits.
  func scaledValue(exponent target: Int) -> Int64 {
    let places = target - exponent
    if places == 0 { return lowWord }
    if places < 0 {
      // Go converts a power of ten beyond Int64 to its smallest value on amd64.
      return lowWord &* (PowerOfTen.value(-places) ?? .min)
    }
    let maximum = ExactDecimal(mantissa: .max, exponent: exponent)
    if places < 19, compare(maximum) < 0, let power = PowerOfTen.value(places) {
      let (quotient, remainder) = lowWord.quotientAndRemainder(dividingBy: power)
      return remainder == 0 ? quotient : quotient &+ 1
    }
    let (kept, lost) = cut(places)
    let quotient = ExactDecimal(isNegative: isNegative, words: kept, exponent: 0).lowWord
    return lost && !isNegative ? quotient &+ 1 : quotient
  }
}
