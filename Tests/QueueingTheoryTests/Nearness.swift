/// The distance of a figure from its reference, relative to the reference.
func relativeError(_ value: Double, _ reference: Double) -> Double {
  abs(value - reference) / abs(reference)
}
