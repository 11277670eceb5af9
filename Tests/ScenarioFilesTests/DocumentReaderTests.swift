import Documents
import ScenarioFiles
import Testing

struct DocumentReaderTests {
  private func read(
    _ text: String, file: String = "f.yaml"
  ) -> (documents: [DocumentNode], errors: [String]) {
    let sink = DiagnosticSink()
    let documents = DocumentReader.read(text, file: file, sink: sink)
    return (documents, sink.sorted.map(\.description))
  }

  @Test("every node knows its line and column, and scalars keep their text")
  func places() throws {
    let node = try #require(read("a: 1\nb:\n  - c: 0.10\n    d: \"x\"\n").documents.first)
    let item = try #require(node["b"]?.elements?.first)
    #expect(item["c"]?.line == 3 && item["c"]?.column == 8)
    #expect(item["c"]?.scalarText == "0.10")
    guard case .text = item["d"]?.content else {
      Issue.record("a quoted scalar is text")
      return
    }
  }

  @Test("anchors, aliases and merge keys are resolved; what stands in the mapping wins")
  func merge() throws {
    let text = """
      base: &b {cpu: 1, memory: 2}
      other: &o {cpu: 5, disk: 6}
      one: {<<: *b, cpu: 3}
      two: {<<: [*b, *o]}
      """
    let node = try #require(read(text).documents.first)
    #expect(node["one"]?["cpu"]?.intValue == 3 && node["one"]?["memory"]?.intValue == 2)
    #expect(node["two"]?["cpu"]?.intValue == 1 && node["two"]?["disk"]?.intValue == 6)
  }

  @Test("several documents, empty ones, nulls and octal numbers")
  func documents() throws {
    let documents = read("---\na: ~\nmode: 0644\n---\n---\nb: null\n").documents
    #expect(documents.count == 3)
    #expect(documents[0]["a"]?.isNull == true && documents[0]["mode"]?.intValue == 420)
    #expect(documents[1].isNull)
    #expect(read("").documents.isEmpty && read("# nothing\n").errors.isEmpty)
  }

  @Test("a text that begins with a bracket may be JSON or YAML in flow style")
  func sniffing() {
    #expect(read("{\"a\": [1, 2]}").documents.first?["a"]?.elements?.count == 2)
    #expect(read("{a: [1, 2,], }").documents.first?["a"]?.elements?.count == 2)
    #expect(read("\u{FEFF}{\"a\": 1}").documents.count == 1)
    #expect(
      read("{a: 1}", file: "f.json").errors == [
        "f.json:1:2: error: not JSON: expected a key in quotes at byte 1"
      ])
  }

  @Test(
    "what JSON does not call a number is none", arguments: ["0x10", "01", "1.", ".5", "-", "1e"])
  func numbers(word: String) {
    let found = read("{\"a\": \(word)}", file: "f.json")
    #expect(
      found.errors == [
        "f.json:1:7: error: not JSON: expected a value, found '\(word)' at byte 6"
      ])
    #expect(read("{\"a\": [0, -1.5e+3]}", file: "f.json").errors.isEmpty)
  }

  @Test("broken JSON is told with its line, column and byte")
  func brokenJSON() throws {
    #expect(
      read("{\"a\": [1,\n  2,\n  oops]}", file: "f.json").errors == [
        "f.json:3:3: error: not JSON: expected a value, found 'oops' at byte 17"
      ])
    #expect(
      read("{\"a\": \"b", file: "f.json").errors == [
        "f.json:1:9: error: not JSON: a string without its closing quote at byte 8"
      ])
  }

  @Test("JSON nested deeper than any object is refused, not crashed on")
  func deepJSON() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try JSONReader.read(nested(JSONReader.depthLimit))
    for depth in [JSONReader.depthLimit + 1, 1_000_000] {
      let error = #expect(throws: JSONReader.SyntaxError.self) {
        try JSONReader.read(nested(depth))
      }
      #expect(error?.byte == JSONReader.depthLimit)
    }
  }

  @Test(
    "templates are refused as such, with their line and what to do",
    arguments: [
      ("a: 1\nb: {{ .Values.x }}\n", "f.yaml:2:4: error: this is a template", "helm template"),
      ("a:\n{{- if .Values.on }}\n  b: 1\n{{- end }}\n", "f.yaml:2:1: error", "helm template"),
      ("name: web-{{.Index}}\n", "f.yaml:1:7: error: this is a template, not YAML: {{.Index}}", ""),
      ("a: 1\nreplicas: ${REPLICAS}\n", "f.yaml:2:11: error: this is a template", "envsubst"),
    ])
  func templates(text: String, start: String, hint: String) {
    let (documents, errors) = read(text)
    #expect(documents.isEmpty && errors.count == 1)
    #expect(errors.first?.hasPrefix(start) == true && errors.first?.contains(hint) == true)
  }

  @Test("braces in quoted text, block text, comments and shell commands are no template")
  func noTemplates() {
    let text = """
      a: "{{ $labels.x }} ${Y}"
      b: |
        {{ range .items }}
      # {{ comment }}
      args:
      - --name=${NAME}
      c: $(VAR)
      """
    let (documents, errors) = read(text)
    #expect(documents.count == 1 && errors.isEmpty)
  }

  @Test(
    "what is not YAML is refused where it goes wrong",
    arguments: [
      ("a: b: c\n", "f.yaml:1:5: error: not YAML"), ("a: [1, 2\n", "f.yaml:2:1: error: not YAML"),
      ("a: *x\n", "f.yaml:1:4: error: not YAML: found undefined alias"),
      ("\ta: 1\n", "f.yaml:1:1: error: not YAML"),
      ("a: 1\nb:\n  c: 1\n  c: 2\n", "f.yaml:4:3: error: the key 'c' is there twice"),
      (
        "kind: A\nx: 1\nkind: B\n",
        "f.yaml:3:1: error: the key 'kind' is there twice (is '---' missing between two objects?)"
      ),
      ("? [a]\n: b\n", "f.yaml:1:3: error: a key must be text"),
    ])
  func mistakes(text: String, start: String) {
    let (documents, errors) = read(text)
    #expect(documents.isEmpty)
    #expect(errors.count == 1 && errors[0].hasPrefix(start), "\(errors)")
  }

  @Test("texts made to exhaust a parser are refused")
  func bombs() {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...20 {
      let alias = "*a\(level - 1)"
      bomb +=
        "a\(level): &a\(level) [\(Array(repeating: alias, count: 10).joined(separator: ", "))]\n"
    }
    #expect(read(bomb).errors.first?.contains("aliases repeat too much") == true)
    #expect(read(String(repeating: "[", count: 100_000)).errors.first?.contains("deep") == true)
    #expect(read(String(repeating: "- ", count: 100_000)).errors.first?.contains("deep") == true)
    let braces = String(repeating: "{\"a\":", count: 100_000)
    #expect(read(braces).errors.first?.contains("deep") == true)
  }
}
