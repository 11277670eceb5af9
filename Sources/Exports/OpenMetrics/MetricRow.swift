public import TimeUnits

/// One series for an OpenMetrics file: a name, its labels, and values over time.
public struct MetricRow: Hashable, Sendable {
  /// OpenMetrics's types, as far as the model has them.
  public enum Kind: String, Hashable, Sendable {
    case counter
    case gauge
    case unknown
  }

  /// A name and a value that tell a series from others of its name.
  public struct Label: Hashable, Sendable {
    public var name: String
    public var value: String

    /// A label of any value; the name is checked when it is written.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A value at an instant; a counter has neither NaN nor what is below 0.
  public struct Point: Hashable, Sendable {
    public var time: SimulationTime
    public var value: Double

    /// A value at an instant.
    public init(_ time: SimulationTime, _ value: Double) {
      self.time = time
      self.value = value
    }
  }

  /// The name as a query spells it: a counter's ends in `_total`.
  public var name: String
  /// Of every row of the name.
  public var kind: Kind
  /// The last word of the name when that is its unit in every row, as `seconds`. Default nil.
  public var unit: String?
  /// One sentence.
  public var help: String
  /// In the order in which they are written; default none.
  public var labels: [Label]
  /// By time; times may not repeat.
  public var points: [Point]

  /// A row, without labels and points unless given.
  public init(
    _ name: String, _ kind: Kind, unit: String? = nil, help: String, labels: [Label] = [],
    points: [Point] = []
  ) {
    self.name = name
    self.kind = kind
    self.unit = unit
    self.help = help
    self.labels = labels
    self.points = points
  }

  /// The name of its family: a counter's without `_total`.
  var family: String {
    kind == .counter && name.hasSuffix("_total") ? String(name.dropLast(6)) : name
  }
}

extension MetricRow {
  /// How far a consumer group is behind, in messages, by the names of kafka_exporter 1.x:
  /// `kafka_consumergroup_lag` of a partition, or `kafka_consumergroup_lag_sum` of a topic when
  /// `partition` is nil.
  public static func consumerGroupLag(
    group: String, topic: String, partition: Int?, points: [Point]
  ) -> MetricRow {
    var labels = [Label("consumergroup", group), Label("topic", topic)]
    guard let partition else {
      return MetricRow(
        "kafka_consumergroup_lag_sum", .gauge, help: "Messages a group is behind in a topic.",
        labels: labels, points: points)
    }
    labels.append(Label("partition", String(partition)))
    return MetricRow(
      "kafka_consumergroup_lag", .gauge, help: "Messages a group is behind in a partition.",
      labels: labels, points: points)
  }

  /// A figure of the model that no real exporter has: `seatrial_` and the name.
  public static func seatrial(
    _ name: String, _ kind: Kind = .gauge, unit: String? = nil, help: String,
    labels: [Label] = [], points: [Point]
  ) -> MetricRow {
    MetricRow("seatrial_" + name, kind, unit: unit, help: help, labels: labels, points: points)
  }
}
