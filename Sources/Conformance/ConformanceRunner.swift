import Documents
import Foundation

/// Holds our decisions against folders of recordings.
public enum ConformanceRunner {
  /// Judges every `.json` file below the paths, each by the suite that recognizes it.
  ///
  /// A file's content tells its kind; folders may have any name.
  public static func run(
    _ paths: [String], suites: [any ConformanceSuite] = ConformanceSuites.all
  ) -> ConformanceReport {
    var report = ConformanceReport()
    for path in paths {
      guard let files = files(at: path) else {
        report.missing.append(path)
        continue
      }
      if files.isEmpty {
        report.skipped.append(ConformanceReport.Skipped(path: path, why: "no recording in it"))
      }
      // Files come sorted, so those of one folder follow one another.
      var unknown: [(folder: String, count: Int)] = []
      for file in files where !judge(file, suites, &report) {
        let folder = String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)])
        if unknown.last?.folder == folder {
          unknown[unknown.count - 1].count += 1
        } else {
          unknown.append((folder, 1))
        }
      }
      for (folder, count) in unknown {
        report.skipped.append(
          ConformanceReport.Skipped(path: folder, why: reason(path: folder, count: count)))
      }
    }
    report.suites.sort { $0.kind < $1.kind }
    return report
  }

  private static func reason(path: String, count: Int) -> String {
    let folder = path.split(separator: "/").last.map(String.init) ?? path
    let files = count == 1 ? "1 file" : "\(count) files"
    return ConformanceSuites.known.contains(folder)
      ? "\(files) of a kind that is not judged yet (\(folder))" : "\(files) of an unknown kind"
  }

  /// Judges one file; false if no suite knows it.
  private static func judge(
    _ file: String, _ suites: [any ConformanceSuite], _ report: inout ConformanceReport
  ) -> Bool {
    guard let data = FileManager.default.contents(atPath: file) else {
      report.missing.append(file)
      return true
    }
    let recording: DocumentNode
    do {
      recording = try JSONReader.read(String(decoding: data, as: UTF8.self))
    } catch {
      report.broken.append(
        ConformanceReport.Skipped(
          path: "\(file):\(error.line):\(error.column)",
          why: "not JSON: \(error.message) at byte \(error.byte)"))
      return true
    }
    guard let suite = suites.first(where: { $0.recognizes(recording) }) else { return false }
    let family = suite.family(of: recording)
    for judged in suite.judge(recording, at: file) {
      report.add(judged.verdict, of: suite.kind, family: family, file: judged.file)
    }
    return true
  }

  /// The recordings a path stands for, in byte order; nil if it does not exist.
  private static func files(at path: String) -> [String]? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
    guard isFolder.boolValue else { return [path] }
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    let folder = path.hasSuffix("/") ? path : path + "/"
    return names.filter { $0.hasSuffix(".json") }.map { folder + $0 }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

extension ConformanceReport {
  fileprivate mutating func add(
    _ verdict: CaseVerdict, of kind: String, family: String?, file: String
  ) {
    let index = suites.firstIndex { $0.kind == kind } ?? suites.endIndex
    if index == suites.endIndex {
      suites.append(Suite(kind: kind, cases: 0, rows: 0, equalRows: 0, differences: []))
    }
    suites[index].cases += 1
    suites[index].rows += verdict.rows
    suites[index].equalRows += verdict.equalRows
    for (name, count) in verdict.aspects {
      suites[index].aspects[name, default: AspectCount()].compared += count.compared
      suites[index].aspects[name, default: AspectCount()].equal += count.equal
    }
    if let family { suites[index].add(family, agrees: verdict.equalRows == verdict.rows) }
    if let text = verdict.firstDifference {
      suites[index].differences.append(Difference(file: file, text: text))
    }
  }
}
