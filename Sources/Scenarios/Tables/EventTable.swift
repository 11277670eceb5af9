/// An Event as `kubectl get events` shows it.
public struct EventTableRow: Sendable, Hashable {
  public var namespace: String
  public var name: String
  public var sinceLastSeen: Duration
  public var sinceFirstSeen: Duration
  public var count: Int
  /// `Normal` or `Warning`.
  public var type: String
  public var reason: String
  /// Such as `pod/web-1`.
  public var object: String
  public var source: String
  public var message: String

  public init(
    namespace: String, name: String = "", sinceLastSeen: Duration, sinceFirstSeen: Duration,
    count: Int = 1, type: String, reason: String, object: String, source: String = "",
    message: String
  ) {
    self.namespace = namespace
    self.name = name
    self.sinceLastSeen = sinceLastSeen
    self.sinceFirstSeen = sinceFirstSeen
    self.count = count
    self.type = type
    self.reason = reason
    self.object = object
    self.source = source
    self.message = message
  }
}

extension TextTable {
  /// The columns of kubernetes `pkg/printers/internalversion/printers.go` 1.30.
  public static func events(_ rows: [EventTableRow]) -> TextTable {
    TextTable(
      columns: [
        Column("Last Seen"), Column("Type"), Column("Reason"), Column("Object"),
        Column("Subobject", isWide: true), Column("Source", isWide: true), Column("Message"),
        Column("First Seen", isWide: true), Column("Count", isWide: true),
        Column("Name", isWide: true),
      ],
      rows: rows.map { row in
        [
          HumanAge.text(for: row.sinceLastSeen), row.type, row.reason, row.object, "", row.source,
          row.message, HumanAge.text(for: row.sinceFirstSeen), "\(row.count)", row.name,
        ]
      })
  }
}
