/// Names that the API server and controllers complete with characters no one can mistake.
public enum GeneratedName {
  /// No vowels and no 0, 1, 3: no words come out, and nothing looks like something else
  /// ([36] apimachinery `util/rand`).
  static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789".utf8)

  /// `base` cut to 58 bytes and five characters drawn from `random`, as for `generateName`
  /// ([36] apiserver `storage/names/generate.go`).
  public static func name(base: String, random: UInt64) -> String {
    String(decoding: base.utf8.prefix(58), as: UTF8.self) + suffix(random: random)
  }

  /// Five characters, each equally likely for a uniform `random`.
  public static func suffix(random: UInt64) -> String {
    var rest = random
    var characters: [UInt8] = []
    for _ in 0..<5 {
      // The high part of a product takes one digit in base 27 off a fraction.
      let (digit, remainder) = rest.multipliedFullWidth(by: UInt64(alphabet.count))
      characters.append(alphabet[Int(digit)])
      rest = remainder
    }
    return String(decoding: characters, as: UTF8.self)
  }

  /// Each character of `text` as one of the alphabet, by its code modulo 27 (`SafeEncodeString`).
  public static func safeEncoded(_ text: String) -> String {
    String(decoding: text.utf8.map { alphabet[Int($0) % alphabet.count] }, as: UTF8.self)
  }
}
