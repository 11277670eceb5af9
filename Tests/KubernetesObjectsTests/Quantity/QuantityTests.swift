import KubernetesObjects
import Testing

struct QuantityTests {
  private func quantity(_ text: String) throws -> Quantity { try Quantity(parsing: text) }

  @Test(
    "amounts print in canonical form",
    arguments: [
      ("0.5", "500m"), ("1000m", "1"), ("1.5Gi", "1536Mi"), ("1024Mi", "1Gi"),
      ("1500Mi", "1500Mi"), ("100M", "100M"), ("0.5Ki", "512"), ("123456789n", "123456789n"),
      ("1e3", "1e3"), ("1000e3", "1e6"), ("-1.5", "-1500m"), ("0", "0"), ("1000E", "1"),
      ("12345678901234567890123", "12345678901234567890123"),
      ("0.0000000001", "1n"), ("-0.0000000001", "-1n"), ("10Ei", "9223372036854775807"),
    ])
  func canonical(text: String, expected: String) throws {
    #expect(try quantity(text).canonicalText == expected)
  }

  @Test("equal amounts are equal and hash alike, however they are written")
  func equality() throws {
    let groups = [
      ["1", "1000m", "1e0", "0.001k", "1000000000n"], ["1Gi", "1024Mi", "1073741824"],
      ["0", "-0", "0Ki", "0e5"], ["9223372036854775807000m", "9223372036854775807"],
      ["123456789012345678901", "123456789012345678901000m"],
    ]
    for group in groups {
      let all = try group.map(quantity)
      #expect(Set(all).count == 1, "\(group)")
      #expect(all.allSatisfy { $0 == all[0] })
    }
    #expect(try quantity("1") < quantity("1001m"))
    #expect(try quantity("-1Ki") < quantity("-1000"))
    #expect(try quantity("1e30") > quantity("999999999999999999e11"))
  }

  @Test("sums beyond 64 bits are exact")
  func bigSums() throws {
    let most = Quantity(value: .max)
    #expect((most + most).text == "18446744073709551614")
    #expect((most + most - most).text == "9223372036854775807")
    let difference = try quantity("1e20") - quantity("1n")
    #expect(difference.text == "99999999999999999999999999999e-9")
    #expect((difference - difference).isZero)
  }

  @Test("a huge exponent is refused instead of being written out")
  func hugeExponent() throws {
    #expect(throws: QuantityError.suffix) { try quantity("1e2000000000") }
    #expect(try quantity("1e-2000000000").text == "1e-9")
    #expect(try quantity("1e100000").compare(quantity("1")) == 1)
  }

  @Test("a quantity takes three words")
  func size() { #expect(MemoryLayout<Quantity>.stride == 24) }
}
