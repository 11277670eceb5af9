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

  public init(fees: [Fee], regions: [Offer], versions: [Offer]) {
    self.fees = fees.sorted { $0.from < $1.from }
    self.regions = regions
    self.versions = versions
  }
}

extension EKSHistory {
  /// The control plane's fee at `date`, the same in every region.
  public func fee(at date: CalendarTime) throws(MissingPrice) -> Price {
    if let fee = fees.last(where: { $0.from <= date }) { return fee.price }
    throw MissingPrice(item: "an EKS control plane", region: Region("any region"), date: date)
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
