/// What can happen in a pipeline.
enum PipelineEvent: BitwiseCopyable, Sendable {
  /// A consumer thread goes on; the second number tells its earlier lives apart.
  case consumer(UInt32, life: UInt32)
  /// A detector thread's read reaches a replica.
  case request(thread: UInt32, life: UInt32)
  /// The rows reach the pod.
  case response(thread: UInt32, life: UInt32)
  /// The check is done.
  case done(thread: UInt32, life: UInt32)
  /// The client gives up a read.
  case timeout(thread: UInt32, life: UInt32)
  /// The group of consumers goes on by itself.
  case group(life: UInt32)
  /// The brokers go on by themselves.
  case brokers(life: UInt32)
  /// Clients notice that a Cassandra node does not answer.
  case nodeNoticed(UInt32, life: UInt32)
  /// Regions reach each other again.
  case linkRestored
}
