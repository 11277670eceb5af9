/// Ranks devices for resource claims; no pod here has any, so that every node scores 0
/// (`plugins/dynamicresources` 1.36 is not skipped even then).
struct DynamicResources: ScorePlugin {
  let name = PluginName.dynamicResources

  func score(
    _ rows: [NodeIndex], _ cycle: CycleState, _ snapshot: inout SchedulerSnapshot,
    into scores: inout [Int64]
  ) -> ScoreOutcome {
    .uniform(0)
  }
}
