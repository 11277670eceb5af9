import Documents
import Scenarios

extension ScenarioReader {
  /// One for each element of the list, so that complaints find their place.
  func arrivals(_ cursor: DocumentCursor) -> [ArrivalReference] {
    cursor.elements().map { element in
      let nothing = ManifestReference(written: "", path: "")
      guard element.expectMapping() else {
        return ArrivalReference(pods: nothing, lifetimes: nothing)
      }
      let pods = element.required("pods").flatMap(reference)
      let lifetimes = element.required("lifetimes").flatMap(reference)
      element.reportUnknownFields()
      return ArrivalReference(pods: pods ?? nothing, lifetimes: lifetimes ?? nothing)
    }
  }
}
