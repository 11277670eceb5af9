import KubernetesObjects
import Scenarios
import Testing

struct KubectlParserTests {
  private func kubectl(_ text: String) throws -> KubectlCommand {
    let command = try CommandParser.parse(text)
    guard case .kubectl(let kubectl) = command else {
      Issue.record("not kubectl: \(command)")
      throw CommandError("", at: 0)
    }
    return kubectl
  }

  private func scale(_ text: String) throws -> KubectlCommand.Scale {
    guard case .scale(let scale) = try kubectl(text) else { throw CommandError("", at: 0) }
    return scale
  }

  private func delete(_ text: String) throws -> KubectlCommand.Delete {
    guard case .delete(let delete) = try kubectl(text) else { throw CommandError("", at: 0) }
    return delete
  }

  @Test(
    "scale is understood in every spelling",
    arguments: [
      "kubectl scale deployment web --replicas=5", "kubectl scale deployment/web --replicas 5",
      "kubectl scale --replicas=5 deploy/web", "kubectl  scale\tdeployments.apps web --replicas=5",
      "kubectl scale Deployment \"web\" --replicas='5'",
      "kubectl -n default scale deploy web --replicas=5",
      "kubectl scale deployment.v1.apps/web --replicas=5 --timeout=1m",
    ])
  func scales(text: String) throws {
    let scale = try scale(text)
    #expect(scale.replicas == 5)
    #expect(scale.targets.targets == [.init(resource: .deployments, name: "web")])
    #expect(scale.targets.namespace == "default")
  }

