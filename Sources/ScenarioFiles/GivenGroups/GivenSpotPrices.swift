import AWSObjects
import Documents
import Scenarios

extension ScenarioReader {
  /// Reads the file of `spotPrices` (the answer of `aws ec2 describe-spot-price-history`).
  func spotPrices(_ cursor: DocumentCursor) -> SpotPriceList? {
    guard let file = document(cursor) else { return nil }
    var prices = SpotPriceList()
    for document in AnswerTranscript.answers(in: file.text, file: file.path, sink: sink) {
      guard let answer = AWSAnswer(document, file: file.path, sink: sink) else { continue }
      if case .spotPrices(let found) = answer {
        prices.add(found, source: file.path)
      } else {
        cursor.warning("what '\(answer.call)' says has no spot prices")
      }
    }
    if prices.isEmpty, !sink.hasErrors {
      cursor.error(
        "the file has no spot price of Linux", suggestion: "aws ec2 describe-spot-price-history")
    }
    return prices
  }
}

extension AnswerTranscript {
  /// The documents of a text that is JSON alone or has a terminal's words around it.
  static func answers(in text: String, file: String, sink: DiagnosticSink) -> [DocumentNode] {
    let isBare = text.first { !$0.isWhitespace }.map { $0 == "{" || $0 == "[" } ?? false
    return isBare
      ? DocumentReader.read(text, file: file, sink: sink)
      : documents(in: text, file: file, sink: sink)
  }
}
