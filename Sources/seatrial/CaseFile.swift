import Documents
import Foundation

/// A recorded case on disk.
enum CaseFile {
  /// Reads a case; says everything that is wrong with the file and ends with its exit status.
  static func read<Case>(_ path: String, as reading: (DocumentCursor) -> Case?) throws -> Case {
    guard let data = FileManager.default.contents(atPath: path) else {
      Console.complain("\(path): error: no such file")
      throw Status.missingInput
    }
    let sink = DiagnosticSink()
    var found: Case?
    do throws(JSONReader.SyntaxError) {
      let document = try JSONReader.read(String(decoding: data, as: UTF8.self))
      found = reading(DocumentCursor(document, file: path, sink: sink))
    } catch {
      sink.report(
        Diagnostic(
          severity: .error, file: path, line: error.line, column: error.column, path: "",
          message: "not JSON: \(error.message) at byte \(error.byte)"))
    }
    try Console.report(sink.sorted)
    guard let found else { throw Status.wrongInput }
    return found
  }
}
