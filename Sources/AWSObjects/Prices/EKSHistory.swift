public import TimeUnits

/// Amazon EKS over time: its fee, its regions, its Kubernetes versions.
public struct EKSHistory: Sendable {
  /// What one control plane costs from a day on.
  public struct Fee: Sendable, Hashable {
    public var from: CalendarTime
    public var price: Price

    public init(from: CalendarTime, price: Price) {
      self.from = from
      self.price = price
    }
  }

  /// A thing that one could have from a day on, and perhaps until another.
  public struct Offer: Sendable, Hashable {
    public var name: String
    public var from: CalendarTime
    /// The first day without it; nil while it lasts.
    public var until: CalendarTime?
    public var provenance: Provenance

    public init(
      name: String, from: CalendarTime, until: CalendarTime? = nil, provenance: Provenance
    ) {
      self.name = name
      self.from = from
      self.until = until
      self.provenance = provenance
    }

    public func holds(at date: CalendarTime) -> Bool {
      from <= date && (until.map { date < $0 } ?? true)
    }
  }

  /// In the order of their days.
  public private(set) var fees: [Fee]
  public var regions: [Offer]
  public var versions: [Offer]
  /// Fees of versions in extended support, in the order of their days.
  public private(set) var extendedFees: [Fee]
  /// Versions with the day on which their standard support ended.
  public var standardSupport: [SupportEnd]

  /// The first day of a version without standard support.
  public struct SupportEnd: Sendable, Hashable {
    public var version: String
    public var until: CalendarTime
    public var provenance: Provenance

    public init(version: String, until: CalendarTime, provenance: Provenance) {
      self.version = version
      self.until = until
      self.provenance = provenance
    }
  }

  public init(
    fees: [Fee], regions: [Offer], versions: [Offer], extendedFees: [Fee] = [],
    standardSupport: [SupportEnd] = []
  ) {
    self.fees = fees.sorted { $0.from < $1.from }
    self.regions = regions
    self.versions = versions
    self.extendedFees = extendedFees.sorted { $0.from < $1.from }
    self.standardSupport = standardSupport
  }
}

extension EKSHistory {
  /// The control plane's fee at `date`, the same in every region.
  public func fee(at date: CalendarTime) throws(MissingPrice) -> Price {
    if let fee = fees.last(where: { $0.from <= date }) { return fee.price }
    throw MissingPrice(item: "an EKS control plane", region: Region("any region"), date: date)
  }

  /// Whether a version is in extended support at `date` and that costs more already; false for a
  /// version that the history does not know.
  public func isExtended(_ version: String?, at date: CalendarTime) -> Bool {
    guard let end = standardSupport.first(where: { $0.version == version })?.until else {
      return false
    }
    return end <= date && extendedFees.contains { $0.from <= date }
  }

  /// The control plane's fee at `date` for a version; nil is one in standard support.
  public func fee(
    of version: String?, at date: CalendarTime
  ) throws(MissingPrice) -> Price {
    if isExtended(version, at: date), let fee = extendedFees.last(where: { $0.from <= date }) {
      return fee.price
    }
    return try fee(at: date)
  }

  /// The next day on which the fee of a version may be another; nil if it stays.
  public func nextFeeChange(of version: String?, after date: CalendarTime) -> CalendarTime? {
    let end = standardSupport.first { $0.version == version }?.until
    // Without an end of standard support the extended fees mean nothing.
    let days = fees.map(\.from) + (end.map { [$0] + extendedFees.map(\.from) } ?? [])
    return days.filter { $0 > date }.min()
  }

  /// The regions in which a cluster could be made at `date`, in the order of the file.
  public func regions(at date: CalendarTime) -> [Region] {
    regions.filter { $0.holds(at: date) }.map { Region($0.name) }
  }

  /// When EKS came to a region; nil if the history does not know the region.
  public func start(of region: Region) -> CalendarTime? {
    regions.first { $0.name == region.name }?.from
  }

  /// The Kubernetes versions a new cluster could have at `date`, in the order of the file.
  public func versions(at date: CalendarTime) -> [String] {
    versions.filter { $0.holds(at: date) }.map(\.name)
  }
}
