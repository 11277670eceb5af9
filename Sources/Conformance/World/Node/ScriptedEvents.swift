import Documents
import KubernetesObjects

/// What people do in a recording: `events` of the case.
enum ScriptedEvents {
  static func perform(_ event: DocumentNode, number: Int, in world: World) {
    let value = event["value"]
    for entry in event.entries ?? [] where entry.key != "at" && entry.key != "value" {
      perform(entry.key, entry.value, value, event, world)
    }
  }

  private static func perform(
    _ action: String, _ argument: DocumentNode, _ value: DocumentNode?, _ event: DocumentNode,
    _ world: World
  ) {
    switch action {
    case "create": world.create(argument)
    case "patch":
      world.patch(
        kind: argument["kind"]?.scalarText ?? "", name: argument["name"]?.scalarText ?? "",
        argument["patch"] ?? DocumentNode(.mapping([])))
    case "delete":
      world.delete(
        kind: argument["Kind"]?.scalarText ?? "", name: argument["Name"]?.scalarText ?? "")
    case "rollback": world.rollBack(argument["Name"]?.scalarText ?? "")
    case "addNode":
      ScriptedNode.expand(argument).forEach { world.kubelets.add($0, isInitial: false) }
    default:
      if let names = argument.elements {
        for name in names.compactMap(\.scalarText) { performOnNode(action, name, value, world) }
      } else {
        let force = event["force"]?.boolValue ?? false
        let wantsTerminating = action == "finishTermination"
        for name in select(argument, terminating: wantsTerminating, world) {
          performOnPod(action, name, value, force: force, world)
        }
      }
    }
  }

  private static func performOnNode(
    _ action: String, _ name: String, _ value: DocumentNode?, _ world: World
  ) {
    switch action {
    case "stopNodes": world.kubelets.stop(name)
    case "startNodes": world.kubelets.resume(name)
    case "nodeReady": world.kubelets.post(name, ready: value?.boolValue ?? true)
    case "deleteNodes": world.deleteNode(name)
    case "cordon": world.changeNode(name) { $0.unschedulable = true }
    case "uncordon": world.changeNode(name) { $0.unschedulable = false }
    case "taintNodes":
      if let value { world.changeNode(name) { $0.taints.append(ObjectReader.taint(value)) } }
    case "untaintNodes":
      let parts = (value?.scalarText ?? "").split(separator: ":").map(String.init)
      world.changeNode(name) { node in
        node.taints.removeAll {
          $0.key == parts.first && (parts.count < 2 || $0.effect.rawValue == parts[1])
        }
      }
    case "labelNodes":
      world.changeNode(name) { node in
        for entry in value?.entries ?? [] {
          node.metadata.labels[entry.key] = entry.value.scalarText
        }
      }
    default: break
    }
  }

  private static func performOnPod(
    _ action: String, _ name: String, _ value: DocumentNode?, force: Bool, _ world: World
  ) {
    switch action {
    case "evictPods": world.evict(name)
    case "deletePods": world.deletePod(name, graceSeconds: force ? 0 : nil)
    case "failPods":
      world.changePod(name) {
        $0.pod.status.phase = .failed
        $0.pod.status.set(.ready, .false, reason: "PodFailed", at: world.apiTime)
      }
    case "setReady":
      if world.pods[name]?.pod.status.phase == .running {
        world.setReady(name, value?.boolValue ?? true)
      }
    case "setRestarts":
      world.changePod(name) { pod in
        guard !pod.pod.status.containers.isEmpty else { return }
        pod.pod.status.containers[0].restartCount = Int32(value?.intValue ?? 0)
      }
    case "annotatePods":
      world.changePod(name) { pod in
        for entry in value?.entries ?? [] {
          pod.pod.metadata.annotations[entry.key] = entry.value.scalarText
        }
      }
    case "finishTermination":
      if let pod = world.pods[name], pod.isTerminating { world.kubelets.finishTermination(pod) }
    default: break
    }
  }

  /// Live pods in the order of their creation that match, cut to the slice that is asked for.
  /// Terminations can only be finished of pods that are being deleted.
  static func select(
    _ selector: DocumentNode, terminating: Bool, _ world: World
  ) -> [String] {
    let labels = ObjectReader.labels(selector["labels"])
    let name = selector["name"]?.scalarText
    let node = selector["node"]?.scalarText
    let matching = world.pods.all.filter { pod in
      pod.pod.metadata.labels.contains(labels) && (name == nil || pod.name == name)
        && (node == nil || pod.pod.nodeName == node)
    }
    let live = matching.filter { $0.isTerminating == terminating }
    guard let index = selector["index"]?.intValue else {
      let count = selector["count"]?.intValue.map { Int($0) } ?? live.count
      return live.prefix(count).map(\.name)
    }
    let count = Int(selector["count"]?.intValue ?? 1)
    return live.dropFirst(Int(index)).prefix(count).map(\.name)
  }
}
