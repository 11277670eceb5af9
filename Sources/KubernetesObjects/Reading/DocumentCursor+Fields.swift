import Documents

/// Fields as the API server decodes and validates them, in its words where they are known.
extension DocumentCursor {
  /// Text; a number or Boolean that is not quoted is refused, as JSON decoding does.
  func apiString() -> String? {
    guard let text = string() else { return nil }
    if case .plain = node.content, node.boolValue != nil || text.looksLikeNumber {
      error("expected text, found \(text)", suggestion: "quote it: \"\(text)\"")
      return nil
    }
    return text
  }

  func invalid(_ value: String, _ reason: String, suggestion: String? = nil) {
    error("Invalid value: \(value): \(reason)", suggestion: suggestion)
  }

  /// A whole number not below `minimum`.
  func int(atLeast minimum: Int64) -> Int64? {
    guard let value = int() else { return nil }
    guard value >= minimum else {
      invalid("\(value)", "must be greater than or equal to \(minimum)")
      return nil
    }
    guard value <= Int64(Int32.max) else {
      error("\(value) does not fit int32")
      return nil
    }
    return value
  }

  /// One of a closed set of words; anything else is refused with the list.
  func choice<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> Word?
  where Word.RawValue == String {
    guard let text = apiString() else { return nil }
    if let word = Word(rawValue: text) { return word }
    let known = Word.allCases.map(\.rawValue)
    error(
      "Unsupported value: \"\(text)\": supported values: "
        + known.map { "\"\($0)\"" }.joined(separator: ", "),
      suggestion: Spelling.suggestion(for: text, among: known))
    return nil
  }

  func strings() -> [String] { elements().compactMap { $0.apiString() } }

  /// A mapping from text to text, such as labels.
  func labels() -> Labels {
    Labels(entries().compactMap { key, value in value.apiString().map { (key, $0) } })
  }

  func quantity() -> Quantity? {
    guard let text = string() else { return nil }
    let trimmed = text.trimmingASCIISpace
    do {
      return try Quantity(parsing: trimmed)
    } catch {
      self.error(
        "\"\(text)\": \(error)", suggestion: Quantity.likely(meaning: trimmed))
      return nil
    }
  }

  /// Amounts by resource name, rounded up to thousandths ([36] `SetDefaults_ResourceList`).
  func resourceList() -> ResourceList {
    var list = ResourceList()
    for (name, cursor) in entries() {
      guard var quantity = cursor.quantity() else { continue }
      quantity.roundUp(.milli)
      if quantity.sign < 0 {
        cursor.invalid("\"\(quantity)\"", "must be greater than or equal to 0")
      } else if ResourceName.isWhole(name), quantity.milliValue % 1000 != 0 {
        cursor.invalid("\"\(quantity)\"", "must be an integer")
      }
      list[name] = quantity
    }
    return list
  }

  func intOrPercent() -> IntOrPercent? {
    if let value = node.intValue {
      guard value >= 0 else {
        invalid("\(value)", "must be greater than or equal to 0")
        return nil
      }
      return .int(value)
    }
    guard let text = string() else { return nil }
    if text.hasSuffix("%"), let percent = Int64(text.dropLast()), percent >= 0,
      text.first != "+"
    {
      return .percent(percent)
    }
    invalid(
      "\"\(text)\"",
      "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or "
        + "'93%', regex used for validation is '[0-9]+%')")
    return nil
  }

  /// A name for an object, by RFC 1123 (`IsDNS1123Subdomain`).
  func subdomain() -> String? {
    guard let text = apiString() else { return nil }
    if !text.isEmpty, text.utf8.count <= 253,
      text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(\.isDNSLabel)
    {
      return text
    }
    invalid(
      "\"\(text)\"",
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or "
        + "'.', and must start and end with an alphanumeric character (e.g. 'example.com', regex "
        + "used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?"
        + "(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")
    return nil
  }

  /// A name for a container or namespace (`IsDNS1123Label`).
  func dnsLabel() -> String? {
    guard let text = apiString() else { return nil }
    if text.utf8.count <= 63, text.isDNSLabel { return text }
    invalid(
      "\"\(text)\"",
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and "
        + "must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', "
        + "regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")
    return nil
  }
}

extension ResourceName {
  /// Counts and devices have no fractions ([36] `pkg/apis/core/helper`, `IsIntegerResourceName`
  /// and `IsExtendedResourceName`).
  static func isWhole(_ name: String) -> Bool {
    if name == pods || name.hasPrefix("count/") || objectCounts.contains(name) { return true }
    return isExtended(name)
  }

  /// A resource outside the `kubernetes.io` domain, such as `nvidia.com/gpu`.
  public static func isExtended(_ name: String) -> Bool {
    guard let slash = name.firstIndex(of: "/") else { return false }
    let domain = name[..<slash]
    return domain != "kubernetes.io" && !domain.hasSuffix(".kubernetes.io")
      && !domain.hasPrefix("requests.") && domain != "count" && domain != "limits"
  }

  private static let objectCounts: Set<String> = [
    "services", "replicationcontrollers", "resourcequotas", "secrets", "configmaps",
    "persistentvolumeclaims", "services.nodeports", "services.loadbalancers",
  ]
}

extension Quantity {
  /// What a person who wrote this may have meant: `512MB`, `1 Gi`, `2K`, `1gi`.
  fileprivate static func likely(meaning text: String) -> String? {
    let bare = text.filter { !$0.isWhitespace && $0 != "," && $0 != "_" }
    let number = bare.prefix { $0.isNumber || $0 == "." || $0 == "-" || $0 == "+" }
    guard !number.isEmpty else { return nil }
    var unit = bare.dropFirst(number.count).lowercased()
    if unit.hasSuffix("b") { unit.removeLast() }
    let suffix: String
    switch unit {
    case "": suffix = ""
    case "k": suffix = "k"
    case "c", "core", "cores", "cpu", "vcpu": suffix = ""
    case "m", "g", "t", "p", "e": suffix = unit.uppercased()
    case "ki", "mi", "gi", "ti", "pi", "ei": suffix = unit.prefix(1).uppercased() + "i"
    default: return nil
    }
    let candidate = number + suffix
    guard candidate != text, (try? Quantity(parsing: String(candidate))) != nil else {
      return nil
    }
    return "did you mean '\(candidate)'?"
  }
}

extension String {
  fileprivate var trimmingASCIISpace: String {
    var bytes = Array(utf8)[...]
    while let byte = bytes.first, byte == 32 || (9...13).contains(byte) { bytes.removeFirst() }
    while let byte = bytes.last, byte == 32 || (9...13).contains(byte) { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether YAML would read the plain scalar as a number.
  fileprivate var looksLikeNumber: Bool {
    guard let first = utf8.first, (48...57).contains(first) || "+-.".utf8.contains(first) else {
      return false
    }
    return Double(self) != nil
  }
}

extension StringProtocol {
  fileprivate var isDNSLabel: Bool {
    func isAlphanumeric(_ byte: UInt8) -> Bool {
      (97...122).contains(byte) || (48...57).contains(byte)
    }
    guard let first = utf8.first, let last = utf8.reversed().first, isAlphanumeric(first),
      isAlphanumeric(last)
    else { return false }
    return utf8.allSatisfy { isAlphanumeric($0) || $0 == 45 }
  }
}
