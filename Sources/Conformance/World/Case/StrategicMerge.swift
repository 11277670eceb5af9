import Documents

/// A strategic merge patch, as far as recordings use it: mappings merge, `containers` merge by
/// name, null removes, everything else is replaced.
///
/// k8s.io/apimachinery util/strategicpatch, 1.36.
enum StrategicMerge {
  static func apply(_ patch: DocumentNode, to original: DocumentNode) -> DocumentNode {
    guard let changes = patch.entries, var entries = original.entries else { return patch }
    for change in changes {
      let index = entries.firstIndex { $0.key == change.key }
      if change.value.isNull {
        if let index { entries.remove(at: index) }
        continue
      }
      guard let index else {
        entries.append(change)
        continue
      }
      if change.key == "containers" {
        entries[index].value = mergeByName(change.value, into: entries[index].value)
      } else {
        entries[index].value = apply(change.value, to: entries[index].value)
      }
    }
    return DocumentNode(.mapping(entries))
  }

  private static func mergeByName(
    _ patch: DocumentNode, into original: DocumentNode
  ) -> DocumentNode {
    var elements = original.elements ?? []
    for change in patch.elements ?? [] {
      let name = change["name"]?.scalarText
      if let index = elements.firstIndex(where: { $0["name"]?.scalarText == name }) {
        elements[index] = apply(change, to: elements[index])
      } else {
        elements.append(change)
      }
    }
    return DocumentNode(.sequence(elements))
  }
}
