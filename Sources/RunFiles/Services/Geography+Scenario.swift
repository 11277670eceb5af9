import AWSObjects
import NetworkModel
import Scenarios

extension Geography {
  /// The zones of a scenario's node groups, then those of its services.
  init(_ scenario: Scenario) {
    var zones: [Zone] = []
    func add(_ region: String, _ name: String) {
      let zone = Zone(region: region, name: name)
      if !zones.contains(zone) { zones.append(zone) }
    }
    for group in scenario.cloud.nodeGroups {
      for zone in group.zones { add(scenario.cloud.region.name, zone.name) }
    }
    for service in scenario.services {
      for zone in service.zones { add(service.region, zone) }
    }
    self.init(zones)
  }
}
