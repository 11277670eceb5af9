/// Why a text is not a quantity, in the words of apimachinery `resource` 1.36.
public enum QuantityError: Error, Sendable, Hashable, CustomStringConvertible {
  case format
  case suffix

  public var description: String {
    switch self {
    case .format:
      "quantities must match the regular expression "
        + "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
    case .suffix: "unable to parse quantity's suffix"
    }
  }
}

/// The pieces of a quantity's text: `+18.5Gi` is positive, 18, 5, Gi.
private struct QuantityPieces {
  var isNegative = false
  /// Digits before the point without leading zeros; `0` if none are left.
  var whole: ArraySlice<UInt8> = [48]
  var fraction: ArraySlice<UInt8> = []
  var suffix: ArraySlice<UInt8> = []

  private static let suffixLetters = Array("eEinumkKMGTP".utf8)

  init(_ bytes: [UInt8]) throws(QuantityError) {
    var position = 0
    func isDigit(_ index: Int) -> Bool {
      index < bytes.count && (48...57).contains(bytes[index])
    }
    if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      position = 1
    }
    while position < bytes.count, bytes[position] == 48 { position += 1 }
    let wholeStart = position
    while isDigit(position) { position += 1 }
    if position > wholeStart { whole = bytes[wholeStart..<position] }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      let start = position
      while isDigit(position) { position += 1 }
      fraction = bytes[start..<position]
    }
    let suffixStart = position
    while position < bytes.count, Self.suffixLetters.contains(bytes[position]) { position += 1 }
    if position < bytes.count,
      bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+")
    {
      position += 1
    }
    while isDigit(position) { position += 1 }
    guard position == bytes.count else { throw .format }
    suffix = bytes[suffixStart...]
  }
}

/// What a suffix stands for.
private enum QuantitySuffix {
  case decimal(exponent: Int32, format: Quantity.Format)
  case binary(bits: Int)

  init(_ bytes: ArraySlice<UInt8>) throws(QuantityError) {
    let text = String(decoding: bytes, as: UTF8.self)
    switch text {
    case "": self = .decimal(exponent: 0, format: .decimalSI)
    case "n": self = .decimal(exponent: -9, format: .decimalSI)
    case "u": self = .decimal(exponent: -6, format: .decimalSI)
    case "m": self = .decimal(exponent: -3, format: .decimalSI)
    case "k": self = .decimal(exponent: 3, format: .decimalSI)
    case "M": self = .decimal(exponent: 6, format: .decimalSI)
    case "G": self = .decimal(exponent: 9, format: .decimalSI)
    case "T": self = .decimal(exponent: 12, format: .decimalSI)
    case "P": self = .decimal(exponent: 15, format: .decimalSI)
    case "E": self = .decimal(exponent: 18, format: .decimalSI)
    case "Ki": self = .binary(bits: 10)
    case "Mi": self = .binary(bits: 20)
    case "Gi": self = .binary(bits: 30)
    case "Ti": self = .binary(bits: 40)
    case "Pi": self = .binary(bits: 50)
    case "Ei": self = .binary(bits: 60)
    default:
      guard bytes.count > 1, bytes.first == UInt8(ascii: "e") || bytes.first == UInt8(ascii: "E"),
        let exponent = Int64(text.dropFirst())
      else { throw .suffix }
      self = .decimal(exponent: Int32(truncatingIfNeeded: exponent), format: .decimalExponent)
    }
  }
}

extension Quantity {
  /// Powers of ten above this are refused with the suffix error: the real library accepts them and
  /// then needs memory for every digit.
  static let largestExponent: Int32 = 100_000

  /// Reads a quantity exactly as `resource.ParseQuantity` 1.36.2 does.
  ///
  /// Digits finer than 1n round up to it, binary amounts stop at 2^63 − 1, and a binary amount
  /// below one becomes decimal. White space is an error here; the API trims it before.
  public init(parsing text: String) throws(QuantityError) {
    let bytes = Array(text.utf8)
    if bytes.isEmpty { throw .format }
    let pieces = try QuantityPieces(bytes)
    let suffix = try QuantitySuffix(pieces.suffix)
    if case .decimal(let exponent, _) = suffix, exponent > Self.largestExponent { throw .suffix }
    self =
      Self.fast(pieces, suffix, text: text)
      ?? Self.exact(pieces, suffix)
  }

  /// Up to 18 digits, nothing below 1n, and of binary amounts whole ones that surely fit.
  private static func fast(
    _ pieces: QuantityPieces, _ suffix: QuantitySuffix, text: String
  ) -> Quantity? {
    let digits = pieces.whole + pieces.fraction
    switch suffix {
    case .decimal(let exponent, let format):
      guard digits.count <= 18, Int(exponent) - pieces.fraction.count >= -9 else { return nil }
      let scale = exponent - Int32(pieces.fraction.count)
      let value = number(digits)
      let keepsText =
        scale % 3 == 0 && !digits.suffix(3).elementsEqual([48, 48, 48]) && digits.first != 48
      return Quantity(
        .small(mantissa: pieces.isNegative ? -value : value, exponent: scale), format: format
      ).keeping(keepsText ? text : nil)
    case .binary(let bits):
      // The real check estimates digits as 3/10 of the bits.
      guard pieces.fraction.isEmpty, 15 - digits.count - bits * 3 / 10 - 1 >= 0 else { return nil }
      let value = number(digits)
      let (product, overflow) = value.multipliedReportingOverflow(by: 1 << Int64(bits))
      guard !overflow else { return nil }
      return Quantity(
        .small(mantissa: pieces.isNegative ? -product : product, exponent: 0), format: .binarySI
      ).keeping(value & 7 != 0 ? text : nil)
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64 {
    digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
  }

  private func keeping(_ text: String?) -> Quantity {
    guard let text, text != canonicalText else { return self }
    return Quantity(amount, format: format, text: text)
  }

  private static func exact(_ pieces: QuantityPieces, _ suffix: QuantitySuffix) -> Quantity {
    var amount = ExactDecimal(
      digits: pieces.whole + pieces.fraction, isNegative: false,
      exponent: -pieces.fraction.count)
    var format = Format.binarySI
    switch suffix {
    case .decimal(let exponent, let decimalFormat):
      format = decimalFormat
      amount = amount.raised(by: Int(exponent))
    case .binary(let bits): amount.shiftMantissaLeft(bits)
    }
    if amount.sign != 0 { amount = amount.rounded(toExponent: -9).value }
    if format == .binarySI {
      let maximum = ExactDecimal(mantissa: .max, exponent: 0)
      if amount.compare(maximum) > 0 { amount = maximum }
      if amount.sign > 0, amount.compare(ExactDecimal(mantissa: 1, exponent: 0)) < 0 {
        format = .decimalSI
      }
    }
    return Quantity(.exact(pieces.isNegative ? amount.negated : amount), format: format)
  }
}
