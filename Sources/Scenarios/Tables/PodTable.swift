/// A pod as `kubectl get pods` shows it.
public struct PodTableRow: Sendable, Hashable {
  public var namespace: String
  public var name: String
  public var readyContainers: Int
  public var containers: Int
  /// `Running`, `Pending`, `CrashLoopBackOff`, `Terminating`, …
  public var status: String
  public var restarts: Int
  /// How long ago the last restart was; nil if there was none, or if the release does not say.
  public var sinceLastRestart: Duration?
  public var age: Duration
  /// Empty until the pod has one.
  public var ip: String
  /// Empty until the pod is bound.
  public var node: String
  public var nominatedNode: String

  public init(
    namespace: String, name: String, readyContainers: Int, containers: Int, status: String,
    restarts: Int = 0, sinceLastRestart: Duration? = nil, age: Duration, ip: String = "",
    node: String = "", nominatedNode: String = ""
  ) {
    self.namespace = namespace
    self.name = name
    self.readyContainers = readyContainers
    self.containers = containers
    self.status = status
    self.restarts = restarts
    self.sinceLastRestart = sinceLastRestart
    self.age = age
    self.ip = ip
    self.node = node
    self.nominatedNode = nominatedNode
  }
}

extension TextTable {
  /// The columns of kubernetes `pkg/printers/internalversion/printers.go` 1.30.
  public static func pods(_ rows: [PodTableRow]) -> TextTable {
    TextTable(
      columns: [
        Column("Name"), Column("Ready"), Column("Status"), Column("Restarts"), Column("Age"),
        Column("IP", isWide: true), Column("Node", isWide: true),
        Column("Nominated Node", isWide: true), Column("Readiness Gates", isWide: true),
      ],
      rows: rows.map { row in
        let restarted = row.sinceLastRestart.map { " (\(HumanAge.text(for: $0)) ago)" } ?? ""
        return [
          row.name, "\(row.readyContainers)/\(row.containers)", row.status,
          "\(row.restarts)" + (row.restarts > 0 ? restarted : ""), HumanAge.text(for: row.age),
          row.ip, row.node, row.nominatedNode, "",
        ]
      })
  }
}
