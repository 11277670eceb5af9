/// One flag of cluster-autoscaler, by its real name.
struct Flag: Sendable {
  typealias Path<Value> = WritableKeyPath<AutoscalerOptions, Value> & Sendable

  /// What it sets, and from which kind of text.
  enum Effect: Sendable {
    case bool(any Path<Bool>)
    case duration(any Path<Duration>)
    case int(any Path<Int>)
    case int32(any Path<Int32>)
    case int64(any Path<Int64>)
    case double(any Path<Double>)
    case string(any Path<String>)
    /// May be given several times.
    case strings(any Path<[String]>)
    case range(any Path<ClosedRange<Int64>>)
    case expander
    case nodes
    case discovery
    /// Bears on nothing that is simulated.
    case irrelevant(Shape)
    /// Would change what the real program does; a value other than the default is told of.
    case unmodeled(Shape, default: String)
  }

  /// The text that a flag without effect here takes.
  enum Shape: Sendable { case bool, duration, int, double, string }

  /// The releases that have it.
  enum Era: Sendable {
    case both, only113, since113

    func contains(_ release: AutoscalerRelease) -> Bool {
      switch self {
      case .both: true
      case .only113: release == .v1_13
      case .since113: release == .v1_36
      }
    }
  }

  var name: String
  var effect: Effect
  var era: Era

  init(_ name: String, _ effect: Effect, _ era: Era = .both) {
    self.name = name
    self.effect = effect
    self.era = era
  }

  /// Whether the name alone says yes, so that the next argument is not its value.
  var isBoolean: Bool {
    switch effect {
    case .bool, .irrelevant(.bool), .unmodeled(.bool, _): true
    default: false
    }
  }
}
