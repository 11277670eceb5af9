import CassandraModel
import Testing

@Suite struct Murmur3Tests {
  /// `SELECT token(id)` of tables with `bigint` and `int` keys, as driver and server tests of
  /// several projects state them. The one for 200, whose last byte is negative, is our own
  /// reckoning by the same rule.
  @Test(
    "tokens of bigint keys are those of Cassandra",
    arguments: [
      (0, 2_945_182_322_382_062_539), (1, 6_292_367_497_774_912_474),
      (2, -8_218_881_827_949_364_593), (3, -8_048_510_690_352_527_683),
      (-1, 7_071_048_584_287_372_947), (.min, 9_204_767_954_415_360_687),
      (1_234_567_890_123, 8_056_999_751_681_019_901), (200, 6_340_006_638_963_962_074),
    ] as [(Int64, Int64)])
  func bigint(key: Int64, token: Int64) {
    #expect(Murmur3.token(bigint: key) == token)
    #expect(Murmur3.token((0..<8).map { UInt8(truncatingIfNeeded: key >> (56 - 8 * $0)) }) == token)
  }

  @Test(
    "tokens of int keys are those of Cassandra",
    arguments: [
      (0, -3_485_513_579_396_041_028), (1, -4_069_959_284_402_364_209),
      (2, -3_248_873_570_005_575_792), (3, 9_010_454_139_840_013_625),
      (-1, 7_297_452_126_230_313_552), (42, -7_160_136_740_246_525_330),
    ] as [(Int32, Int64)])
  func int(key: Int32, token: Int64) {
    #expect(Murmur3.token((0..<4).map { UInt8(truncatingIfNeeded: key >> (24 - 8 * $0)) }) == token)
  }

  @Test("an empty key has the least token, which no other key has")
  func empty() {
    #expect(Murmur3.token([]) == .min)
  }
}
