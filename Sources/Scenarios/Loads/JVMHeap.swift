public import KubernetesObjects

/// The maximum heap that a Java virtual machine sets itself.
public enum JVMHeap {
  /// `-Xmx` in MiB, where the manifest gives it: the last on the command line, or in
  /// `JAVA_TOOL_OPTIONS` or `_JAVA_OPTIONS`, which both hold for every JVM.
  public static func option(in container: Container) -> Double? {
    var words = container.environment["JAVA_TOOL_OPTIONS"].map(words) ?? []
    words += (container.command + container.args).flatMap(self.words)
    words += container.environment["_JAVA_OPTIONS"].map(self.words) ?? []
    return words.compactMap(size).last
  }

  private static func words(_ text: String) -> [Substring] {
    text.split { $0 == " " || $0 == "\n" || $0 == "\"" || $0 == "'" }
  }

  /// `-Xmx512m` as 512: bytes, or with k, m, g, t in either case.
  private static func size(_ word: Substring) -> Double? {
    guard word.hasPrefix("-Xmx") else { return nil }
    let text = word.dropFirst(4)
    guard let last = text.last, let number = Double(text.prefix { $0.isNumber }) else { return nil }
    switch last.lowercased() {
    case "k": return number / 1_024
    case "m": return number
    case "g": return number * 1_024
    case "t": return number * 1_048_576
    default: return last.isNumber ? number / 1_048_576 : nil
    }
  }

  /// MiB. `-Xmx` if it is given; else a quarter (`MaxRAMPercentage`) of the memory it sees, half of
  /// it where that is below 250 MiB.
  ///
  /// It sees the host's memory, or its container's limit from Java 10 and 8u191 on (HotSpot
  /// `runtime/arguments.cpp` set_heap_size; JDK-8146115).
  ///
  /// - Parameters:
  ///   - hostMemory: MiB of the machine.
  ///   - memoryLimit: MiB; nil without a limit.
  public static func maximum(
    _ jvm: JVMLoadSpec, hostMemory: Double, memoryLimit: Double?
  ) -> Double {
    if let heap = jvm.maxHeap { return heap }
    let sees = JVMVersion(jvm.version)?.seesContainerLimits ?? false
    let memory = sees ? min(memoryLimit ?? hostMemory, hostMemory) : hostMemory
    if memory < 249.6, jvm.maxRAMPercentage == nil { return memory / 2 }
    return memory * (jvm.maxRAMPercentage ?? 25) / 100
  }
}
