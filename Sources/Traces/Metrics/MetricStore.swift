public import KubernetesObjects
public import TimeUnits

/// A metric by name and labels, as OpenMetrics writes it.
public struct MetricName: Hashable, Sendable, Comparable, CustomStringConvertible {
  public var name: String
  public var labels: Labels

  public init(_ name: String, _ labels: Labels = [:]) {
    self.name = name
    self.labels = labels
  }

  /// `deployment="web",phase="Pending"`.
  public var labelText: String {
    labels.pairs.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
  }

  public var description: String { labels.isEmpty ? name : "\(name){\(labelText)}" }

  public static func < (a: MetricName, b: MetricName) -> Bool {
    (a.name, a.labelText) < (b.name, b.labelText)
  }
}

/// All gauges of a run, each with its steps.
public struct MetricStore: Sendable {
  private var places: [MetricName: Int] = [:]
  public private(set) var names: [MetricName] = []
  private var series: [GaugeSeries] = []

  public init() {}

  /// Where a metric's series stands; made if it is new. For folds that set it often.
  public mutating func place(of name: MetricName) -> Int {
    if let place = places[name] { return place }
    places[name] = names.count
    names.append(name)
    series.append(GaugeSeries())
    return names.count - 1
  }

  public mutating func set(_ value: Double, place: Int, at time: SimulationTime) {
    series[place].set(value, at: time)
  }

  public mutating func set(_ value: Double, _ name: MetricName, at time: SimulationTime) {
    set(value, place: place(of: name), at: time)
  }

  public subscript(name: MetricName) -> GaugeSeries? { places[name].map { series[$0] } }

  /// Every metric of this name whose labels include `labels`, in the order of their names.
  public func matching(_ name: String, _ labels: Labels = [:]) -> [(MetricName, GaugeSeries)] {
    names.indices.filter { names[$0].name == name && names[$0].labels.contains(labels) }
      .map { (names[$0], series[$0]) }
      .sorted { $0.0 < $1.0 }
  }

  /// Every metric, in the order of their names.
  public var all: [(MetricName, GaugeSeries)] {
    names.indices.map { (names[$0], series[$0]) }.sorted { $0.0 < $1.0 }
  }
}
