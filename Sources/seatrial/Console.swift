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

  /// A text and a line end; where they cannot be written, says so and ends with its status.
  static func print(_ text: String) {
    Swift.print(text)
    guard fflush(nil) != 0 else { return }
    complain("seatrial: standard output: \(String(cString: strerror(errno)))")
    Foundation.exit(Status.cannotCreate.rawValue)
  }

  /// Bytes as they are, at once; where they cannot be written, says so and ends with its status.
  static func write(_ bytes: [UInt8]) throws {
    do { try FileHandle.standardOutput.write(contentsOf: Data(bytes)) } catch {
      complain("seatrial: standard output: \(error.localizedDescription)")
      throw Status.cannotCreate
    }
  }

  /// A whole file, or all of standard input for `-`; says what is wrong and ends with its exit
  /// status.
  static func input(_ path: String) throws -> [UInt8] {
    if path == "-" { return [UInt8](FileHandle.standardInput.readDataToEndOfFile()) }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      complain("\(path): error: no such file")
      throw Status.missingInput
    }
    guard !isFolder.boolValue, let data = FileManager.default.contents(atPath: path) else {
      complain("\(path): error: \(isFolder.boolValue ? "a folder" : "cannot be read")")
      throw isFolder.boolValue ? Status.wrongInput : Status.missingInput
    }
    return [UInt8](data)
  }

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
