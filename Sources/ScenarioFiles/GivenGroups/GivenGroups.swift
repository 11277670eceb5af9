import AWSObjects
import Documents
import Foundation
import Scenarios

/// Node groups that other files than the scenario describe.
struct GivenGroups {
  /// Where they are; nil if nothing says it.
  var region: Region?
  /// The control plane's version; nil if nothing says it.
  var version: String?
  var groups: [NodeGroupSpec] = []
  /// Whether the scenario names any such file, readable or not.
  var isNamed = false
}

extension ScenarioReader {
  /// Reads the files of `clusterConfig` (eksctl) and `autoScalingGroups` (answers of the AWS CLI).
  func givenGroups(_ cloud: DocumentCursor) -> GivenGroups {
    var given = GivenGroups()
    if let cursor = cloud.field("clusterConfig") {
      given.isNamed = true
      if let file = document(cursor), let config = clusterConfig(cursor, file) {
        given.region = config.region
        given.version = config.version
        given.groups += config.nodeGroups.map { NodeGroupSpec($0) }
      }
    }
    if let cursor = cloud.field("autoScalingGroups") {
      given.isNamed = true
      let named = cursor.node.elements == nil ? [cursor] : cursor.elements()
      var answers = GroupAnswers(sink: sink)
      for cursor in named {
        guard let file = document(cursor) else { continue }
        answers.read(file, cursor)
      }
      let groups = answers.specs()
      if groups.isEmpty, !named.isEmpty, !sink.hasErrors {
        cursor.error(
          "the files describe no Auto Scaling group",
          suggestion: "aws autoscaling describe-auto-scaling-groups")
      }
      given.region = given.region ?? groups.first?.zones.first?.region
      given.groups += groups
    }
    return given
  }

  /// The text of a file that a field names.
  func document(_ cursor: DocumentCursor) -> GivenFile? {
    guard let reference = reference(cursor) else { return nil }
    guard let data = FileManager.default.contents(atPath: reference.path) else {
      cursor.error("no such file: '\(reference.written)'")
      return nil
    }
    guard let text = String(data: data, encoding: .utf8) else {
      cursor.error("not UTF-8 text: '\(reference.written)'")
      return nil
    }
    return GivenFile(path: reference.path, text: text)
  }

  private func clusterConfig(_ cursor: DocumentCursor, _ file: GivenFile) -> ClusterConfig? {
    let documents = DocumentReader.read(file.text, file: file.path, sink: sink)
      .filter { !$0.isNull }
    guard let document = documents.first(where: ClusterConfig.isOne) ?? documents.first else {
      if !sink.hasErrors { cursor.error("the file is empty") }
      return nil
    }
    return ClusterConfig(document, file: file.path, sink: sink)
  }
}

/// A file that the scenario names, with its text.
struct GivenFile {
  var path: String
  var text: String
}

extension [NodeGroupSpec] {
  /// Where a value of a group stands that another file describes; nil for any other path.
  func origin(of path: String) -> GroupOrigin? {
    let start = "spec.cloud.nodeGroups["
    guard path.hasPrefix(start) else { return nil }
    let rest = path.dropFirst(start.count)
    guard let index = Int(rest.prefix { $0 != "]" }), indices.contains(index),
      var origin = self[index].origin
    else { return nil }
    origin.path += rest.drop { $0 != "]" }.dropFirst()
    return origin
  }
}
