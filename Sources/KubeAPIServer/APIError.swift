/// Why the API server refuses a request: a Status object's facts, and the sentence people read.
///
/// The sentences are those of apimachinery `api/errors` 1.36.
public struct APIError: Error, Sendable, Hashable {
  public enum Reason: String, Sendable, Hashable, CaseIterable {
    case badRequest = "BadRequest"
    case forbidden = "Forbidden"
    case notFound = "NotFound"
    case alreadyExists = "AlreadyExists"
    case conflict = "Conflict"
    case invalid = "Invalid"
    case tooManyRequests = "TooManyRequests"
  }

  public var reason: Reason
  public var message: String
  /// What is wrong with which field (`Invalid` only): `spec.replicas: Invalid value: -1: …`.
  public var causes: [String] = []
  public var resource: APIResource?
  public var name: String

  private init(
    _ reason: Reason, _ message: String, resource: APIResource? = nil, name: String = "",
    causes: [String] = []
  ) {
    self.reason = reason
    self.message = message
    self.resource = resource
    self.name = name
    self.causes = causes
  }

  /// The HTTP status.
  public var code: Int {
    switch reason {
    case .badRequest: 400
    case .forbidden: 403
    case .notFound: 404
    case .alreadyExists, .conflict: 409
    case .invalid: 422
    case .tooManyRequests: 429
    }
  }
}

extension APIError {
  public static func notFound(_ resource: APIResource, _ name: String) -> APIError {
    APIError(
      .notFound, "\(resource.qualifiedPlural) \"\(name)\" not found", resource: resource,
      name: name)
  }

  public static func alreadyExists(_ resource: APIResource, _ name: String) -> APIError {
    APIError(
      .alreadyExists, "\(resource.qualifiedPlural) \"\(name)\" already exists",
      resource: resource, name: name)
  }

  public static func conflict(
    _ resource: APIResource, _ name: String,
    because why: String = "the object has been modified; please apply your changes to the latest "
      + "version and try again"
  ) -> APIError {
    APIError(
      .conflict,
      "Operation cannot be fulfilled on \(resource.qualifiedPlural) \"\(name)\": \(why)",
      resource: resource, name: name)
  }

  public static func forbidden(
    _ resource: APIResource, _ name: String, because why: String
  ) -> APIError {
    APIError(
      .forbidden, "\(resource.qualifiedPlural) \"\(name)\" is forbidden: \(why)",
      resource: resource, name: name)
  }

  /// `causes`: at least one of `path: what is wrong`.
  public static func invalid(
    _ resource: APIResource, _ name: String, causes: [String]
  ) -> APIError {
    APIError(
      .invalid,
      "\(resource.qualifiedKind) \"\(name)\" is invalid: \(aggregate(causes))",
      resource: resource, name: name, causes: causes)
  }

  public static func badRequest(_ message: String) -> APIError { APIError(.badRequest, message) }

  /// What the Eviction subresource answers when a budget is used up.
  public static func evictionRefused(pod: String, budget: String) -> APIError {
    APIError(
      .tooManyRequests,
      "Cannot evict pod as it would violate the pod's disruption budget.",
      resource: .pods, name: pod,
      causes: ["The disruption budget \(budget) does not allow any evictions now"])
  }

  /// One message as it is, several in brackets, repeats once (`utilerrors.Aggregate`).
  static func aggregate(_ messages: [String]) -> String {
    var seen: Set<String> = []
    let distinct = messages.filter { seen.insert($0).inserted }
    return distinct.count == 1 ? distinct[0] : "[\(distinct.joined(separator: ", "))]"
  }
}

extension APIError: CustomStringConvertible {
  public var description: String { message }

  /// What kubectl prints: `Error from server (NotFound): pods "x" not found`.
  public var kubectlText: String {
    guard reason == .invalid, let resource else {
      return "Error from server (\(reason.rawValue)): \(message)"
    }
    let head = "The \(resource.kind) \"\(name)\" is invalid: "
    return causes.count == 1
      ? head + causes[0] : head + causes.map { "\n* \($0)" }.joined()
  }
}
