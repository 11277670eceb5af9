import KubernetesObjects

/// The templates an owner has had: its ControllerRevisions.
struct RevisionHistory {
  private let owner: String
  private var templates: [(template: PodTemplate, name: String)] = []
  private var newest = 0

  init(owner: String) { self.owner = owner }

  /// The name of the template's revision; `isNew` if it had to be written: made, or made the
  /// newest again.
  mutating func record(_ template: Shared<PodTemplate>) -> (name: String, isNew: Bool) {
    guard let index = templates.firstIndex(where: { $0.template == template.value }) else {
      let name = "\(owner)-rev\(templates.count + 1)"
      templates.append((template.value, name))
      newest = templates.count - 1
      return (name, true)
    }
    let found = templates[index]
    let isNewest = index == newest
    newest = index
    return (found.name, !isNewest)
  }
}
