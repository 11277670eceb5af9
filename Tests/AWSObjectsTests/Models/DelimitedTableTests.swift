import AWSObjects
import Documents
import Testing

@Suite struct DelimitedTableTests {
  @Test("Quotes may hold commas, quotes and line ends, and places are those of the file")
  func readsQuotedCells() {
    let sink = DiagnosticSink()
    let table = DelimitedTable(
      "name,note\r\n# a comment\r\na,\"one, \"\"two\"\"\nthree\"\r\n\r\nb,plain\r\nc,\r\n",
      file: "t.csv", required: ["name"], sink: sink)
    #expect(table.columns == ["name", "note"])
    #expect(table.rows.map { $0.text("note") } == ["one, \"two\"\nthree", "plain", nil])
    #expect(table.rows.map(\.line) == [3, 6, 7])
    #expect(sink.diagnostics.isEmpty)
  }

  @Test("A missing column is reported once, with the nearest one there is")
  func reportsMissingColumns() {
    let sink = DiagnosticSink()
    _ = DelimitedTable("nam,x\na,b\n", file: "t.csv", required: ["name"], sink: sink)
    #expect(
      sink.sorted.map(\.description) == [
        "t.csv:1:1: error: column 'name' is missing (did you mean 'nam'?)"
      ])
  }

  @Test("An empty text has no columns and no rows")
  func readsNothing() {
    let table = DelimitedTable("", file: "t.csv", required: [], sink: DiagnosticSink())
    #expect(table.columns.isEmpty)
    #expect(table.rows.isEmpty)
  }

  @Test("The last line needs no line end")
  func readsAnUnfinishedLine() {
    let table = DelimitedTable(
      "a,b\n1,2", file: "t.csv", required: [], sink: DiagnosticSink())
    #expect(table.rows.map { $0.int("b") } == [2])
  }
}
