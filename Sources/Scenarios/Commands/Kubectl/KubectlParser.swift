import Documents
import KubernetesObjects

/// Understands kubectl's command line; wrong usage is refused in kubectl's own words.
enum KubectlParser {
  static func parse(_ arguments: inout Arguments) throws(CommandError) -> KubectlCommand {
    // Flags may stand before the verb: kubectl -n shop get pods.
    var leading: [ShellWords.Word] = []
    while let word = arguments.words.first, let text = word.text, text.hasPrefix("-") {
      leading.append(arguments.words.removeFirst())
      let takesNext = ["-n", "--namespace", "--context", "--kubeconfig", "--cluster"].contains(text)
      if takesNext, !arguments.words.isEmpty { leading.append(arguments.words.removeFirst()) }
    }
    guard let verb = arguments.takeOperand() else {
      throw CommandError(
        "kubectl needs a command", at: arguments.end,
        suggestion: "one of " + CommandParser.kubectlVerbs.joined(separator: ", "))
    }
    arguments.words = leading + arguments.words
    switch verb.text {
    case "scale": return .scale(try scale(&arguments))
    case "delete": return .delete(try delete(&arguments))
    case "get": return .get(try get(&arguments))
    case "apply": return .apply(try apply(&arguments))
    case "cordon": return .cordon(try cordon(&arguments, "cordon"))
    case "uncordon": return .uncordon(try cordon(&arguments, "uncordon"))
    case "drain": return .drain(try drain(&arguments))
    default: throw unknown(verb)
    }
  }

  /// Verbs of the real kubectl that nothing here answers to.
  private static let otherVerbs: Set<String> = [
    "annotate", "api-resources", "api-versions", "attach", "auth", "autoscale", "certificate",
    "cluster-info", "completion", "config", "cp", "create", "debug", "describe", "diff", "edit",
    "events", "exec", "explain", "expose", "kustomize", "label", "logs", "options", "patch",
    "plugin", "port-forward", "proxy", "replace", "rollout", "run", "set", "taint", "top",
    "version", "wait",
  ]

  private static func unknown(_ verb: ShellWords.Word) -> CommandError {
    let name = verb.text ?? "$(…)"
    let known = CommandParser.kubectlVerbs
    let list = "understood: kubectl " + known.joined(separator: ", ")
    if otherVerbs.contains(name) {
      return CommandError(
        "'kubectl \(name)' is not understood here", at: verb.offset, suggestion: list)
    }
    return CommandError(
      "error: unknown command \"\(name)\" for \"kubectl\"", at: verb.offset,
      suggestion: Spelling.suggestion(for: name, among: known) ?? list)
  }

  // MARK: Grammars

  private static let everywhere = [
    "context", "kubeconfig", "cluster", "user", "v", "request-timeout",
  ]

  static func grammar(
    _ verb: String, valued: [String] = [], boolean: [String] = [], short: [Character: String] = [:],
    ignored: [String] = []
  ) -> Arguments.Grammar {
    Arguments.Grammar(
      valued: ["namespace"] + valued, boolean: boolean,
      short: short.merging(["n": "namespace", "v": "v"]) { a, _ in a },
      ignored: everywhere + ignored, command: "kubectl \(verb)")
  }

  // MARK: Verbs

