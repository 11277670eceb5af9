/// Objects of one kind by name, walked in the order of their creation.
struct NamedTable<Object> {
  private(set) var names: [String] = []
  private var objects: [String: Object] = [:]

  var all: [Object] { names.compactMap { objects[$0] } }
  var count: Int { names.count }

  subscript(name: String) -> Object? {
    get { objects[name] }
    set {
      let existed = objects[name] != nil
      objects[name] = newValue
      switch (existed, newValue) {
      case (false, .some): names.append(name)
      case (true, nil): names.removeAll { $0 == name }
      default: break
      }
    }
  }
}
