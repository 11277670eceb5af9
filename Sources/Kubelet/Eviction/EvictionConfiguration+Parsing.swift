import KubernetesObjects
import TimeUnits

/// Why eviction settings are refused.
public enum EvictionConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  case unknownSignal(String)
  case amount(signal: EvictionSignal, text: String)
  case duration(signal: EvictionSignal, text: String)
  case missingGracePeriod(EvictionSignal)

  public var description: String {
    switch self {
    case .unknownSignal(let name):
      "unsupported eviction signal \(name); known: "
        + EvictionSignal.allCases.map(\.rawValue).joined(separator: ", ")
    case .amount(let signal, let text):
      "\(signal.rawValue): \"\(text)\" is neither a positive quantity nor a percentage up to 100%"
    case .duration(let signal, let text):
      "\(signal.rawValue): \"\(text)\" is not a span like 90s or 1m30s"
    case .missingGracePeriod(let signal):
      "grace period must be specified for the soft eviction threshold \(signal.rawValue)"
    }
  }
}

extension EvictionConfiguration {
  /// Reads the settings as a kubelet's configuration writes them, by signal name.
  ///
  /// 0 % and 100 % switch a threshold off. The real program reads the maps in no order; here they
  /// come as pairs, whose order has no effect on decisions.
  public init(
    hard: [(signal: String, amount: String)], soft: [(signal: String, amount: String)] = [],
    softGracePeriods: [(signal: String, span: String)] = [],
    minimumReclaims: [(signal: String, amount: String)] = [], layout: FileSystemLayout = .shared
  ) throws(EvictionConfigurationError) {
    var graces: [EvictionSignal: Duration] = [:]
    for (name, text) in softGracePeriods {
      let signal = try Self.signal(name)
      guard let span = Self.duration(text) else { throw .duration(signal: signal, text: text) }
      graces[signal] = span
    }
    var reclaims: [EvictionSignal: EvictionThreshold.Amount] = [:]
    for (name, text) in minimumReclaims {
      let signal = try Self.signal(name)
      reclaims[signal] = try Self.amount(text, of: signal, mayBeZero: true)
    }
    var thresholds: [EvictionThreshold] = []
    for (name, text) in hard where text != "0%" && text != "100%" {
      let signal = try Self.signal(name)
      thresholds.append(
        EvictionThreshold(
          signal: signal, amount: try Self.amount(text, of: signal),
          minimumReclaim: reclaims[signal]))
    }
    for (name, text) in soft where text != "0%" && text != "100%" {
      let signal = try Self.signal(name)
      guard let grace = graces[signal] else { throw .missingGracePeriod(signal) }
      thresholds.append(
        EvictionThreshold(
          signal: signal, amount: try Self.amount(text, of: signal), gracePeriod: grace,
          minimumReclaim: reclaims[signal]))
    }
    self.init(thresholds: thresholds, layout: layout)
  }

  private static func signal(
    _ name: String
  ) throws(EvictionConfigurationError) -> EvictionSignal {
    guard let signal = EvictionSignal(rawValue: name) else { throw .unknownSignal(name) }
    return signal
  }

  private static func amount(
    _ text: String, of signal: EvictionSignal, mayBeZero: Bool = false
  ) throws(EvictionConfigurationError) -> EvictionThreshold.Amount {
    if text.hasSuffix("%") {
      guard let percent = Float(text.dropLast()), percent >= 0, mayBeZero || percent <= 100 else {
        throw .amount(signal: signal, text: text)
      }
      return .share(percent / 100)
    }
    guard let quantity = try? Quantity(parsing: text),
      quantity.sign > 0 || (mayBeZero && quantity.isZero)
    else { throw .amount(signal: signal, text: text) }
    return .quantity(quantity)
  }

  /// A span in Go's notation; nil if it is none, or negative.
  private static func duration(_ text: String) -> Duration? {
    let units: [(suffix: String, seconds: Double)] = [
      ("ms", 0.001), ("us", 1e-6), ("ns", 1e-9), ("h", 3600), ("m", 60), ("s", 1),
    ]
    if text == "0" { return .zero }
    var rest = Substring(text)
    var seconds = 0.0
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isWholeNumber || $0 == "." }
      guard let count = Double(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      guard let unit = units.first(where: { rest.hasPrefix($0.suffix) }) else { return nil }
      rest = rest.dropFirst(unit.suffix.count)
      seconds += count * unit.seconds
    }
    return text.isEmpty ? nil : .rounded(seconds: seconds)
  }
}
