import AWSObjects
import Documents
import KubernetesObjects
import Scenarios
import TimeUnits

// What happens inside containers, as scenarios and the models write it.
extension DocumentCursor {
  func behaviors(models: [String: WorkloadModel]) -> [BehaviorSpec] {
    entries().compactMap { key, value in value.behavior(named: key, models: models) }
  }

  /// One behavior; with `model: FILE/NAME` the models' own is changed where fields are given.
  func behavior(named name: String, models: [String: WorkloadModel]) -> BehaviorSpec? {
    guard expectMapping() else { return nil }
    var behavior = BehaviorSpec(name: name)
    if let cursor = field("model"), let key = cursor.string() {
      if let model = models[key] {
        behavior = model.behavior
        behavior.name = name
      } else {
        let known = models.keys.sorted()
        cursor.error(
          "the models have no workload '\(key)'",
          suggestion: Spelling.suggestion(for: key, among: known)
            ?? "known: " + known.joined(separator: ", "))
      }
    }
    if let law = field("startup")?.law() { behavior.startup = law }
    if let law = field("runsFor")?.law() { behavior.runsFor = law }
    if let law = field("termination")?.law() { behavior.termination = law }
    if let cursor = field("exitCode"), let code = cursor.int() {
      if (0...255).contains(code) {
        behavior.exitCode = Int32(code)
      } else {
        cursor.error("an exit code is from 0 to 255, found \(code)")
      }
    }
    readLoad(into: &behavior)
    if let cursor = field("pipeline"), cursor.expectMapping() {
      behavior.role = cursor.pipelineRole(changing: behavior.role)
    }
    reportUnknownFields()
    return behavior
  }

  private func readLoad(into behavior: inout BehaviorSpec) {
    let kinds = ["process", "jvm", "service"].compactMap { name in
      field(name).map { (name, $0) }
    }
    guard kinds.count <= 1 else {
      error("several kinds of load: " + kinds.map(\.0).joined(separator: ", "))
      return
    }
    guard let (name, cursor) = kinds.first, cursor.expectMapping() else { return }
    switch name {
    case "process": behavior.load = cursor.process().map(ContainerLoadSpec.process)
    case "jvm":
      var base = JVMLoadSpec()
      if case .jvm(let given)? = behavior.load { base = given }
      behavior.load = .jvm(cursor.jvm(base))
    default: behavior.load = .service(cursor.service())
    }
    cursor.reportUnknownFields()
  }

  private func process() -> ProcessLoadSpec? {
    var process = ProcessLoadSpec()
    if let cpu = field("cpu")?.nonNegative() { process.cpu = cpu }
    if let memory = field("memory")?.mebibytes() { process.memory = memory }
    if let cursor = field("growth"), cursor.expectMapping() {
      let rate = cursor.required("rate")?.mebibytes(canBeSmall: true)
      let per = cursor.field("per")?.word(ProcessLoadSpec.Growth.Clock.self) ?? .second
      let to = cursor.field("to")?.mebibytes()
      if let rate { process.growth = ProcessLoadSpec.Growth(rate: rate, per: per, to: to) }
      cursor.reportUnknownFields()
    }
    return process
  }

  private func jvm(_ base: JVMLoadSpec) -> JVMLoadSpec {
    var jvm = base
    if let cursor = field("version"), let version = cursor.string() {
      if JVMVersion(version) == nil {
        cursor.error("not a Java version: '\(version)'", suggestion: "such as 8u111, 8u191 or 17")
      }
      jvm.version = version
    }
    if let heap = field("maxHeap")?.mebibytes() { jvm.maxHeap = heap }
    if let cursor = field("maxRAMPercentage"), let share = cursor.positive() {
      if share > 100 { cursor.error("a share of the memory is at most 100, found \(share)") }
      jvm.maxRAMPercentage = share
    }
    if let threads = field("threads")?.positive() { jvm.threads = threads }
    return jvm
  }

  private func service() -> ServiceLoadSpec {
    // A law that is wrong is said once; a harmless one stands in for it.
    let cpu = required("cpu")?.law()
    var service = ServiceLoadSpec(cpu: cpu ?? .constant(.milliseconds(1)))
    if let memory = field("memory")?.mebibytes() { service.memory = memory }
    if let memory = field("requestMemory")?.mebibytes() { service.requestMemory = memory }
    if let cursor = field("workers"), let workers = cursor.count() {
      if workers == 0 { cursor.error("a service needs at least one worker") }
      service.workers = max(1, workers)
    }
    return service
  }

  // MARK: Amounts

  /// An amount of memory such as `512Mi`, in MiB; a whole program in less than 64 KiB has lost its
  /// unit.
  func mebibytes(canBeSmall: Bool = false) -> Double? {
    guard let text = string() else { return nil }
    guard let quantity = try? Quantity(parsing: text) else {
      error("not an amount of memory: \"\(text)\"", suggestion: "such as 512Mi or 2Gi")
      return nil
    }
    let mebibytes = Double(quantity.value) / 1_048_576
    guard mebibytes >= 0, mebibytes < 1e9 else {
      error("an amount of memory is at least 0, found \"\(text)\"")
      return nil
    }
    if !canBeSmall, quantity.value > 0, quantity.value < 65_536 {
      error("\"\(text)\" is \(quantity.value) bytes", suggestion: "did you mean '\(text)Mi'?")
      return nil
    }
    return mebibytes
  }

  func nonNegative() -> Double? {
    guard let value = double() else { return nil }
    guard value >= 0, value.isFinite else {
      error("expected a number of at least 0, found \(value)")
      return nil
    }
    return value
  }

  func positive() -> Double? {
    guard let value = double() else { return nil }
    guard value > 0, value.isFinite else {
      error("expected a number above 0, found \(value)")
      return nil
    }
    return value
  }
}
