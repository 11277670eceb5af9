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
  /// A hook's time may be over; the number of the hook in its group.
  case hookDeadline(number: UInt32, hook: UInt16)
  /// Somebody outside answers a hook.
  case hookAnswered(number: UInt32, hook: UInt16)
  /// A refused launch is tried again.
  case retryLaunch(group: UInt16)
  /// The zones of a group are made even.
  case rebalance(group: UInt16)
  case spotNotice(number: UInt32)
  case spotTaken(number: UInt32)
  case scheduledAction(group: UInt16, action: UInt16)
  /// CloudWatch takes a sample of a group's instances.
  case observe(group: UInt16)
}
