extension SchedulerSnapshot {
  /// Whether any pod here keeps others away from its domain: if none does, and a pod has no such
  /// rule itself, where other pods stand says nothing about where it may.
  public var hasRequiredAntiAffinity: Bool {
    classes.classes.contains { $0.podCount > 0 && !$0.requiredAntiAffinity.isEmpty }
  }
}
