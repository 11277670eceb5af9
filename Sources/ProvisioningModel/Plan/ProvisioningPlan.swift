public import AWSObjects
public import TimeUnits

/// The way from an empty account to a running application, told as a game of snakes and ladders:
/// phases of steps that a person does, waits for machines, set-backs (snakes) and short cuts
/// (ladders).
///
/// Left out: work on two phases at once, several people, weekends, and money.
public struct ProvisioningPlan: Sendable, Hashable {
  public var name: String
  /// The day of the first step.
  public var date: CalendarTime
  /// Where the cluster is made.
  public var region: Region
  /// Where the data of the application is.
  public var dataRegion: Region
  /// Every random stream derives from it. Default 1.
  public var seed: UInt64 = 1
  /// How many times the game is played. Default 1 000.
  public var replications = 1_000
  /// When people work.
  public var workday: Sourced<Workday>
  /// In the order in which they are done.
  public var phases: [Phase]
  /// Short cuts that can be taken.
  public var ladders: [Ladder] = []
  /// The names of the ladders that are taken. Default none.
  public var taken: [String] = []
  /// Published sentences about the whole, to hold the outcome against.
  public var claims: [Claim] = []

  public init(
    name: String, date: CalendarTime, region: Region, dataRegion: Region,
    workday: Sourced<Workday>, phases: [Phase]
  ) {
    self.name = name
    self.date = date
    self.region = region
    self.dataRegion = dataRegion
    self.workday = workday
    self.phases = phases
  }

  /// Whether the cluster is in another region than the data: the detour.
  public var isCrossRegion: Bool { region != dataRegion }

  /// Whether anything in the plan depends on the detour.
  public var speaksOfRegions: Bool {
    phases.contains { phase in
      phase.condition != nil || phase.setbacks.contains { $0.condition != nil }
    }
  }

  /// The published steps of the phases up to and with `phase`, whose step counts are published.
  public func publishedSteps(through phase: String) -> Int {
    guard let end = phases.firstIndex(where: { $0.name == phase }) else { return 0 }
    return phases[...end].reduce(0) {
      $0 + ($1.steps.provenance.mark == .published ? $1.steps.value : 0)
    }
  }
}

extension ProvisioningPlan {
  /// The hours in which people work, every day alike.
  public struct Workday: Sendable, Hashable {
    /// After midnight. Default 9 h.
    public var start: Duration
    /// Default 8 h.
    public var length: Duration

    public init(start: Duration = .seconds(9 * 3600), length: Duration = .seconds(8 * 3600)) {
      self.start = start
      self.length = length
    }
  }

  /// When a part of the plan is there at all.
  public enum Condition: String, Sendable, Hashable, CaseIterable {
    /// The cluster is in another region than the data.
    case crossRegion
  }

  /// Steps that belong together, with a title.
  public struct Phase: Sendable, Hashable {
    public var name: String
    public var title: String
    /// How many steps a person does.
    public var steps: Sourced<Int>
    /// How long one step takes.
    public var perStep: Sourced<DelayLaw>
    /// After the steps, one after the other.
    public var waits: [Wait]
    public var setbacks: [Setback]
    /// Nil is always.
    public var condition: Condition?

    public init(
      name: String, title: String, steps: Sourced<Int>, perStep: Sourced<DelayLaw>,
      waits: [Wait] = [], setbacks: [Setback] = [], condition: Condition? = nil
    ) {
      self.name = name
      self.title = title
      self.steps = steps
      self.perStep = perStep
      self.waits = waits
      self.setbacks = setbacks
      self.condition = condition
    }
  }

  /// Something machines do while a person waits.
  public struct Wait: Sendable, Hashable {
    public var what: String
    public var law: Sourced<DelayLaw>

    public init(what: String, law: Sourced<DelayLaw>) {
      self.what = what
      self.law = law
    }
  }

  /// A snake: at the end of an attempt at its phase something turns out to be wrong, and a share of
  /// the steps since `backTo` is done again.
  public struct Setback: Sendable, Hashable {
    public var what: String
    /// The probability at each attempt; those of one phase exclude one another.
    public var chance: Double
    /// The phase where the mistake was made, at most as far as the set-back's own.
    public var backTo: String
    /// The share of each phase's steps that are done again, rounded up.
    public var repeats: Double
    /// Whether everything is waited for again on the way. Default true.
    public var waitsAgain: Bool
    /// How long it takes to find out what is wrong.
    public var finding: DelayLaw
    /// How often it can happen in one game; nil is any number of times.
    public var atMost: Int?
    /// Nil is always.
    public var condition: Condition?
    public var provenance: Provenance

    public init(
      what: String, chance: Double, backTo: String, repeats: Double, waitsAgain: Bool = true,
      finding: DelayLaw, atMost: Int? = nil, condition: Condition? = nil, provenance: Provenance
    ) {
      self.what = what
      self.chance = chance
      self.backTo = backTo
      self.repeats = repeats
      self.waitsAgain = waitsAgain
      self.finding = finding
      self.atMost = atMost
      self.condition = condition
      self.provenance = provenance
    }
  }

  /// A ladder: one phase in place of several, where the last of them stood.
  public struct Ladder: Sendable, Hashable {
    public var phase: Phase
    /// The names of the phases that need not be done.
    public var skips: [String]

    public init(phase: Phase, skips: [String]) {
      self.phase = phase
      self.skips = skips
    }
  }

  /// A published sentence about the steps and the time up to the end of a phase.
  public struct Claim: Sendable, Hashable {
    public var text: String
    /// The phase at whose first end it speaks.
    public var through: String
    /// The sum of the published steps so far; nil where it says none.
    public var steps: Int?
    /// Between which times at work; nil where it speaks of days.
    public var workingTime: ClosedRange<Duration>?
    /// On which days of work, counted from 1; nil where it speaks of hours.
    public var days: ClosedRange<Int>?
    public var provenance: Provenance

    public init(
      text: String, through: String, steps: Int? = nil,
      workingTime: ClosedRange<Duration>? = nil, days: ClosedRange<Int>? = nil,
      provenance: Provenance
    ) {
      self.text = text
      self.through = through
      self.steps = steps
      self.workingTime = workingTime
      self.days = days
      self.provenance = provenance
    }
  }
}
