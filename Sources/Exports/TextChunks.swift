/// Gathers small texts, so that a sink that is a file gets few large ones.
struct TextChunks {
  private var text = ""

  /// Bytes gathered before they go to the sink.
  private static let size = 1 << 16

  mutating func write(_ piece: String, to sink: inout some TextOutputStream) {
    text += piece
    if text.utf8.count >= Self.size { flush(to: &sink) }
  }

  /// Hands over what is left; the last call.
  mutating func flush(to sink: inout some TextOutputStream) {
    sink.write(text)
    text.removeAll(keepingCapacity: true)
  }
}