  private static func scale(_ arguments: inout Arguments) throws(CommandError)
    -> KubectlCommand.Scale
  {
    try arguments.readFlags(
      grammar(
        "scale", valued: ["replicas", "current-replicas", "selector"], boolean: ["all"],
        short: ["l": "selector"], ignored: ["timeout", "resource-version", "output"]))
    guard arguments.value("replicas") != nil, let replicas = try arguments.integer("replicas")
    else {
      throw CommandError(
        "error: required flag(s) \"replicas\" not set", at: arguments.end,
        suggestion: "such as --replicas=3")
    }
    guard replicas >= 0 else {
      throw CommandError(
        "error: The --replicas=COUNT flag is required, and COUNT must be greater than or "
          + "equal to 0",
        at: arguments.value("replicas")?.offset ?? arguments.end)
    }
    guard replicas <= Int64(Int32.max) else {
      throw CommandError(
        "error: \(replicas) replicas do not fit int32",
        at: arguments.value("replicas")?.offset ?? arguments.end)
    }
    let targets = try ObjectTargets(arguments, takesAll: true)
    if let target = targets.targets.first(where: { !$0.resource.isScalable }) {
      throw CommandError(
        "error: \(target.resource.rawValue) cannot be scaled",
        at: arguments.operands.first?.offset ?? arguments.end,
        suggestion: "deployments and replicasets can")
    }
    let current = try arguments.integer("current-replicas").flatMap { $0 < 0 ? nil : $0 }
    return KubectlCommand.Scale(targets: targets, replicas: replicas, currentReplicas: current)
  }

  private static func delete(
    _ arguments: inout Arguments
  ) throws(CommandError) -> KubectlCommand.Delete {
    try arguments.readFlags(
      grammar(
        "delete", valued: ["selector", "field-selector", "filename", "grace-period", "cascade"],
        boolean: ["all", "all-namespaces", "force", "now", "wait", "ignore-not-found"],
        short: ["l": "selector", "f": "filename", "A": "all-namespaces"],
        ignored: ["timeout", "output"]))
    let files = arguments.list("filename").map(\.text)
    var grace = try arguments.integer("grace-period").flatMap { $0 < 0 ? nil : $0 }
    let force = arguments.isOn("force")
    var waits = arguments.isOn("wait", default: true)
    let place = arguments.value("grace-period")?.offset ?? arguments.end
    if arguments.isOn("now") {
      guard grace == nil else {
        throw CommandError(
          "error: --now and --grace-period cannot be specified together", at: place)
      }
      grace = 1
    }
    if force {
      guard grace ?? 0 == 0 else {
        throw CommandError(
          "error: --force and --grace-period greater than 0 cannot be specified together", at: place
        )
      }
      grace = 0
      waits = false
    } else if grace == 0 {
      // Without --force kubectl does not take 0 at its word (kubectl `pkg/cmd/delete` 1.36).
      grace = 1
      waits = true
    }
    var cascade = KubectlCommand.Cascade.background
    if let value = arguments.value("cascade") {
      guard let mode = KubectlCommand.Cascade(rawValue: value.text) else {
        throw CommandError(
          "error: invalid cascade value (\(value.text)). Must be \"background\", \"foreground\", "
            + "or \"orphan\"", at: value.offset)
      }
      cascade = mode
    }
    var targets: ObjectTargets?
    if files.isEmpty || !arguments.operands.isEmpty {
      targets = try ObjectTargets(arguments, takesAll: true)
    }
    if !files.isEmpty, targets != nil {
      throw CommandError(
        "error: when paths, URLs, or stdin is provided as input, you may not specify resource "
          + "arguments as well", at: arguments.operands.first?.offset ?? arguments.end)
    }
    return KubectlCommand.Delete(
      targets: targets, files: files, gracePeriodSeconds: grace, force: force,
      ignoreNotFound: arguments.isOn("ignore-not-found"), cascade: cascade, waits: waits)
  }

  private static func get(_ arguments: inout Arguments) throws(CommandError) -> KubectlCommand.Get {
    try arguments.readFlags(
      grammar(
        "get", valued: ["selector", "field-selector", "output"],
        boolean: ["all-namespaces", "show-labels", "no-headers", "ignore-not-found"],
        short: ["l": "selector", "o": "output", "A": "all-namespaces"], ignored: ["chunk-size"]))
    var output = KubectlCommand.Output.table
    if let value = arguments.value("output") {
      guard let format = KubectlCommand.Output(rawValue: value.text), format != .table else {
        throw CommandError(
          "error: unable to match a printer suitable for the output format \"\(value.text)\"",
          at: value.offset, suggestion: "understood: json, name, wide, yaml")
      }
      output = format
    }
    return KubectlCommand.Get(
      targets: try ObjectTargets(arguments, takesAll: false), output: output,
      showsLabels: arguments.isOn("show-labels"), hasHeaders: !arguments.isOn("no-headers"))
  }

