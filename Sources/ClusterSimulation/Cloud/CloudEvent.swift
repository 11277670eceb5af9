import AWSObjects
import EC2AutoScaling

/// What happens in EC2 and EC2 Auto Scaling after a while.
public enum CloudEvent: BitwiseCopyable, Sendable {
  /// A group compares actual with desired; with a look at its instances' health or without.
  case reconcile(group: UInt16, checkingHealth: Bool)
  case instanceRuns(number: UInt32)
  case instanceStopped(number: UInt32)
  case instanceTerminated(number: UInt32)
  /// The operating system is up and starts its kubelet.
  case booted(number: UInt32, readyAfterNanoseconds: Int64)
  case activityEnds(number: UInt32)
  /// The cloud's node controller looks whether the machines of silent nodes are still there.
  case checkNodes
}
