import AWSObjects
import Testing

@Suite struct RegionTests {
  @Test("A zone's region is its name without the letter")
  func namesTheRegion() {
    #expect(AvailabilityZone("us-east-1a").region == Region("us-east-1"))
    #expect(AvailabilityZone("ap-southeast-2c").region == Region("ap-southeast-2"))
    #expect(AvailabilityZone("us-gov-west-1b").region == Region("us-gov-west-1"))
  }

  @Test(
    "What is no zone's name is told apart",
    arguments: [
      ("us-east-1a", true), ("us-gov-west-1b", true), ("us-east-1", false), ("useast1a", false),
      ("us-east-a1", false), ("us--1a", false), ("", false),
    ])
  func checksTheForm(name: String, isWellFormed: Bool) {
    #expect(AvailabilityZone(name).isWellFormed == isWellFormed)
  }
}
