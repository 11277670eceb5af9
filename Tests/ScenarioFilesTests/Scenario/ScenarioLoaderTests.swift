import AWSObjects
import Documents
import Foundation
import KubernetesObjects
import ScenarioFiles
import Scenarios
import Testing
import TimeUnits

struct ScenarioLoaderTests {
  @Test("six mistakes are reported all at once, each with its line, column, path and suggestion")
  func sixMistakes() throws {
    let text = """
      apiVersion: seatrial/v1
      kind: Scenario
      metadata: {name: six}
      spec:
        horizn: 2h
        horizon: ten minutes
        cloud:
          region: us-east-1
          nodeGroups:
            - {name: a, instanceType: m5.lrage, min: 1, desired: 1, max: 2}
            - {name: b, instanceType: m5.large, min: 1, desired: 5, max: 4}
        manifests: [k8s/wbe.yaml, k8s/bad.yaml]

      """
    let files = [
      "k8s/web.yaml": ScenarioFolder.web,
      "k8s/bad.yaml": ScenarioFolder.web.replacingOccurrences(of: "500m", with: "500mm"),
    ]
    let said = try ScenarioFolder.diagnostics(text, files)
    #expect(said.count == 6)
    #expect(said[0].hasPrefix("k8s/bad.yaml:14:29: error: "))
    #expect(said[0].contains("500mm"))
    let expected: [String] = [
      "s.yaml:5:3: error: spec.horizn: unknown key 'horizn' (did you mean 'horizon'?)",
      "s.yaml:6:12: error: spec.horizon: not a duration: \"ten minutes\" "
        + "(such as 500ms, 90s, 10m, 1h30m, 1.5h)",
      "s.yaml:10:33: error: spec.cloud.nodeGroups[0].instanceType: unknown instance type "
        + "'m5.lrage' (did you mean 'm5.large'?)",
      "s.yaml:11:60: error: spec.cloud.nodeGroups[1].desired: desired 5 is above max 4 "
        + "(an Auto Scaling group keeps min <= desired <= max)",
      "s.yaml:12:15: error: spec.manifests[0]: no such file or folder: 'k8s/wbe.yaml' "
        + "(did you mean 'k8s/web.yaml'?)",
    ]
    #expect(Array(said.dropFirst()) == expected)
  }

