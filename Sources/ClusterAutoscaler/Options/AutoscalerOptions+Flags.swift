extension AutoscalerOptions {
  /// Reads arguments as a Deployment's `command` and `args` hold them.
  ///
  /// `--flag=value`, `--flag value`, `-flag` and boolean flags without a value are understood,
  /// and so is the program's own name at the front. Everything that is wrong is told of, and the
  /// rest counts.
  public static func parse(
    _ arguments: [String], release: AutoscalerRelease = .v1_36
  ) -> (options: AutoscalerOptions, problems: [FlagProblem]) {
    var options = AutoscalerOptions.defaults(for: release)
    var problems: [FlagProblem] = []
    var rest = arguments[...]
    if let first = rest.first, !first.hasPrefix("-") { rest.removeFirst() }
    while let argument = rest.popFirst() {
      let text = argument.drop { $0 == "-" }
      guard argument.count - text.count == 1 || argument.count - text.count == 2, !text.isEmpty
      else {
        problems.append(
          FlagProblem(
            .error, flag: argument, "expected a flag", suggestion: "a flag begins with --"))
        continue
      }
      let pair = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(pair[0])
      let isBoolean = FlagTable.flag(name.dashed)?.isBoolean ?? false
      do throws(FlagProblem) {
        let value: String
        if pair.count == 2 {
          value = String(pair[1])
        } else if isBoolean {
          value = "true"
        } else if FlagTable.flag(name.dashed) == nil {
          throw options.unknownFlag(name)
        } else if let next = rest.popFirst() {
          value = next
        } else {
          throw FlagProblem(.error, flag: name, "expected a value")
        }
        if let warning = try options.set(name, value) { problems.append(warning) }
      } catch {
        problems.append(error)
      }
    }
    return (options, problems + options.conflicts)
  }

  /// Sets one flag; returns what a person should be told even though nothing is wrong.
  ///
  /// A flag that may be given several times gains one more value.
  @discardableResult
  public mutating func set(
    _ name: String, _ value: String
  ) throws(FlagProblem) -> FlagProblem? {
    guard let flag = FlagTable.flag(name.dashed) else { throw unknownFlag(name) }
    guard flag.era.contains(release) else {
      return FlagProblem(
        .warning, flag: name,
        "cluster-autoscaler \(release.rawValue) has no such flag; it changes nothing")
    }
    switch flag.effect {
    case .irrelevant(let shape):
      _ = try shape.check(name, value)
    case .unmodeled(let shape, let standard):
      let isDefault = try shape.check(name, value) == shape.check(name, standard)
      return isDefault
        ? nil
        : FlagProblem(
          .warning, flag: name, "what \"\(value)\" would change is not modelled")
    default: try apply(flag.effect, name, value)
    }
    return nil
  }

  private mutating func apply(
    _ effect: Flag.Effect, _ name: String, _ value: String
  ) throws(FlagProblem) {
    switch effect {
    case .bool(let path): self[keyPath: path] = try FlagValue.bool(name, value)
    case .duration(let path): self[keyPath: path] = try FlagValue.duration(name, value)
    case .int(let path): self[keyPath: path] = try FlagValue.integer(name, value)
    case .int32(let path): self[keyPath: path] = try FlagValue.integer(name, value)
    case .int64(let path): self[keyPath: path] = try FlagValue.integer(name, value)
    case .double(let path): self[keyPath: path] = try FlagValue.double(name, value)
    case .string(let path): self[keyPath: path] = value
    case .strings(let path): self[keyPath: path].append(value)
    case .range(let path): self[keyPath: path] = try FlagValue.range(name, value)
    case .expander: expander = try expanders(name, value)
    case .nodes: nodes.append(try FlagValue.nodes(name, value))
    case .discovery: nodeGroupAutoDiscovery.append(try FlagValue.discovery(name, value))
    case .irrelevant, .unmodeled: break
    }
  }

  private func unknownFlag(_ name: String) -> FlagProblem {
    let known = FlagTable.flags.filter { $0.era.contains(release) }.map(\.name)
    return FlagProblem(
      .error, flag: name, "cluster-autoscaler has no such flag",
      suggestion: FlagText.nearest(to: name.dashed, among: known).map { "did you mean --\($0)?" })
  }

  private func expanders(
    _ name: String, _ value: String
  ) throws(FlagProblem) -> [ExpanderName] {
    let known = ExpanderName.allCases.filter { release == .v1_36 || $0.isIn113 }
    let texts = value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    if release == .v1_13, texts.count > 1 {
      throw .badValue(name, value, expected: "one expander, which is all that 1.13 takes")
    }
    var names: [ExpanderName] = []
    for text in texts {
      guard let found = known.first(where: { $0.rawValue == text }) else {
        var problem = FlagProblem.badValue(
          name, text, expected: "one of " + known.map(\.rawValue).joined(separator: ", "))
        problem.suggestion = FlagText.nearest(to: text, among: known.map(\.rawValue))
          .map { "did you mean \($0)?" }
        throw problem
      }
      names.append(found)
    }
    return names
  }
}

extension String {
  /// Flags may be written with underscores.
  fileprivate var dashed: String { replacing("_", with: "-") }
}

extension ExpanderName {
  fileprivate var isIn113: Bool {
    switch self {
    case .random, .mostPods, .leastWaste, .price: true
    case .leastNodes, .priority, .grpc: false
    }
  }
}
