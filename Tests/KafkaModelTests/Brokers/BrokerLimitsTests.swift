import KafkaModel
import Testing
import TimeUnits

@Suite struct BrokerLimitsTests {
  private let limits = BrokerLimits()

  private func published(partitions: Int = 100, replicas: Int = 3, consumed: Double = 0)
    -> (produce: Double, consume: Double)
  {
    limits.capacity(
      of: .published, brokers: 9, partitions: partitions, replicationFactor: replicas,
      consumed: consumed)
  }

  @Test("the published peak is the limit of the published cluster")
  func peak() {
    #expect(abs(published().produce * 9 / 2.3e6 - 1) < 1e-9)
    let load = BrokerLoad.even(
      produced: 2.3e6, consumed: 0, partitions: 100, replicationFactor: 3, brokers: 9)
    let use = limits.utilization(of: load, on: .published)
    #expect(abs(use.busiest - 1) < 1e-9 && use.busiest == use.processor)
  }

  @Test("consumers load brokers far less than producers")
  func consumers() {
    let (produce, consume) = published()
    #expect(consume > 5 * produce)
    #expect(published(consumed: 100_000).produce < produce)
  }

  @Test("copies and partitions cost throughput")
  func costs() {
    #expect(published(replicas: 1).produce > 2 * published().produce)
    #expect(published(partitions: 10_000).produce < published().produce)
    #expect(published(partitions: 1_000_000).produce == 0)
  }

  @Test("large messages are limited by the disk, and with a fast one by the network")
  func bytes() {
    var large = limits
    large.messageBytes = 10_000
    let disk = large.capacity(
      of: .published, brokers: 9, partitions: 9, replicationFactor: 3)
    #expect(abs(disk.produce - 212.5e6 / 30_000) < 1e-6)
    let fast = BrokerHardware(cores: 8, network: 1.25e9, disk: 1e12)
    let network = large.capacity(of: fast, brokers: 9, partitions: 9, replicationFactor: 3)
    #expect(abs(network.produce - 1.25e9 / 30_000) < 1e-6)
    #expect(abs(network.consume - 1.25e9 / 10_000) < 1e-6)
  }

  @Test("a cluster at its capacity is just busy, whatever is read")
  func consistency() {
    for consumed in [0, 10_000, 100_000, 300_000] {
      let produce = published(consumed: Double(consumed)).produce
      let load = BrokerLoad.even(
        produced: produce * 9, consumed: Double(consumed) * 9, partitions: 100,
        replicationFactor: 3, brokers: 9)
      #expect(abs(limits.utilization(of: load, on: .published).busiest - 1) < 1e-9)
    }
  }

  @Test("a write takes a few ms when idle, the published 15 to 30 ms under load")
  func latency() throws {
    let idle = try #require(limits.produceLatency(utilization: 0))
    let loaded = try #require(limits.produceLatency(utilization: 0.86))
    let heavy = try #require(limits.produceLatency(utilization: 0.93))
    #expect(idle == .milliseconds(3))
    #expect(loaded > .milliseconds(15) && heavy < .milliseconds(30) && loaded < heavy)
    #expect(limits.produceLatency(utilization: 1) == nil)
  }
}