  private static let located: [(lines: String, expected: String)] = [
    ("  seed: -1", "s.yaml:10:9: error: spec.seed: expected a whole number from 0"),
    ("  seed: 1.5", "s.yaml:10:9: error: spec.seed: expected a whole number"),
    (
      "  era: 2019",
      "s.yaml:10:8: error: spec.era: unknown value '2019' (one of 2019-02, current)"
    ),
    ("  date: 15.10.2018", "s.yaml:10:9: error: spec.date: not a date: \"15.10.2018\""),
    (
      "  addons: [vpc-cni, corends]",
      "s.yaml:10:21: error: spec.addons[1]: unknown value 'corends' (did you mean 'coredns'?)"
    ),
    ("  manifests: web.yaml", "s.yaml:10:14: error: spec.manifests: expected a list"),
    (
      "  manifests: [{a: b}]",
      "s.yaml:10:15: error: spec.manifests[0]: expected text, found a mapping"
    ),
    (
      "  manifests: [nowhere/web.yaml]",
      "spec.manifests[0]: no such file or folder: 'nowhere/web.yaml' (there is no folder 'nowhere')"
    ),
    (
      "  timeline:\\n  - {at: 2h, run: kubectl get pods}",
      "s.yaml:11:10: error: spec.timeline[0].at: 2h is beyond the horizon of 1h"
    ),
    (
      "  timeline:\\n  - {at: -5m, run: kubectl get pods}",
      "s.yaml:11:10: error: spec.timeline[0].at: a negative duration \"-5m\""
    ),
    (
      "  timeline:\\n  - {at: 5m, run: kubectl sclae deploy web}",
      "s.yaml:11:27: error: spec.timeline[0].run: error: unknown command \"sclae\" for "
        + "\"kubectl\" (did you mean 'scale'?)"
    ),
    (
      "  timeline:\\n  - {at: 5m, run: \"aws ec2 stop-instance\"}",
      "s.yaml:11:28: error: spec.timeline[0].run: 'aws ec2 stop-instance' is not understood here "
        + "(did you mean 'stop-instances'?)"
    ),
    (
      "  timeline:\\n  - {at: 5m, run: kubectl apply -f wbe.yaml}",
      "spec.timeline[0].run: no such file or folder: 'wbe.yaml' (did you mean 'web.yaml'?)"
    ),
    (
      "  timeline:\\n  - {at: 5m, runs: kubectl get pods}",
      "s.yaml:11:14: error: spec.timeline[0].runs: unknown key 'runs' (did you mean 'run'?)"
    ),
    (
      "  behaviour: {web: {startup: {uniform: {from: 5s, to: 2s}}}}",
      "spec.behaviour.web.startup.uniform: 'to' is below 'from'"
    ),
    (
      "  behaviour: {web: {runsFor: soon}}",
      "spec.behaviour.web.runsFor: not a duration: \"soon\""
    ),
    (
      "  behaviour: {web: {startup: {normal: 5s}}}",
      "spec.behaviour.web.startup.normal: unknown key 'normal'"
    ),
    ("  behaviour: {web: {exitCode: 300}}", "an exit code is from 0 to 255, found 300"),
    (
      "  manifests: [web.yaml]\\n  behaviour: {wbe: {startup: 5s}}",
      "s.yaml:11:20: error: spec.behaviour.wbe: no workload and no container is called 'wbe' "
        + "(did you mean 'web'?)"
    ),
    (
      "  parameters: {kubelet.imagePul: 4s}",
      "unknown parameter 'kubelet.imagePul' (did you mean 'kubelet.imagePull'?)"
    ),
    (
      "  parameters: {kubelet.imagePull: {lognormal: {median: 4s, sigma: -1}}}",
      "a lognormal law needs a median above 0 and a sigma above 0, at most 10"
    ),
    ("  expect: [{at: 5m}]", "an expectation needs one of metric, event, command"),
    (
      "  expect: [{metric: m, event: e, at: 5m, equals: 1}]",
      "an expectation is about one thing, not metric and event"
    ),
    ("  expect: [{metric: m, at: 5m}]", "exactly one of atLeast, atMost, equals, reaches, falls"),
    (
      "  expect: [{metric: m, at: 5m, atleast: 1, equals: 2}]",
      "s.yaml:10:32: error: spec.expect[0].atleast: unknown key 'atleast' "
        + "(did you mean 'atLeast'?)"
    ),
    (
      "  expect: [{metric: m, from: 50m, to: 40m, equals: 1}]",
      "spec.expect[0].to: 'to' is before 'from'"
    ),
    ("  expect: [{metric: m, at: 61m, equals: 1}]", "1h1m is beyond the horizon of 1h"),
    ("  expect: [{metric: m, at: 5m, equals: many}]", "expected a number, found \"many\""),
    ("  expect: [{command: 1}]", "there is no command 1: the timeline has 0"),
    ("  expect: [{command: kubectl}]", "no command on the timeline is or holds \"kubectl\""),
    ("  expect: [{event: Killing, never: true, atLeast: 2}]", "either atLeast or never"),
  ]

