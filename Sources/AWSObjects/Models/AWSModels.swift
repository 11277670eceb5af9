public import Documents
import TimeUnits

/// Everything the files under `models/aws/` say, as values. Reads texts and documents, no files.
public struct AWSModels: Sendable {
  public var instanceTypes: InstanceTypeCatalog
  public var prices: PriceList
  public var eks: EKSHistory
  public var launchLatency: LaunchLatency
  public var volumePrices: VolumePriceList
  public var transferPrices: TransferPriceList

  public init(
    instanceTypes: InstanceTypeCatalog, prices: PriceList, eks: EKSHistory,
    launchLatency: LaunchLatency, volumePrices: VolumePriceList = VolumePriceList(),
    transferPrices: TransferPriceList = TransferPriceList()
  ) {
    self.instanceTypes = instanceTypes
    self.prices = prices
    self.eks = eks
    self.launchLatency = launchLatency
    self.volumePrices = volumePrices
    self.transferPrices = transferPrices
  }
}

extension AWSModels {
  /// A table or a document, and the file it was read from.
  public struct Source<Content> {
    public var file: String
    public var content: Content

    public init(file: String, content: Content) {
      self.file = file
      self.content = content
    }
  }

  /// Reads all of `models/aws/`; nil after reporting if the latencies cannot be used. Other bad
  /// entries are reported and left out.
  public init?(
    instanceTypes: Source<String>, prices: [Source<String>], eks: Source<DocumentNode>,
    launchLatency: Source<DocumentNode>, sink: DiagnosticSink
  ) {
    var list = PriceList()
    for table in prices { list.add(table: table.content, file: table.file, sink: sink) }
    let types = InstanceTypeCatalog(
      table: instanceTypes.content, file: instanceTypes.file, sink: sink)
    let history = EKSHistory(document: eks.content, file: eks.file, sink: sink)
    guard
      let latency = LaunchLatency(
        document: launchLatency.content, file: launchLatency.file, sink: sink)
    else { return nil }
    self.init(instanceTypes: types, prices: list, eks: history, launchLatency: latency)
  }
}

extension PriceList {
  /// Adds the rows of a price table (`models/aws/prices/*.csv`); a bad row is reported and left
  /// out.
  public mutating func add(table text: String, file: String, sink: DiagnosticSink) {
    let table = DelimitedTable(
      text, file: file,
      required: [
        "region", "instance_type", "usd_per_hour", "first_seen", "last_seen", "source", "mark",
      ], sink: sink)
    for row in table.rows {
      guard let region = row.required("region"), let type = row.required("instance_type"),
        let seen = row.sighting("usd_per_hour")
      else { continue }
      add(
        Observation(
          usdPerHour: seen.usd, firstSeen: seen.first, lastSeen: seen.last,
          provenance: seen.provenance),
        for: type, in: Region(region))
    }
  }
}

extension DelimitedTable.Row {
  /// A day or a second in RFC 3339; its absence is reported too.
  func date(_ column: String) -> CalendarTime? {
    guard let text = required(column) else { return nil }
    if let date = CalendarTime(rfc3339: text) { return date }
    refuse(column, "expected a date such as 2018-10-15, found \"\(text)\"")
    return nil
  }
}

extension DocumentCursor {
  /// A day or a second in RFC 3339.
  func date() -> CalendarTime? {
    guard let text = string() else { return nil }
    if let date = CalendarTime(rfc3339: text) { return date }
    error("expected a date such as 2018-10-15, found \"\(text)\"")
    return nil
  }

  /// `mark` and `source` of this mapping; the absence of either is reported.
  func provenance() -> Provenance? {
    let mark = required("mark")?.word(Mark.self)
    let source = required("source")?.string()
    guard let mark, let source else { return nil }
    return Provenance(mark, source)
  }
}
