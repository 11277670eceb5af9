import Documents
import Experiments
import Statistics

/// An experiment's file as read, before its points are made.
struct DesignDraft {
  enum Kind: String, CaseIterable {
    /// All combinations of levels.
    case factorial
    /// The listed points.
    case points
    case latinHypercube
    case sobol
    /// Rows from which Sobol indices are estimated, so many and as many again for each factor and
    /// once more.
    case sobolIndices

    /// Whether factors are sampled, which then may be ranges.
    var isSampled: Bool { self == .latinHypercube || self == .sobol || self == .sobolIndices }
  }

  struct ListedPoint {
    /// By factor.
    var levels: [FactorDraft.Level]
  }

  var scenario: DocumentCursor?
  var seed: UInt64?
  var kind = Kind.factorial
  /// Points of a sampled design.
  var count = 0
  var factors: [FactorDraft] = []
  var points: [ListedPoint] = []
  var replications = ReplicationDraft.fixed(20)
  var isAntithetic = false
  var baseline: DocumentCursor?
  var responses: [DesignedExperiment.Response] = []
  /// Where the file gives each response.
  var responsePlaces: [DocumentCursor] = []
  var claims: [ClaimDraft] = []

  enum ReplicationDraft {
    case fixed(Int)
    case sequential(response: String, place: DocumentCursor, StoppingRule)
  }

  struct ClaimDraft {
    var claim: ResponseClaim
    /// The points it is about; nil is all.
    var at: DocumentCursor?
  }
}
