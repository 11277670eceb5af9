public import Documents

extension EKSHistory {
  /// Reads `models/aws/eks.yaml`; bad entries are reported and left out.
  public init(document: DocumentNode, file: String, sink: DiagnosticSink) {
    self.init(fees: [], regions: [], versions: [])
    let root = DocumentCursor(document, file: file, sink: sink)
    guard root.expectMapping() else { return }
    root.ignore("apiVersion", "kind")
    let fees = root.required("fees")?.elements().compactMap(Self.fee) ?? []
    let regions = root.required("regions")?.elements().compactMap(Self.offer) ?? []
    let versions = root.required("versions")?.elements().compactMap(Self.offer) ?? []
    let extended = root.field("extendedFees")?.elements().compactMap(Self.fee) ?? []
    let ends = root.field("standardSupport")?.elements().compactMap(Self.supportEnd) ?? []
    root.reportUnknownFields()
    self.init(
      fees: fees, regions: regions, versions: versions, extendedFees: extended,
      standardSupport: ends)
  }

  private static func fee(_ cursor: DocumentCursor) -> Fee? {
    guard cursor.expectMapping() else { return nil }
    let from = cursor.required("from")?.date()
    let usd = cursor.required("usdPerHour")?.double()
    let provenance = cursor.provenance()
    cursor.reportUnknownFields()
    guard let from, let usd, let provenance else { return nil }
    return Fee(from: from, price: Price(usdPerHour: usd, provenance: provenance))
  }

  private static func supportEnd(_ cursor: DocumentCursor) -> SupportEnd? {
    guard cursor.expectMapping() else { return nil }
    let name = cursor.required("name")?.string()
    let until = cursor.required("until")?.date()
    let provenance = cursor.provenance()
    cursor.reportUnknownFields()
    guard let name, let until, let provenance else { return nil }
    return SupportEnd(version: name, until: until, provenance: provenance)
  }

  private static func offer(_ cursor: DocumentCursor) -> Offer? {
    guard cursor.expectMapping() else { return nil }
    let name = cursor.required("name")?.string()
    let from = cursor.required("from")?.date()
    let until = cursor.field("until")?.date()
    let provenance = cursor.provenance()
    cursor.reportUnknownFields()
    guard let name, let from, let provenance else { return nil }
    return Offer(name: name, from: from, until: until, provenance: provenance)
  }
}
