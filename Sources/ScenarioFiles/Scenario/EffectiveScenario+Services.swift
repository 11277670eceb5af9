import AWSObjects
import NetworkModel
import Scenarios
import TimeUnits

// What the pods talk to and how far away it is, value by value; nothing where there are no
// services.
extension EffectiveScenario {
  mutating func addPipeline(_ scenario: Scenario, _ models: Models) {
    guard !scenario.services.isEmpty else { return }
    for (index, service) in scenario.services.enumerated() {
      add(service, at: "spec.services[\(index)]")
    }
    addRoles(scenario, models)
    for (index, fault) in scenario.faults.enumerated() {
      let at = DurationText.text(for: .nanoseconds(fault.at.nanoseconds))
      add(
        "spec.faults[\(index)]",
        "\(fault.target), from \(at) for \(DurationText.text(for: fault.lasts))")
    }
    let watched = scenario.observability
    add(
      "spec.observability.traceEvery", "\(watched.traceEvery)",
      ifAbsent: Provenance(.assumed, "a figure of this program"))
    add(
      "spec.observability.scrapeInterval", DurationText.text(for: watched.scrapeInterval),
      ifAbsent: Provenance(
        .published, "Prometheus operator 0.28's default; opensource.com 10/2019, P. Brebner"))
    addDistances(scenario, models)
  }

  private mutating func add(_ service: ServiceSpec, at path: String) {
    add("\(path).kind", service.kind.name)
    add("\(path).name", service.name)
    add("\(path).region", service.region, ifAbsent: "the cloud's region")
    add(
      "\(path).zones", service.zones.joined(separator: ", "),
      ifAbsent: "three zones of the region")
    add("\(path).nodes", "\(service.nodes)")
    add("\(path).instanceType", service.instanceType)
    for figure in service.kind.figures {
      add("\(path).\(figure.field)", figure.value, ifAbsent: figure.provenance)
    }
    guard case .kafka(let kafka) = service.kind, !kafka.load.isEmpty else { return }
    add("\(path).load", kafka.load.map(\.text).joined(separator: "; "))
  }

  private mutating func addRoles(_ scenario: Scenario, _ models: Models) {
    for behavior in scenario.behaviors {
      guard let role = behavior.role else { continue }
      let path = "spec.\(behaviorField).\(behavior.name).pipeline"
      let key = modelKey(of: behavior.name)
      let model = key.flatMap { models.workloads[$0] }
      let file = "models/workloads/\(key?.split(separator: "/").first ?? "").yaml"
      if origin(of: "\(path).role") == nil, let model {
        addModel("\(path).role", role.name, file, model.provenance)
      } else {
        add("\(path).role", role.name)
      }
      let usual = role.usual.figures
      for (figure, usual) in zip(role.figures, usual) {
        let place = "\(path).\(figure.field)"
        // What is neither the scenario's nor the usual figure is the model's.
        if origin(of: place) == nil, figure.value != usual.value, let model {
          addModel(place, figure.value, file, model.provenance)
        } else {
          add(place, figure.value, ifAbsent: figure.provenance)
        }
      }
    }
  }

  private mutating func addDistances(_ scenario: Scenario, _ models: Models) {
    let network = models.network
    for (name, figures) in [("same zone", network.sameZone), ("other zone", network.otherZone)] {
      addModel(
        "round trip, \(name)", figures.value.text, "models/aws/network.yaml", figures.provenance)
    }
    let cluster = scenario.cloud.region.name
    var seen = [cluster]
    for service in scenario.services where !seen.contains(service.region) {
      seen.append(service.region)
      guard let figures = try? network.regions.roundTrip(from: cluster, to: service.region)
      else { continue }
      addModel(
        "round trip, \(cluster) to \(service.region)", figures.text,
        "models/aws/region-rtt-ms.csv", network.regionsProvenance)
    }
  }

  /// The machines of services; those of the cluster's own groups have been listed.
  mutating func addServiceMachines(_ scenario: Scenario, _ models: Models) {
    var types = scenario.cloud.nodeGroups.map(\.instanceType)
    var priced = types.map { "\($0) \(scenario.cloud.region)" }
    let rule = NodeAllocatable(era: scenario.era.nodes)
    for service in scenario.services {
      let type = service.instanceType
      if !types.contains(type),
        let shape = try? models.aws.instanceTypes.shape(of: type, rule: rule)
      {
        types.append(type)
        // The others are a kubelet's; there is none.
        for figure in shape.figures where ["vcpus", "memory"].contains(figure.name) {
          addModel(
            "\(type) \(figure.name)", figure.value, "models/aws/instance-types.csv",
            figure.provenance)
        }
      }
      let region = Region(service.region)
      guard !priced.contains("\(type) \(region)") else { continue }
      priced.append("\(type) \(region)")
      if let price = try? models.aws.prices.price(of: type, in: region, at: scenario.date) {
        addModel(
          "\(type) price in \(region)", "\(price.usdPerHour) USD/h", "models/aws/prices",
          price.provenance)
      }
    }
  }
}

extension KafkaSpec.RateStep {
  /// `5000 messages/s from 0s`.
  fileprivate var text: String {
    "\(EffectiveScenario.short(perSecond)) messages/s from "
      + DurationText.text(for: .nanoseconds(at.nanoseconds))
  }
}

extension RoundTripFigures {
  /// `10.549 ms, 10.457 to 12.038`.
  fileprivate var text: String { "\(mean) ms, \(minimum) to \(maximum)" }
}
