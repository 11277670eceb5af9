/// Why the API server refuses a write: the facts, and the sentence a person reads.
public enum Refusal: Error, Sendable, Hashable {
  case notFound(resource: String, name: String)
  case alreadyExists(resource: String, name: String)
  case conflict(resource: String, name: String)
  case alreadyBound(pod: String, node: String)
  /// What admission says no to.
  case refused(code: Int, reason: String, message: String)

  public var code: Int {
    switch self {
    case .notFound: 404
    case .alreadyExists, .conflict, .alreadyBound: 409
    case .refused(let code, _, _): code
    }
  }

  /// The reason as `kubectl` names it.
  public var reason: String {
    switch self {
    case .notFound: "NotFound"
    case .alreadyExists: "AlreadyExists"
    case .conflict, .alreadyBound: "Conflict"
    case .refused(_, let reason, _): reason
    }
  }

  /// The message of the real API server ([36] apimachinery `api/errors`, registry `core/pod`).
  public var message: String {
    switch self {
    case .notFound(let resource, let name): "\(resource) \"\(name)\" not found"
    case .alreadyExists(let resource, let name): "\(resource) \"\(name)\" already exists"
    case .conflict(let resource, let name):
      "Operation cannot be fulfilled on \(resource) \"\(name)\": the object has been modified; "
        + "please apply your changes to the latest version and try again"
    case .alreadyBound(let pod, let node):
      "Operation cannot be fulfilled on pods/binding \"\(pod)\": pod \(pod) is already assigned "
        + "to node \"\(node)\""
    case .refused(_, _, let message): message
    }
  }
}
