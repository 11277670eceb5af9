import Foundation

/// The cases that do not apply, as the table in `Divergences.md` lists them.
enum Divergences {
  static let ids: Set<String> = {
    let url = Bundle.module.url(forResource: "Divergences", withExtension: "md")
    guard let url, let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
    return Set(
      text.split(separator: "\n").compactMap { line in
        line.firstMatch(of: /^\| `([^`]+)` \|/).map { String($0.output.1) }
      })
  }()
}
