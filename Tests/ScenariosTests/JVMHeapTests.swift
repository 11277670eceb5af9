import KubernetesObjects
import Scenarios
import Testing

struct JVMHeapTests {
  @Test("an old JVM takes a quarter of the machine, a newer one of its limit")
  func quarter() {
    func heap(_ version: String, _ limit: Double?) -> Double {
      JVMHeap.maximum(JVMLoadSpec(version: version), hostMemory: 8_000, memoryLimit: limit)
    }
    #expect(heap("8u111", nil) == 2_000)
    #expect(heap("8u111", 1_000) == 2_000)
    #expect(heap("8u191", 1_000) == 250)
    #expect(heap("17", nil) == 2_000)
    // A small container: half of it.
    #expect(heap("17", 200) == 100)
    let share = JVMLoadSpec(version: "17", maxRAMPercentage: 75)
    #expect(JVMHeap.maximum(share, hostMemory: 8_000, memoryLimit: 1_000) == 750)
    let fixed = JVMLoadSpec(maxHeap: 512)
    #expect(JVMHeap.maximum(fixed, hostMemory: 8_000, memoryLimit: 100) == 512)
  }

  @Test("-Xmx is found where a manifest may give it, and the last one holds")
  func option() {
    func option(_ words: [String], _ environment: Labels = [:]) -> Double? {
      var container = Container(name: "c", image: "i")
      container.args = words
      container.environment = environment
      return JVMHeap.option(in: container)
    }
    #expect(option([]) == nil)
    #expect(option(["-Xms1g"]) == nil)
    #expect(option(["java", "-Xmx512m", "-jar", "a.jar"]) == 512)
    #expect(option(["java -Xmx1G -jar a.jar"]) == 1_024)
    #expect(option(["-Xmx1073741824"]) == 1_024)
    #expect(option(["-Xmx1g"], ["JAVA_TOOL_OPTIONS": "-Xmx256m"]) == 1_024)
    #expect(option(["-Xmx1g"], ["_JAVA_OPTIONS": "-Xmx256m"]) == 256)
  }
}
