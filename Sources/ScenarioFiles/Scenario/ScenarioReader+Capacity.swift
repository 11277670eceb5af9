import AWSObjects
import Documents
import Scenarios
import TimeUnits

/// What EC2 gives, and how fast its APIs answer.
extension ScenarioReader {
  func readCapacity(_ cursor: DocumentCursor, into cloud: inout CloudSpec) {
    cloud.capacityShortages =
      cursor.field("capacityShortages")?.elements().compactMap(shortage) ?? []
    if let quotas = cursor.field("quotas"), quotas.expectMapping() {
      cloud.quotas = self.quotas(quotas)
    }
    if let limits = cursor.field("apiRateLimits"), limits.expectMapping() {
      cloud.apiRateLimits = APICategory.allCases.compactMap { category in
        limits.field(category.rawValue).flatMap { rateLimit(category, $0) }
      }
      limits.reportUnknownFields()
    }
    if let spot = cursor.field("spot"), spot.expectMapping() { cloud.spot = self.spot(spot) }
    cloud.spotPrices = cursor.field("spotPrices").flatMap(spotPrices)
  }

  private func zones(_ cursor: DocumentCursor) -> [AvailabilityZone] {
    cursor.field("zones")?.texts().map { AvailabilityZone($0.text) } ?? []
  }

  private func shortage(_ cursor: DocumentCursor) -> CapacityShortage? {
    guard cursor.expectMapping() else { return nil }
    var shortage = CapacityShortage(
      instanceType: cursor.field("instanceType")?.string(), zones: zones(cursor),
      purchaseOption: cursor.field("purchaseOption")?.word(PurchaseOption.self))
    if let from = cursor.field("from")?.time() { shortage.from = from }
    let until = cursor.field("until")
    if let time = until?.time() {
      if time <= shortage.from { until?.error("'until' is not after 'from'") }
      shortage.until = time
    }
    cursor.reportUnknownFields()
    return shortage
  }

  private func quotas(_ cursor: DocumentCursor) -> Quotas {
    var quotas = Quotas()
    func buckets(_ name: String) -> [QuotaBucket: Int] {
      guard let body = cursor.field(name), body.expectMapping() else { return [:] }
      var found: [QuotaBucket: Int] = [:]
      for bucket in QuotaBucket.allCases {
        if let limit = body.field(bucket.rawValue)?.count() { found[bucket] = limit }
      }
      body.reportUnknownFields()
      return found
    }
    quotas.onDemandVCPUs = buckets("onDemandVCPUs")
    quotas.spotVCPUs = buckets("spotVCPUs")
    if let instances = cursor.field("instances") {
      for (type, limit) in instances.entries() {
        if let limit = limit.count() { quotas.instances[type] = limit }
      }
    }
    cursor.reportUnknownFields()
    return quotas
  }

  private func rateLimit(_ category: APICategory, _ cursor: DocumentCursor) -> APIRateLimit? {
    guard cursor.expectMapping() else { return nil }
    let capacity = cursor.required("capacity")
    let size = capacity?.positive()
    let refill = cursor.required("refillPerSecond")?.nonNegative()
    cursor.reportUnknownFields()
    guard let size, let refill else { return nil }
    guard size >= 1 else {
      capacity?.error("a bucket holds at least 1 request, found \(size)")
      return nil
    }
    return APIRateLimit(category: category, capacity: size, refillPerSecond: refill)
  }

  private func spot(_ cursor: DocumentCursor) -> SpotSpec {
    var spot = SpotSpec()
    if let rate = cursor.field("interruptionsPerHour")?.nonNegative() {
      spot.interruptionsPerHour = rate
    }
    if let field = cursor.field("discount"), let discount = field.nonNegative() {
      if discount >= 1 { field.error("a discount is below 1, found \(discount)") }
      spot.discount = min(discount, 0.99)
    }
    spot.pools =
      cursor.field("pools")?.elements().compactMap { element in
        guard element.expectMapping() else { return nil }
        let type = element.required("instanceType")?.string()
        var pool = SpotSpec.Pool(instanceType: type ?? "")
        pool.zones = zones(element)
        pool.price = element.field("price")?.positive()
        if let depth = element.field("depth")?.nonNegative() { pool.depth = depth }
        element.reportUnknownFields()
        return type == nil ? nil : pool
      } ?? []
    cursor.reportUnknownFields()
    return spot
  }
}