  @Test("each mistake is found where it stands", arguments: located)
  func mistakes(lines: String, expected: String) throws {
    let text = ScenarioFolder.scenario(lines.replacingOccurrences(of: "\\n", with: "\n"))
    let said = try ScenarioFolder.diagnostics(text, ["web.yaml": ScenarioFolder.web])
    #expect(
      said.contains { $0.contains(expected) },
      "expected: \(expected); said: \(said.joined(separator: " | "))")
  }

  @Test(
    "the cloud must be one that can be",
    arguments: [
      ("{name: w, instanceType: m5.large, min: 3, desired: 3, max: 2}", "min 3 is above max 2"),
      ("{name: w, instanceType: m5.large, min: 1}", "spec.cloud.nodeGroups[0]: 'max' is missing"),
      (
        "{name: w, instanceType: m5.large, min: one, max: 2}",
        "expected a whole number, found \"one\""
      ),
      ("{name: w, min: 1, max: 2}", "'instanceType' is missing"),
      (
        "{name: w, instanceType: m5.large, min: 1, max: 2, zones: [us-west-2a]}",
        "spec.cloud.nodeGroups[0].zones[0]: 'us-west-2a' is not a zone of us-east-1"
      ),
      (
        "{name: w, instanceType: m5.large, min: 1, max: 2, image: amazon-linux-202}",
        "no node image 'amazon-linux-202' on 2026-07-20 (did you mean 'amazon-linux-2023'?)"
      ),
      ("workers", "spec.cloud.nodeGroups[0]: expected a mapping, found \"workers\""),
      (
        "{name: w, instanceType: m5.large, min: 1, max: 2, "
          + "terminationPolicies: [Default, OldestInstance]}",
        "spec.cloud.nodeGroups[0].terminationPolicies[0]: the termination policy Default must be "
          + "the last of the list"
      ),
      (
        "{name: w, instanceType: m5.large, min: 1, max: 2, "
          + "terminationPolicies: [OldestInstance, 'arn:aws:lambda:us-east-1:1:function:f']}",
        "a Lambda function must be the first of the termination policies"
      ),
      (
        "{name: w, instanceType: m5.large, min: 1, max: 2, terminationPolicies: [OldestInstanse]}",
        "unknown termination policy 'OldestInstanse' (did you mean 'OldestInstance'?)"
      ),
      (
        "{name: w, instanceType: m5.large, min: 1, max: 2, suspendedProcesses: [AZRebalanc]}",
        "did you mean 'AZRebalance'?"
      ),
      (
        "{name: w, instanceType: m5.large, min: 1, max: 2, "
          + "lifecycleHooks: [{name: h, transition: launching, heartbeatTimeout: 10s}]}",
        "a heartbeat timeout is from 30s to 2h"
      ),
      (
        "{name: w, instanceType: m5.large, min: 1, max: 2, "
          + "mixedInstances: {instanceTypes: [m5.large, m5.larg]}}",
        "mixedInstances.instanceTypes[1]: unknown instance type 'm5.larg'"
      ),
      (
        "{name: w, instanceType: m5.large, min: 1, max: 2, warmPool: {}, "
          + "mixedInstances: {instanceTypes: [m5.large]}}",
        "a group with mixed instances cannot have a warm pool"
      ),
      (
        "{name: w, instanceType: m5.large, min: 1, max: 2, policies: [{name: p, simple: {}, "
          + "step: {}}]}", "a policy is exactly one of targetTracking, step and simple"
      ),
    ])
  func groups(group: String, expected: String) throws {
    let said = try ScenarioFolder.diagnostics(ScenarioFolder.scenario(groups: group))
    #expect(said.contains { $0.contains(expected) }, "said: \(said)")
  }

  @Test("a spot strategy that had not been announced is refused with its day")
  func strategies() throws {
    let group =
      "{name: w, instanceType: m5.large, min: 1, max: 2, mixedInstances: "
      + "{instanceTypes: [m5.large], spotAllocationStrategy: price-capacity-optimized}}"
    let said = try ScenarioFolder.diagnostics(
      ScenarioFolder.scenario(groups: group, head: "\n  era: \"2019-02\""))
    #expect(
      said.contains {
        $0.contains("price-capacity-optimized came on 2022-11-10, the scenario plays on 2019-02-15")
      }, "said: \(said)")
  }

  @Test(
    "what EC2 gives must be possible",
    arguments: [
      (
        "capacityShortages: [{instanceType: m5.larg}]",
        "capacityShortages[0].instanceType: unknown instance type 'm5.larg'"
      ),
      ("capacityShortages: [{from: 10m, until: 5m}]", "'until' is not after 'from'"),
      (
        "capacityShortages: [{zones: [us-west-2a]}]", "'us-west-2a' is not a zone of us-east-1"
      ),
      (
        "apiRateLimits: {ec2Mutating: {capacity: 0.5, refillPerSecond: 1}}",
        "a bucket holds at least 1 request, found 0.5"
      ),
      ("spot: {discount: 1.5}", "a discount is below 1, found 1.5"),
      ("quotas: {onDemandVCPUs: {standart: 3}}", "did you mean 'standard'?"),
    ])
  func capacity(line: String, expected: String) throws {
    let said = try ScenarioFolder.diagnostics(ScenarioFolder.scenario("    " + line))
    #expect(said.contains { $0.contains(expected) }, "said: \(said)")
  }

  @Test("a region without EKS on that day is refused with those that had it")
  func regions() throws {
    func said(_ region: String, _ date: String) throws -> [String] {
      try ScenarioFolder.diagnostics(
        ScenarioFolder.scenario("  era: \"2019-02\"\n  date: \(date)")
          .replacingOccurrences(of: "region: us-east-1", with: "region: \(region)"))
    }
    #expect(try said("us-east-1", "2018-10-15").isEmpty)
    #expect(
      try said("us-east-2", "2018-10-15").contains(
        "s.yaml:7:13: error: spec.cloud.region: EKS was not in us-east-2 on 2018-10-15, EKS came "
          + "there on 2018-11-09 (EKS was in us-east-1, us-west-2, eu-west-1)"))
    #expect(try said("us-east-2", "2018-12-01").isEmpty)
    #expect(
      try said("us-esat-1", "2018-12-01").contains {
        $0.contains("unknown region 'us-esat-1' (did you mean 'us-east-1'?)")
      })
  }

  @Test(
    "what is not the outline of a scenario is refused",
    arguments: [
      ("", "a scenario file holds one document, this one holds 0"),
      ("a: b\n---\nc: d", "this one holds 2"), ("[1, 2]", "expected a mapping, found a list"),
      ("kind: Deployment\napiVersion: apps/v1", "unknown kind 'Deployment'"),
      ("apiVersion: seatrial/v2\nkind: Scenario", "this program reads 'seatrial/v1'"),
      ("spec: {cloud: {region: x}}", "'horizon' is missing"), ("spec: 7", "expected a mapping"),
      ("a: [", "not YAML"), ("x: {{ .Values.x }}", "this is a template, not YAML"),
    ])
  func outlines(text: String, expected: String) throws {
    let said = try ScenarioFolder.diagnostics(text)
    #expect(said.contains { $0.contains(expected) }, "said: \(said)")
  }

  @Test("a missing scenario file is told apart from a wrong one")
  func missing() throws {
    let models = try ScenarioFolder.library.get()
    let loaded = ScenarioLoader.load("/nowhere/s.yaml", models: models)
    #expect(loaded.isMissing)
    #expect(loaded.scenario == nil)
    #expect(loaded.diagnostics.map(\.description) == ["/nowhere/s.yaml: error: no such file"])
  }

  @Test("a whole scenario is read into its value")
  func whole() throws {
    let text = ScenarioFolder.scenario(
      """
        seed: 18446744073709551615
        date: 2026-08-01
        manifests: [web.yaml]
        addons: [coredns]
        behaviour:
          nginx: {startup: {uniform: {from: 1s, to: 3s}}, termination: 500ms}
        parameters:
          kubelet.imagePull: {lognormal: {median: 4s, sigma: 0.5}}
        timeline:
          - {at: 20m, run: kubectl get pods}
          - {at: 10m, run: kubectl apply -f more.yaml}
        expect:
          - {metric: m, labels: {a: b}, from: 5m, atMost: 2}
          - {event: Killing, about: po/web-, message: x, to: 9m, atLeast: 2}
          - {command: 1, output: web, accepted: true, text: pods are listed}
          - {command: apply, accepted: true}
      """)
    let models = try ScenarioFolder.library.get()
    let files = ["s.yaml": text, "web.yaml": ScenarioFolder.web, "more.yaml": ScenarioFolder.web]
    try ScenarioFolder.with(files) { folder in
      let loaded = ScenarioLoader.load("\(folder)/s.yaml", models: models)
      #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics)")
      let scenario = try #require(loaded.scenario)
      #expect(scenario.seed == .max)
      #expect(scenario.date.date == "2026-08-01")
      #expect(
        scenario.cloud.nodeGroups[0].zones.map(\.name) == [
          "us-east-1a", "us-east-1b", "us-east-1c",
        ])
      #expect(scenario.addons == [.coreDNS])
      #expect(
        scenario.behaviors == [
          BehaviorSpec(
            name: "nginx", startup: .uniform(from: .seconds(1), to: .seconds(3)),
            termination: .constant(.milliseconds(500)))
        ])
      #expect(
        scenario.parameters == [
          ParameterOverride(
            name: .kubeletImagePull, law: .lognormal(median: .seconds(4), sigma: 0.5))
        ])
      #expect(scenario.timeline.map(\.at) == [.seconds(600), .seconds(1200)])
      #expect(loaded.manifests.objects.count == 1)
      #expect(loaded.commandFiles.map(\.written) == ["more.yaml"])
      #expect(loaded.commandFiles[0].manifests.objects.count == 1)
      // Number 1 is the first in the file, which is the second in time.
      #expect(
        scenario.expectations.map(\.claimSentence) == [
          "m{a=\"b\"} is at most 2 from 5m on",
          "at least 2 events Killing about a Pod web-… that says \"x\" until 9m",
          "\"kubectl get pods\" (command 2) is accepted and says \"web\"",
          "\"kubectl apply -f more.yaml\" (command 1) is accepted",
        ])
      #expect(scenario.expectations[2].sentence == "pods are listed")
    }
  }

  @Test("metrics that do not exist are refused where the names are known")
  func metrics() throws {
    let text = ScenarioFolder.scenario("  expect: [{metric: kube_pods, at: 5m, equals: 1}]")
    #expect(try ScenarioFolder.diagnostics(text).isEmpty)
    #expect(
      try ScenarioFolder.diagnostics(text, metrics: ["kube_pod"]) == [
        "s.yaml:10:21: error: spec.expect[0].metric: unknown metric 'kube_pods' "
          + "(did you mean 'kube_pod'?)"
      ])
  }

  @Test("a type of machine without a price is a warning, not an error")
  func doubts() throws {
    let said = try ScenarioFolder.diagnostics(
      ScenarioFolder.scenario().replacingOccurrences(of: "us-east-1", with: "eu-central-1"))
    #expect(said.count == 1)
    #expect(said[0].contains("warning") && said[0].contains("the bill will lack it"))
  }

  @Test("the shipped scenarios are free of mistakes")
  func shipped() throws {
    let models = try ScenarioFolder.library.get()
    let folder = ScenarioFolder.models + "/scenarios"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".yaml") }
    #expect(names.contains("first-voyage.yaml"))
    // Plans of provisioning have their own reader, and their own tests.
    for name in names where DocumentKind.of("\(folder)/\(name)") == DocumentKind.scenario {
      let loaded = ScenarioLoader.load("\(folder)/\(name)", models: models)
      #expect(loaded.diagnostics.isEmpty, "\(name): \(loaded.diagnostics)")
      #expect(loaded.scenario != nil)
    }
  }
}
