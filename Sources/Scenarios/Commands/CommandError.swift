/// A command line that is not understood: the sentence, and where in the text.
public struct CommandError: Error, Sendable, Hashable {
  /// What the real program prints where that is known, else ours.
  public var message: String
  /// Where the offending word starts, in UTF-8 code units from the start of the text.
  public var offset: Int
  /// What would be right.
  public var suggestion: String?

  public init(_ message: String, at offset: Int, suggestion: String? = nil) {
    self.message = message
    self.offset = offset
    self.suggestion = suggestion
  }
}

extension CommandError: CustomStringConvertible {
  public var description: String { message + (suggestion.map { " (\($0))" } ?? "") }
}
