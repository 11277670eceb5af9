import Documents
import KubernetesObjects
import ScenarioFiles
import Testing

/// Random bytes and mutated manifests never crash the readers.
struct ReaderFuzzTests {
  /// SplitMix64: a fixed seed gives the same texts in every run.
  private struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  private static let manifest = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, labels: &l {app: web}}
    spec:
      replicas: 3
      strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 1}}
      selector: {matchLabels: *l}
      template:
        metadata: {labels: {<<: *l}}
        spec:
          tolerations: [{key: k, operator: Exists, effect: NoExecute, tolerationSeconds: 5}]
          topologySpreadConstraints:
          - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}
          containers:
          - name: c1
            image: "nginx:1.2"
            resources: {requests: {cpu: 100m, memory: 1.5Gi}, limits: {cpu: 2e0, memory: 2Gi}}
            ports: [{containerPort: 80, hostPort: 8080}]
    ---
    apiVersion: v1
    kind: LimitRange
    metadata: {name: l}
    spec: {limits: [{type: Container, max: {cpu: 4}, default: {memory: 128Mi}}]}
    ---
    {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n", "creationTimestamp":
      "2024-01-01T00:00:00Z"}, "status": {"capacity": {"cpu": "2", "pods": "29"}}}
    """

  private static let pieces = [
    "{", "}", "[", "]", ":", "-", "? ", "&a", "*a", "<<", "\"", "'", "\n", "\t", "|", ">", "%",
    "!!", "null", "-1", "1e400", "9e18Ei", "1e-99999", "\u{0}", "\u{2028}", "é", "~", "true",
    "99999999999999999999", ".", "Infinity", "nan", "2024-13-45T99:99:99Z", "${X}", "{{",
  ]

  private func check(_ text: String) {
    let sink = DiagnosticSink()
    let documents = DocumentReader.read(text, file: "f", sink: sink)
    let set = ManifestReader.read(documents.map { ($0, "f") })
    // Every complaint points into the text; YAML 1.1 breaks lines at five characters.
    let breaks: [Unicode.Scalar] = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]
    let lines = text.unicodeScalars.count { breaks.contains($0) } + 1
    for diagnostic in sink.diagnostics + set.diagnostics {
      #expect((1...lines + 1).contains(diagnostic.line), "\(diagnostic)")
    }
    #expect(set.objects.count == set.places.count)
  }

  @Test("random bytes", arguments: 0..<20)
  func bytes(seed: Int) {
    var random = Random(state: UInt64(seed))
    for _ in 0..<150 {
      let count = Int.random(in: 0..<200, using: &random)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      check(String(decoding: bytes, as: UTF8.self))
      check((0..<count / 4).map { _ in Self.pieces.randomElement(using: &random)! }.joined())
    }
  }

  @Test("mutated manifests", arguments: 0..<20)
  func mutations(seed: Int) {
    var random = Random(state: UInt64(1000 + seed))
    for _ in 0..<100 {
      var text = Array(Self.manifest.utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let start = Int.random(in: 0..<text.count, using: &random)
        let end = min(text.count, start + Int.random(in: 0..<12, using: &random))
        let piece = Self.pieces.randomElement(using: &random)!
        text.replaceSubrange(start..<end, with: Array(piece.utf8))
      }
      check(String(decoding: text, as: UTF8.self))
    }
  }

  @Test("quantities of random characters parse and print, or are refused")
  func quantities() throws {
    var random = Random(state: 7)
    let characters = Array("0123456789.+-eEinumkKMGTP ")
    var accepted = 0
    for _ in 0..<20_000 {
      let count = Int.random(in: 0..<28, using: &random)
      let text = String((0..<count).map { _ in characters.randomElement(using: &random)! })
      guard let quantity = try? Quantity(parsing: text) else { continue }
      accepted += 1
      // What it prints reads back as the same amount, unless it lies beyond the suffixes.
      let again = try Quantity(parsing: quantity.canonicalText)
      let limit = try Quantity(parsing: "1e18")
      if quantity < limit, quantity > Quantity.zero - limit {
        #expect(again == quantity, "\(text)")
      }
      _ = (quantity.value, quantity.milliValue, quantity.asApproximateDouble, quantity.hashValue)
      _ = (quantity + quantity, quantity - again)
    }
    #expect(accepted > 500)
  }
}
