/// What happens to the autoscaler's process.
public enum AutoscalerProcessEvent: BitwiseCopyable, Sendable {
  /// A loop begins its work; `life` tells processes of one pod after another apart.
  case loop(life: UInt32)
  /// A loop's work is done where no machine is modeled that could slow it down.
  case worked(life: UInt32)
  /// A removal goes on.
  case deletion(UInt32)
}
