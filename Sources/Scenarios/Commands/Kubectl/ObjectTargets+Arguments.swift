import Documents
import KubernetesObjects

extension ObjectTargets {
  /// Reads `TYPE NAME…`, `TYPE/NAME…` and `TYPE,TYPE`, with the selectors and namespaces beside
  /// them (cli-runtime `pkg/resource/builder.go` 1.36).
  ///
  /// `takesAll` is for verbs that refuse a bare TYPE unless `--all` or a selector is there.
  init(_ arguments: Arguments, takesAll: Bool) throws(CommandError) {
    let selector = try arguments.value("selector").map(SelectorText.labels)
    let fields = try arguments.value("field-selector").map(SelectorText.fields) ?? []
    let all = arguments.isOn("all") && takesAll
    let namespace = arguments.value("namespace")?.text ?? "default"
    let words = try Self.words(arguments)
    let targets =
      words[0].text.contains("/")
      ? try Self.slashed(words) : try Self.kindThenNames(words)
    let hasNames = targets.contains { $0.name != nil }
    if hasNames, selector != nil || !fields.isEmpty {
      throw CommandError(
        "error: name cannot be provided when a selector is specified",
        at: words.last?.offset ?? arguments.end)
    }
    if hasNames, all {
      throw CommandError(
        "error: name cannot be provided when a selector is specified",
        at: words.last?.offset ?? arguments.end, suggestion: "leave out --all, or the name")
    }
    if all, selector != nil {
      throw CommandError(
        "error: setting 'all' parameter but found a non empty selector. ", at: arguments.end)
    }
    if takesAll, !hasNames, !all, selector == nil, fields.isEmpty {
      throw CommandError(
        "error: resource(s) were provided, but no name was specified", at: arguments.end,
        suggestion: "add a name, -l SELECTOR or --all")
    }
    let everywhere = arguments.isOn("all-namespaces")
    if everywhere, hasNames {
      throw CommandError(
        "error: a resource cannot be retrieved by name across all namespaces",
        at: words.last?.offset ?? arguments.end)
    }
    self.init(
      targets: targets, namespace: namespace, allNamespaces: everywhere, labelSelector: selector,
      fieldSelector: fields)
  }

  private static func words(_ arguments: Arguments) throws(CommandError) -> [Arguments.Value] {
    var words: [Arguments.Value] = []
    for word in arguments.operands {
      guard let text = word.text else {
        throw CommandError("$(instances …) are EC2 instances: use aws ec2", at: word.offset)
      }
      words.append(Arguments.Value(text: text, offset: word.offset))
    }
    guard !words.isEmpty else {
      throw CommandError(
        "error: You must provide one or more resources by argument or filename.", at: arguments.end,
        suggestion: "such as deployment/web, or pods -l app=web")
    }
    return words
  }

  private static func kind(_ text: String, at offset: Int) throws(CommandError) -> ResourceKind {
    if let kind = ResourceKind(word: text) { return kind }
    throw CommandError(
      "error: the server doesn't have a resource type \"\(text)\"", at: offset,
      suggestion: Spelling.suggestion(for: text, among: ResourceKind.words)
        ?? "understood: " + ResourceKind.allCases.map(\.rawValue).joined(separator: ", "))
  }

  private static func slashed(_ words: [Arguments.Value]) throws(CommandError) -> [Target] {
    var targets: [Target] = []
    for word in words {
      let parts = word.text.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count > 1 else {
        throw CommandError(
          "error: there is no need to specify a resource type as a separate argument when passing "
            + "arguments in resource/name form "
            + "(e.g. '\(Self.program) get resource/<resource_name>' "
            + "instead of '\(Self.program) get resource resource/<resource_name>'", at: word.offset)
      }
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw CommandError(
          "error: arguments in resource/name form may not have more than one slash", at: word.offset
        )
      }
      targets.append(
        Target(resource: try kind(String(parts[0]), at: word.offset), name: String(parts[1])))
    }
    return targets
  }

  private static let program = "kubectl"

  private static func kindThenNames(_ words: [Arguments.Value]) throws(CommandError) -> [Target] {
    var kinds: [ResourceKind] = []
    for part in words[0].text.split(separator: ",") {
      if part == "all" {
        // The category, as far as its kinds are here.
        kinds += [.pods, .services, .daemonsets, .deployments, .replicasets]
      } else {
        kinds.append(try kind(String(part), at: words[0].offset))
      }
    }
    let names = words.dropFirst()
    if let mixed = names.first(where: { $0.text.contains("/") }) {
      throw CommandError(
        "error: there is no need to specify a resource type as a separate argument when passing "
          + "arguments in resource/name form (e.g. '\(program) get resource/<resource_name>' "
          + "instead of '\(program) get resource resource/<resource_name>'", at: mixed.offset)
    }
    if names.isEmpty { return kinds.map { Target(resource: $0) } }
    return kinds.flatMap { kind in names.map { Target(resource: kind, name: $0.text) } }
  }
}