  @Test("scale takes several objects, a namespace, a selector and a guard")
  func scaleVariants() throws {
    let several = try scale("kubectl scale deploy/a rs/b --replicas=2 -n shop --current-replicas=1")
    #expect(
      several.targets.targets == [
        .init(resource: .deployments, name: "a"), .init(resource: .replicasets, name: "b"),
      ])
    #expect(several.targets.namespace == "shop")
    #expect(several.currentReplicas == 1)
    let selected = try scale("kubectl scale deployment -l app=web --replicas=0")
    #expect(selected.targets.labelSelector?.matchLabels == ["app": "web"])
    #expect(try scale("kubectl scale deploy --all --replicas=1").targets.targets[0].name == nil)
  }

  @Test("delete knows names, selectors, fields, files, grace and force")
  func deletes() throws {
    let forced = try delete("kubectl delete po a b --force --grace-period=0 -nshop")
    #expect(forced.targets?.targets.map(\.name) == ["a", "b"])
    #expect(forced.targets?.namespace == "shop")
    #expect(forced.force)
    #expect(forced.gracePeriodSeconds == 0)
    #expect(!forced.waits)
    let selected = try delete(
      "kubectl delete pods -l 'app=web,tier!=cache,env in (a,b),!canary' "
        + "--field-selector status.phase!=Running,spec.nodeName=n1")
    let selector = try #require(selected.targets?.labelSelector)
    #expect(selector.matches(["app": "web", "env": "b"]))
    #expect(!selector.matches(["app": "web", "env": "b", "tier": "cache"]))
    #expect(!selector.matches(["app": "web", "env": "c"]))
    #expect(!selector.matches(["app": "web", "env": "a", "canary": ""]))
    #expect(
      selected.targets?.fieldSelector == [
        FieldRequirement(field: "status.phase", isEqual: false, value: "Running"),
        FieldRequirement(field: "spec.nodeName", isEqual: true, value: "n1"),
      ])
    #expect(try delete("kubectl delete -f a.yaml,b.yaml -f c").files == ["a.yaml", "b.yaml", "c"])
    #expect(try delete("kubectl delete pod a --now").gracePeriodSeconds == 1)
    #expect(try delete("kubectl delete ns shop --wait=false").waits == false)
    #expect(try delete("kubectl delete deploy web --cascade=orphan").cascade == .orphan)
  }

  @Test("a grace period of 0 without force becomes 1, as kubectl does it")
  func graceOfZero() throws {
    let delete = try delete("kubectl delete pod a --grace-period=0")
    #expect(delete.gracePeriodSeconds == 1)
    #expect(delete.waits)
  }

  @Test("get takes kinds, names, all and output forms")
  func gets() throws {
    guard case .get(let all) = try kubectl("kubectl get all -A -o wide") else { return }
    #expect(
      all.targets.targets.map(\.resource)
        == [.pods, .services, .daemonsets, .deployments, .replicasets])
    #expect(all.targets.allNamespaces)
    #expect(all.output == .wide)
    guard case .get(let two) = try kubectl("kubectl get no,deploy --no-headers -ojson") else {
      return
    }
    #expect(two.targets.targets.map(\.resource) == [.nodes, .deployments])
    #expect(two.output == .json)
    #expect(!two.hasHeaders)
    #expect(try CommandParser.parse("kubectl get pods").isReadOnly)
  }

  @Test("cordon and drain take nodes or a selector")
  func nodes() throws {
    guard
      case .drain(let drain) = try kubectl(
        "kubectl drain node/n1 n2 --ignore-daemonsets --delete-emptydir-data --timeout=5m "
          + "--pod-selector=app=web --grace-period=-1")
    else { return }
    #expect(drain.targets.names == ["n1", "n2"])
    #expect(drain.ignoresDaemonSets && drain.deletesEmptyDirData && !drain.force)
    #expect(drain.timeout == .seconds(300))
    #expect(drain.gracePeriodSeconds == nil)
    #expect(drain.podSelector?.matchLabels == ["app": "web"])
    guard case .cordon(let cordon) = try kubectl("kubectl cordon -l zone=a") else { return }
    #expect(cordon.labelSelector?.matchLabels == ["zone": "a"])
  }

  @Test("apply names its files")
  func applies() throws {
    guard case .apply(let apply) = try kubectl("kubectl apply -n shop -f 'my web.yaml'") else {
      return
    }
    #expect(apply.files == ["my web.yaml"])
    #expect(apply.namespace == "shop")
  }

  @Test(
    "wrong usage is refused in kubectl's words, at the word that is wrong",
    arguments: [
      ("kubectl scale deploy web", "error: required flag(s) \"replicas\" not set", 24),
      (
        "kubectl scale deploy web --replicas=-1",
        "error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0",
        25
      ),
      (
        "kubectl scale deploy web --replicas=many",
        "error: invalid argument \"many\" for \"--replicas\" flag: strconv.ParseInt: parsing "
          + "\"many\": invalid syntax", 25
      ),
      ("kubectl scale deploy web --replica=3", "error: unknown flag: --replica", 25),
      (
        "kubectl scale deployment --replicas=3",
        "error: resource(s) were provided, but no name was specified", 37
      ),
      ("kubectl scale pods web --replicas=3", "error: pods cannot be scaled", 14),
      (
        "kubectl delete", "error: You must provide one or more resources by argument or filename.",
        14
      ),
      (
        "kubectl delete pods", "error: resource(s) were provided, but no name was specified", 19
      ),
      (
        "kubectl delete pods a -l app=web",
        "error: name cannot be provided when a selector is specified", 20
      ),
      (
        "kubectl delete pods a --force --grace-period=5",
        "error: --force and --grace-period greater than 0 cannot be specified together", 30
      ),
      ("kubectl get podz", "error: the server doesn't have a resource type \"podz\"", 12),
      (
        "kubectl get pod pod/a",
        "error: there is no need to specify a resource type as a separate argument when passing "
          + "arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' "
          + "instead of 'kubectl get resource resource/<resource_name>'", 16
      ),
      ("kubectl apply", "error: must specify one of -f and -k", 13),
      ("kubectl drain", "error: USAGE: drain NODE [flags]", 13),
      (
        "kubectl drain n1 -l a=b", "error: cannot specify both a node name and a --selector option",
        14
      ),
      ("kubectl sclae deploy web", "error: unknown command \"sclae\" for \"kubectl\"", 8),
      ("kubectl logs web", "'kubectl logs' is not understood here", 8),
      ("kubectl get pods -x", "error: unknown shorthand flag: 'x' in -x", 17),
      ("kubectl get pods -o", "error: flag needs an argument: --output", 19),
      ("kubectl get pods -l a=b=c", "error: unable to parse the selector \"a=b=c\"", 20),
      ("kubectl get pods | wc", "'|' is not understood here: one command an entry", 17),
      ("kubectl get pods 'a", "a quote without its closing '", 17),
      ("kubectl delete pod $(date)", "$(date) is not understood", 19),
      ("kubectl drain $(instances w)", "$(instances …) are not node names", 14),
      ("", "an empty command", 0), ("helm upgrade web", "helm: command not found", 0),
    ])
  func refuses(text: String, message: String, offset: Int) {
    do throws(CommandError) {
      let command = try CommandParser.parse(text)
      Issue.record("understood as \(command)")
    } catch {
      #expect(error.message == message)
      #expect(error.offset == offset)
    }
  }

  @Test(
    "a slip gets a did-you-mean, and a foreign command the list",
    arguments: [
      ("kubectl sclae deploy web", "did you mean 'scale'?"),
      ("kubectl scale deploy web --replica=3", "did you mean 'replicas'?"),
      ("kubectl get deploymets", "did you mean 'deployments'?"),
      ("kubctl get pods", "did you mean 'kubectl'?"), ("helm upgrade", "kubectl scale|delete|get"),
      ("kubectl rollout restart deploy/web", "kubectl scale, delete, get"),
    ])
  func suggests(text: String, hint: String) {
    let error = #expect(throws: CommandError.self) { try CommandParser.parse(text) }
    #expect(error?.suggestion?.contains(hint) == true)
  }
}
