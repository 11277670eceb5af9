import ClusterState

/// Everything that can happen in a simulated cluster, by the part of the world it belongs to.
public enum ClusterEvent: BitwiseCopyable, Sendable {
  /// A person's command, by its place on the timeline.
  case command(UInt32)
  /// The garbage collector comes to a pod whose owner is gone.
  case collect(pod: UInt32)
  /// What was written reaches a watcher.
  case deliver(Watcher)
  case controller(ControllerEvent)
  case kubelet(KubeletEvent)
  case cloud(CloudEvent)
  case scheduler(SchedulerEvent)
  case autoscaler(AutoscalerProcessEvent)
  case request(RequestEvent)
  case arrival(ArrivalEvent)
  case pipeline(PipelineRunEvent)
  /// A look at every machine and workload.
  case sample
}

/// Who follows the API server by a watch.
public enum Watcher: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  case controllerManager, scheduler, kubelets
}

/// What happens inside kube-controller-manager.
public enum ControllerEvent: BitwiseCopyable, Sendable {
  /// A free worker takes the next key.
  case work(ControllerName)
  /// A key comes back after its delay.
  case enqueue(ControllerName, key: UInt32)
  /// A request takes effect at the API server.
  case request(slot: UInt32, index: UInt32)
  /// A look of the controller's own accord.
  case tick(ControllerName)
}
