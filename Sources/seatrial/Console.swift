import ArgumentParser
import Documents
import Foundation

/// What goes to a person or a file: errors to standard error, data to standard output.
enum Console {
  /// Whether standard output is a terminal that may be colored (`NO_COLOR` is respected).
  static var isColored: Bool {
    isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
  }

  /// Columns of the terminal; 100 where there is none.
  static var width: Int {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return 100 }
    return min(Int(size.ws_col), 140)
  }

  static func print(_ text: String) { Swift.print(text) }

  static func complain(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Prints diagnostics; errors end the program with the status of wrong or missing input.
  static func report(_ diagnostics: [Diagnostic], missing: Bool = false) throws {
    for diagnostic in diagnostics { complain(diagnostic.description) }
    let errors = diagnostics.count { $0.severity == .error }
    guard errors > 0 else { return }
    complain(errors == 1 ? "1 error; nothing was run" : "\(errors) errors; nothing was run")
    throw missing ? Status.missingInput : Status.wrongInput
  }
}

/// The documented exit statuses.
enum Status {
  static let checkFailed = ExitCode(1)
  static let wrongInput = ExitCode(65)
  static let missingInput = ExitCode(66)
  static let cannotCreate = ExitCode(73)
  static let bug = ExitCode(70)
}
