import AWSObjects
import EC2AutoScaling
import Scenarios

extension ClusterModel {
  /// What EC2 gives in this run: shortages, quotas, prices of pools, and the gate of its APIs.
  static func limit(_ cloud: inout Cloud, _ setup: ClusterSetup) {
    let spec = setup.scenario.cloud
    cloud.limits.shortages = spec.capacityShortages
    cloud.limits.quotas = spec.quotas
    cloud.api = CloudAPI(limits: spec.apiRateLimits)
    for group in spec.nodeGroups {
      for type in group.instanceTypes {
        cloud.limits.vCPUs[type] = setup.aws.instanceTypes[type].map { Int($0.vcpus) }
        // The strategies need prices; what has none counts as the dearest.
        guard group.autoScaling.mixedInstances != nil,
          let price = try? setup.aws.prices.price(
            of: type, in: spec.region, at: setup.scenario.date)
        else { continue }
        cloud.market.onDemandUSDPerHour[type] = price.usdPerHour
        for zone in group.zones {
          let known = try? spec.spotPrices?.price(of: type, in: zone, at: setup.scenario.date)
          offer(type, zone, known?.usdPerHour, price.usdPerHour, spec.spot, &cloud)
        }
      }
    }
  }

  private static func offer(
    _ type: String, _ zone: AvailabilityZone, _ known: Double?, _ onDemand: Double,
    _ spot: SpotSpec, _ cloud: inout Cloud
  ) {
    let own = spot.pools.first {
      $0.instanceType == type && ($0.zones.isEmpty || $0.zones.contains(zone))
    }
    let pool = CapacityPool(instanceType: type, zone: zone, purchaseOption: .spot)
    cloud.market.spot[pool] = MarketConditions.SpotPool(
      usdPerHour: own?.price ?? known ?? onDemand * (1 - spot.discount), depth: own?.depth ?? 1)
  }
}
