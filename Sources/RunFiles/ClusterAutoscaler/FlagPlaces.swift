import Foundation
import KubernetesObjects

/// Where the flags of a Deployment stand in its file: a reader of manifests keeps the places of
/// objects only.
struct FlagPlaces {
  private var lines: [Substring] = []
  private let start: ManifestPlace

  init(_ place: ManifestPlace) {
    start = place
    guard let text = try? String(contentsOfFile: place.file, encoding: .utf8) else { return }
    let all = text.split(separator: "\n", omittingEmptySubsequences: false)
    lines = all.dropFirst(place.line - 1).prefix { !$0.hasPrefix("---") }
  }

  /// The first mention of a flag, or where the object begins.
  func place(of flag: String) -> (line: Int, column: Int) {
    for (offset, line) in lines.enumerated() where !line.drop(while: { $0 == " " }).hasPrefix("#") {
      var rest = line[...]
      while let found = rest.range(of: "--\(flag)") {
        let isWhole = found.upperBound == line.endIndex || !isPart(line[found.upperBound])
        if isWhole {
          let column = line.distance(from: line.startIndex, to: found.lowerBound) + 1
          return (start.line + offset, column)
        }
        rest = line[found.upperBound...]
      }
    }
    return (start.line, 1)
  }

  /// Whether a letter after a flag's name makes it the name of another.
  private func isPart(_ letter: Character) -> Bool {
    letter.isLetter || letter.isNumber || letter == "-" || letter == "_"
  }
}
