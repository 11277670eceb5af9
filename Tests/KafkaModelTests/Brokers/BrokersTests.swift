import KafkaModel
import SimulationKernel
import Testing
import TimeUnits

@Suite struct BrokersTests {
  private static func cluster(
    partitions: Int = 6, replicas: Int, minInSync: Int = 1, brokers: Int = 3
  ) -> Brokers {
    var settings = BrokerSettings()
    settings.minInSyncReplicas = minInSync
    let topic = TopicSpec(partitions: partitions, replicationFactor: replicas, brokers: brokers)
    return Brokers(TopicPlacement(topic), settings: settings)
  }

  @Test("the next replica in sync leads a session timeout after a broker's death")
  func failover() {
    var brokers = Self.cluster(replicas: 3)
    brokers.brokerLost(0, at: .seconds(10))
    #expect(brokers.leader(of: 0) == nil && brokers.leader(of: 1) == 1)
    #expect(brokers.writeStatus(of: 0) == .noLeader)
    // Six partitions of 1 ms each.
    #expect(brokers.nextTime == .milliseconds(16_006))
    brokers.advance(to: .milliseconds(16_006))
    #expect(brokers.leader(of: 0) == 1 && brokers.leader(of: 3) == 2)
    #expect(brokers.inSyncReplicas(of: 0) == [1, 2])
    #expect(brokers.leaderCounts() == [0, 3, 3])
  }

  @Test("acks=1 writes where the leader lives; acks=all waits for the dead until it is dropped")
  func acknowledgments() {
    var brokers = Self.cluster(replicas: 3, minInSync: 2)
    brokers.brokerLost(0, at: .seconds(10))
    #expect(brokers.isWritable(1))
    #expect(brokers.writeStatus(of: 1, acks: .all) == .waitsForReplica)
    brokers.advance(to: .seconds(20))
    #expect(brokers.isWritable(1, acks: .all))
    brokers.brokerStopped(1, at: .seconds(30))
    #expect(brokers.writeStatus(of: 1, acks: .all) == .notEnoughReplicas)
    #expect(brokers.isWritable(1))
  }

  @Test("without a copy a partition is offline until its broker is back")
  func single() {
    var brokers = Self.cluster(replicas: 1)
    brokers.brokerLost(1, at: .seconds(10))
    brokers.advance(to: .seconds(100))
    #expect((0..<6).filter { !brokers.isWritable($0) } == [1, 4])
    brokers.brokerReturned(1, at: .seconds(100))
    brokers.advance(to: .seconds(101))
    #expect((0..<6).allSatisfy { brokers.isWritable($0, acks: .all) })
  }

  @Test("only the last replica in sync brings an offline partition back")
  func unclean() {
    var brokers = Self.cluster(partitions: 1, replicas: 2, brokers: 2)
    brokers.brokerLost(0, at: .seconds(10))
    brokers.brokerLost(1, at: .seconds(30))
    brokers.brokerReturned(0, at: .seconds(50))
    brokers.advance(to: .seconds(200))
    #expect(brokers.leader(of: 0) == nil && brokers.inSyncReplicas(of: 0) == [1])
    brokers.brokerReturned(1, at: .seconds(200))
    brokers.advance(to: .seconds(201))
    #expect(brokers.leader(of: 0) == 1)
    brokers.advance(to: .seconds(220))
    #expect(brokers.inSyncReplicas(of: 0) == [0, 1], "the other has caught up")
  }

  @Test("a broker that is back before anybody noticed keeps its leaders")
  func blip() {
    var brokers = Self.cluster(replicas: 3)
    brokers.brokerLost(0, at: .seconds(10))
    brokers.brokerReturned(0, at: .seconds(14))
    brokers.advance(to: .seconds(100))
    #expect(brokers.leader(of: 0) == 0 && brokers.takeOutcome() == nil)
  }

  @Test("preferred leaders lead again at the next check after they have caught up")
  func preferred() {
    var brokers = Self.cluster(replicas: 3)
    brokers.brokerLost(0, at: .seconds(10))
    brokers.brokerReturned(0, at: .seconds(60), catchUp: .seconds(20))
    brokers.advance(to: .seconds(304))
    #expect(brokers.leaderCounts() == [0, 3, 3])
    #expect(brokers.inSyncReplicas(of: 0) == [0, 1, 2])
    brokers.advance(to: .seconds(305))
    #expect(brokers.leaderCounts() == [2, 2, 2])
    #expect(brokers.nextTime == nil)
  }

  @Test("through any losses the leader is in sync, and all is well when all are back")
  func swarm() {
    for key in 0..<100 {
      var random = RandomStream(key: UInt64(key) + 77)
      let count = Int.random(in: 1...6, using: &random)
      var brokers = Self.cluster(
        partitions: Int.random(in: 1...12, using: &random),
        replicas: Int.random(in: 1...count, using: &random), brokers: count)
      var now = SimulationTime.zero
      for _ in 0..<60 {
        now = now + .milliseconds(Int.random(in: 0...20_000, using: &random))
        let broker = Int.random(in: 0..<count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: brokers.brokerLost(broker, at: now)
        case 1: brokers.brokerStopped(broker, at: now)
        default: brokers.brokerReturned(broker, at: now)
        }
        for partition in 0..<brokers.placement.partitionCount {
          let inSync = brokers.inSyncReplicas(of: partition)
          #expect(!inSync.isEmpty)
          if let leader = brokers.leader(of: partition) { #expect(inSync.contains(leader)) }
        }
      }
      for broker in 0..<count { brokers.brokerReturned(broker, at: now) }
      brokers.advance(to: now + .seconds(1_000))
      for partition in 0..<brokers.placement.partitionCount {
        #expect(brokers.isWritable(partition, acks: .all), "\(key)")
        #expect(
          brokers.inSyncReplicas(of: partition)
            == Array(brokers.placement.replicas(of: partition)), "\(key)")
        #expect(brokers.leader(of: partition) == brokers.placement.preferredLeader(of: partition))
      }
      #expect(brokers.nextTime == nil)
    }
  }
}
