public import AWSObjects

extension Cloud {
  /// The group that launched an instance, also after it has left.
  public func launchGroup(of id: InstanceID) -> String {
    self[launchActivities[Int(id.number)]].group
  }
}
