import Testing

@testable import PipelineModel

@Suite struct SlabTests {
  @Test("After detaching a copy and its original go different ways")
  func copies() {
    var first = Slab([1, 2, 3])
    var second = first
    second.detach()
    second[1] = 20
    first.detach()
    first[2] = 30
    second.append(4)
    #expect(Array(first) == [1, 2, 30])
    #expect(Array(second) == [1, 20, 3, 4])
  }

  @Test("It grows like an array")
  func growth() {
    var slab = Slab<Int32>()
    for number in 0..<1_000 { slab.append(Int32(number)) }
    #expect(Array(slab) == Array(0..<1_000))
    #expect(Array(Slab(repeating: 7, count: 3)) == [7, 7, 7])
  }
}
