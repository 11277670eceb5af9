/// The partitions that a group reads, numbered through: those of the first topic from 0, then
/// those of the second, and so on. Topics are in the order of their names.
public struct TopicPartitions: Hashable, Sendable {
  /// One past the last partition of each topic.
  private let ends: [Int]

  /// Topics with so many partitions each, in the order of their names.
  public init(counts: [Int]) {
    var ends: [Int] = []
    for count in counts {
      precondition(count >= 0, "a topic has no negative number of partitions")
      ends.append((ends.last ?? 0) + count)
    }
    self.ends = ends
  }

  /// One topic with so many partitions.
  public init(count: Int) { self.init(counts: [count]) }

  /// The number of all partitions.
  public var count: Int { ends.last ?? 0 }

  public var topicCount: Int { ends.count }

  /// The partitions of a topic, given by its place in the order of names.
  public func partitions(ofTopic topic: Int) -> Range<Int> {
    (topic == 0 ? 0 : ends[topic - 1])..<ends[topic]
  }
}
