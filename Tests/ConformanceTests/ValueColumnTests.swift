import Conformance
import Documents
import Testing

/// Numbers out of text, and what is said of text that has none.
@Suite struct ValueColumnTests {
  private func read(_ text: String) -> (values: [Double], complaints: [String]) {
    let sink = DiagnosticSink()
    let values = ValueColumn.read(Array(text.utf8), file: "f", sink: sink)
    return (values, sink.sorted.map(\.description))
  }

  @Test(
    "a column is read with or without a heading, whatever ends its lines",
    arguments: [
      "1\n-2.5\n", "1\n-2.5", "value\n1\n-2.5\n", "latency (ms)\n1\n-2.5\n\n \n",
      "1\r\n-2.5\r\n", "\u{FEFF}value\n 1 \n\t-2.5\n", "\"x\"\n\"1\"\n\"-2.5\"\n",
    ])
  func column(text: String) {
    let (values, complaints) = read(text)
    #expect(values == [1, -2.5] && complaints.isEmpty)
  }

  @Test("of several columns the one named value is taken")
  func named() {
    let text = "time,Value,note\n1,10,a\n2,20,\"b, c\"\n3,30,\"say \"\"d\"\"\"\n"
    #expect(read(text).values == [10, 20, 30])
    #expect(read("\"VALUE\",x\n1,\n2,y\n").values == [1, 2])
  }

  @Test("numbers are read as programs print them, to the last bit")
  func numbers() {
    let texts = [
      "1.0E300", "4.9E-324", "-0.0", "Infinity", "-Infinity", "inf", "-INF", "+3", "1e-400", ".5",
      "5.", "815118.0", "1e+16",
    ]
    let expected: [Double] = [
      1e300, .leastNonzeroMagnitude, -0.0, .infinity, -.infinity, .infinity, -.infinity, 3, 0, 0.5,
      5, 815_118, 1e16,
    ]
    let (values, complaints) = read(texts.joined(separator: "\n"))
    #expect(values.map(\.bitPattern) == expected.map(\.bitPattern) && complaints.isEmpty)
  }

  @Test("every mistake is told, each with its line and column")
  func mistakes() {
    let text = "1\n2\n x\n\n1e999\nNaN\n3,4\n0x10\n1\n"
    #expect(
      read(text).complaints == [
        "f:3:2: error: 'x' is not a number",
        "f:4:1: error: a value is missing",
        "f:5:1: error: '1e999' is too large for a double",
        "f:6:1: error: NaN: every mean after it would be NaN as well",
        "f:7:1: error: 2 fields in place of 1",
        "f:8:1: error: '0x10' is not a number",
      ])
    #expect(
      read("t,value\n1,2\n3\n4,b\n5,\"6\n").complaints == [
        "f:3:1: error: 1 field in place of 2",
        "f:4:3: error: 'b' is not a number",
        "f:5:3: error: a quote that does not end in this line",
      ])
  }

  @Test("a first line with a wrong number is no heading")
  func almostHeading() {
    #expect(read("1o3\n2\n").complaints == ["f:1:1: error: '1o3' is not a number"])
    #expect(read("nan\n2\n").complaints.count == 1)
    #expect(read("\n2\n").complaints == ["f:1:1: error: a value is missing"])
  }

  @Test("where it is not clear which column, that alone is said")
  func unclear() {
    #expect(
      read("a,b\nx,y\n").complaints == [
        "f:1:1: error: none of the 2 columns 'a', 'b' is named 'value' "
          + "(name the one to take 'value')"
      ])
    #expect(
      read("1,2\n3,4\n").complaints == [
        "f:1:1: error: 2 columns without a heading "
          + "(give one column, or name one of them 'value' in a first line)"
      ])
    #expect(
      read("value,Value\n1,2\n").complaints == [
        "f:1:7: error: 2 columns are named 'value'"
      ])
  }

  @Test("a text without a number is an error, and so are bytes that are no text")
  func empty() {
    for text in ["", "\n\n", "value\n", "t,value\n"] {
      #expect(read(text).complaints == ["f: error: there is no number in it"], "\(text)")
    }
    let sink = DiagnosticSink()
    #expect(ValueColumn.read([0x31, 0x0A, 0xFF], file: "f", sink: sink).isEmpty)
    #expect(sink.sorted.map(\.description) == ["f: error: not UTF-8 text"])
  }

  @Test("of very many mistakes the first hundred are told, and how many more there are")
  func many() {
    let complaints = read("1\n" + String(repeating: "x\n", count: 250)).complaints
    #expect(complaints.count == 101)
    #expect(complaints.contains("f: error: 150 more lines are wrong"))
  }
}
