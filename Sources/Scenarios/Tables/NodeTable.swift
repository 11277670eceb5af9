/// A node as `kubectl get nodes` shows it.
public struct NodeTableRow: Sendable, Hashable {
  public var name: String
  public var isReady: Bool
  /// Whether it is cordoned.
  public var isUnschedulable: Bool
  /// Empty prints `<none>`.
  public var roles: [String]
  public var age: Duration
  /// The kubelet's, such as `v1.36.2`.
  public var version: String
  public var internalIP: String
  public var externalIP: String
  public var osImage: String
  public var kernelVersion: String
  public var containerRuntime: String

  public init(
    name: String, isReady: Bool, isUnschedulable: Bool = false, roles: [String] = [],
    age: Duration, version: String, internalIP: String = "", externalIP: String = "",
    osImage: String = "<unknown>", kernelVersion: String = "<unknown>",
    containerRuntime: String = "<unknown>"
  ) {
    self.name = name
    self.isReady = isReady
    self.isUnschedulable = isUnschedulable
    self.roles = roles
    self.age = age
    self.version = version
    self.internalIP = internalIP
    self.externalIP = externalIP
    self.osImage = osImage
    self.kernelVersion = kernelVersion
    self.containerRuntime = containerRuntime
  }

  /// `Ready`, `NotReady`, with `,SchedulingDisabled` when cordoned.
  public var status: String {
    (isReady ? "Ready" : "NotReady") + (isUnschedulable ? ",SchedulingDisabled" : "")
  }
}

extension TextTable {
  /// The columns of kubernetes `pkg/printers/internalversion/printers.go` 1.30.
  public static func nodes(_ rows: [NodeTableRow]) -> TextTable {
    TextTable(
      columns: [
        Column("Name"), Column("Status"), Column("Roles"), Column("Age"), Column("Version"),
        Column("Internal-IP", isWide: true), Column("External-IP", isWide: true),
        Column("OS-Image", isWide: true), Column("Kernel-Version", isWide: true),
        Column("Container-Runtime", isWide: true),
      ],
      rows: rows.map { row in
        [
          row.name, row.status, row.roles.joined(separator: ","), HumanAge.text(for: row.age),
          row.version, row.internalIP, row.externalIP, row.osImage, row.kernelVersion,
          row.containerRuntime,
        ]
      })
  }
}
