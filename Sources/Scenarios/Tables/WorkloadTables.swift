/// A deployment as `kubectl get deployments` shows it.
public struct DeploymentTableRow: Sendable, Hashable {
  public var namespace: String
  public var name: String
  public var ready: Int64
  public var desired: Int64
  /// Pods of the newest template.
  public var upToDate: Int64
  public var available: Int64
  public var age: Duration
  public var containers: [String]
  public var images: [String]
  /// As labels are written: `app=web`.
  public var selector: String

  public init(
    namespace: String, name: String, ready: Int64, desired: Int64, upToDate: Int64,
    available: Int64, age: Duration, containers: [String] = [], images: [String] = [],
    selector: String = ""
  ) {
    self.namespace = namespace
    self.name = name
    self.ready = ready
    self.desired = desired
    self.upToDate = upToDate
    self.available = available
    self.age = age
    self.containers = containers
    self.images = images
    self.selector = selector
  }
}

/// A replica set as `kubectl get replicasets` shows it.
public struct ReplicaSetTableRow: Sendable, Hashable {
  public var namespace: String
  public var name: String
  public var desired: Int64
  public var current: Int64
  public var ready: Int64
  public var age: Duration
  public var containers: [String]
  public var images: [String]
  public var selector: String

  public init(
    namespace: String, name: String, desired: Int64, current: Int64, ready: Int64, age: Duration,
    containers: [String] = [], images: [String] = [], selector: String = ""
  ) {
    self.namespace = namespace
    self.name = name
    self.desired = desired
    self.current = current
    self.ready = ready
    self.age = age
    self.containers = containers
    self.images = images
    self.selector = selector
  }
}

/// A daemon set as `kubectl get daemonsets` shows it.
public struct DaemonSetTableRow: Sendable, Hashable {
  public var namespace: String
  public var name: String
  public var desired: Int64
  public var current: Int64
  public var ready: Int64
  public var upToDate: Int64
  public var available: Int64
  /// As labels are written; empty prints `<none>`.
  public var nodeSelector: String
  public var age: Duration

  public init(
    namespace: String, name: String, desired: Int64, current: Int64, ready: Int64,
    upToDate: Int64, available: Int64, nodeSelector: String = "", age: Duration
  ) {
    self.namespace = namespace
    self.name = name
    self.desired = desired
    self.current = current
    self.ready = ready
    self.upToDate = upToDate
    self.available = available
    self.nodeSelector = nodeSelector
    self.age = age
  }
}

// The columns of kubernetes `pkg/printers/internalversion/printers.go` 1.30.
extension TextTable {
  private static let podColumns = [
    Column("Containers", isWide: true), Column("Images", isWide: true),
    Column("Selector", isWide: true),
  ]

  public static func deployments(_ rows: [DeploymentTableRow]) -> TextTable {
    TextTable(
      columns: [
        Column("Name"), Column("Ready"), Column("Up-to-date"), Column("Available"), Column("Age"),
      ] + podColumns,
      rows: rows.map { row in
        [
          row.name, "\(row.ready)/\(row.desired)", "\(row.upToDate)", "\(row.available)",
          HumanAge.text(for: row.age), row.containers.joined(separator: ","),
          row.images.joined(separator: ","), row.selector,
        ]
      })
  }

  public static func replicaSets(_ rows: [ReplicaSetTableRow]) -> TextTable {
    TextTable(
      columns: [
        Column("Name"), Column("Desired"), Column("Current"), Column("Ready"), Column("Age"),
      ] + podColumns,
      rows: rows.map { row in
        [
          row.name, "\(row.desired)", "\(row.current)", "\(row.ready)",
          HumanAge.text(for: row.age), row.containers.joined(separator: ","),
          row.images.joined(separator: ","), row.selector,
        ]
      })
  }

  public static func daemonSets(_ rows: [DaemonSetTableRow]) -> TextTable {
    TextTable(
      columns: [
        Column("Name"), Column("Desired"), Column("Current"), Column("Ready"),
        Column("Up-to-date"), Column("Available"), Column("Node Selector"), Column("Age"),
      ],
      rows: rows.map { row in
        [
          row.name, "\(row.desired)", "\(row.current)", "\(row.ready)", "\(row.upToDate)",
          "\(row.available)", row.nodeSelector, HumanAge.text(for: row.age),
        ]
      })
  }
}
