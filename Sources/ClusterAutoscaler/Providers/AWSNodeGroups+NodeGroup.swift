extension AWSNodeGroups {
  /// The groups as the autoscaler looks at them, in order of first sight.
  public var nodeGroups: [NodeGroup] { groups.map(\.nodeGroup) }
}

extension AWSNodeGroups.Group {
  /// The group as the autoscaler looks at it.
  public var nodeGroup: NodeGroup {
    NodeGroup(
      id: description.name, minSize: description.minSize, maxSize: description.maxSize,
      targetSize: size, template: AWSNodeTemplate.make(description),
      instances: instances.map(cloudInstance), options: AWSNodeTemplate.options(description.tags))
  }

  private func cloudInstance(_ instance: AWSGroupInstance) -> CloudInstance {
    guard isUnfulfillable, AWSNodeGroups.isPlaceholder(instance.id) else {
      return CloudInstance(providerID: instance.providerID)
    }
    return CloudInstance(
      providerID: instance.providerID, state: .creating,
      creationError: CreationError(
        .outOfResources, code: AWSNodeGroups.unfulfillableCode,
        message: "AWS cannot provision any more instances for this node group"))
  }
}
