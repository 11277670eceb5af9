import Documents
import Scenarios
import TimeUnits

extension ScenarioReader {
  /// What stands in for a command that is not understood.
  private static let standIn = Command.aws(.describeAutoScalingGroups(names: []), region: nil)

  /// One entry for each element of the list, so that complaints find their place.
  func timeline(_ cursor: DocumentCursor) -> [TimelineEntry] {
    cursor.elements().map { element in
      guard element.expectMapping() else {
        return TimelineEntry(at: .zero, text: "", command: Self.standIn)
      }
      let at = element.required("at")?.time()
      let run = element.required("run")
      let text = run?.string()
      var command: Command?
      if let run, let text {
        do throws(CommandError) {
          command = try CommandParser.parse(text)
        } catch {
          report(error.message, error.suggestion, at: error.offset, in: run)
        }
      }
      element.reportUnknownFields()
      return TimelineEntry(
        at: at ?? .zero, text: text ?? "", command: command ?? Self.standIn,
        place: place(of: run ?? element))
    }
  }
}