  private static func apply(_ arguments: inout Arguments) throws(CommandError)
    -> KubectlCommand.Apply
  {
    try arguments.readFlags(
      grammar(
        "apply", valued: ["filename"], boolean: ["recursive", "server-side", "wait"],
        short: ["f": "filename", "R": "recursive"],
        ignored: ["field-manager", "validate", "output"]))
    let files = arguments.list("filename")
    guard !files.isEmpty else {
      throw CommandError(
        "error: must specify one of -f and -k", at: arguments.end, suggestion: "such as -f web.yaml"
      )
    }
    if let extra = arguments.operands.first {
      throw CommandError(
        "error: Unexpected args: [\(extra.text ?? "$(…)")]", at: extra.offset)
    }
    for file in files where file.text == "-" || file.text.contains("://") {
      throw CommandError(
        "'\(file.text)' cannot be read here", at: file.offset, suggestion: "name a file")
    }
    return KubectlCommand.Apply(
      files: files.map(\.text), namespace: arguments.value("namespace")?.text)
  }

  private static func cordon(
    _ arguments: inout Arguments, _ verb: String
  ) throws(CommandError) -> NodeTargets {
    try arguments.readFlags(grammar(verb, valued: ["selector"], short: ["l": "selector"]))
    return try nodeTargets(arguments, verb)
  }

  private static func drain(_ arguments: inout Arguments) throws(CommandError)
    -> KubectlCommand.Drain
  {
    try arguments.readFlags(
      grammar(
        "drain", valued: ["selector", "pod-selector", "grace-period", "timeout"],
        boolean: [
          "ignore-daemonsets", "force", "delete-emptydir-data", "delete-local-data",
          "disable-eviction",
        ],
        short: ["l": "selector"], ignored: ["skip-wait-for-delete-timeout", "chunk-size"]))
    let grace = try arguments.integer("grace-period").flatMap { $0 < 0 ? nil : $0 }
    var timeout: Duration?
    if let value = arguments.value("timeout") {
      do {
        let given = try DurationText.parse(value.text)
        timeout = given == .zero ? nil : given
      } catch {
        throw CommandError(
          "error: invalid argument \"\(value.text)\" for \"--timeout\" flag: \(error)",
          at: value.offset, suggestion: error.suggestion)
      }
    }
    return KubectlCommand.Drain(
      targets: try nodeTargets(arguments, "drain"),
      ignoresDaemonSets: arguments.isOn("ignore-daemonsets"), force: arguments.isOn("force"),
      deletesEmptyDirData: arguments.isOn("delete-emptydir-data")
        || arguments.isOn("delete-local-data"),
      gracePeriodSeconds: grace,
      podSelector: try arguments.value("pod-selector").map(SelectorText.labels),
      disablesEviction: arguments.isOn("disable-eviction"), timeout: timeout)
  }

  private static func nodeTargets(
    _ arguments: Arguments, _ verb: String
  ) throws(CommandError) -> NodeTargets {
    let selector = try arguments.value("selector").map(SelectorText.labels)
    var names: [String] = []
    for word in arguments.operands {
      guard let text = word.text else {
        throw CommandError("$(instances …) are not node names", at: word.offset)
      }
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      if parts.count == 2, ResourceKind(word: String(parts[0])) != .nodes {
        throw CommandError("error: '\(text)' is not a node", at: word.offset)
      }
      names.append(String(parts.last ?? ""))
    }
    if let first = arguments.operands.first, selector != nil {
      throw CommandError(
        "error: cannot specify both a node name and a --selector option", at: first.offset)
    }
    guard !names.isEmpty || selector != nil else {
      throw CommandError(
        "error: USAGE: \(verb) NODE [flags]", at: arguments.end,
        suggestion: "name a node, or select with -l")
    }
    return NodeTargets(names: names, labelSelector: selector)
  }
}
