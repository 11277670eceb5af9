import Foundation

/// Six digits, as few signs as they take.
func digits(_ value: Double) -> String { String(format: "%.6g", value) }

/// A number with thousands apart: 81 019.
func grouped(_ value: Double) -> String {
  let digits = String(Int(value.rounded().magnitude))
  var text = ""
  for (place, digit) in digits.enumerated() {
    if place > 0, (digits.count - place) % 3 == 0 { text += " " }
    text.append(digit)
  }
  return value.rounded() < 0 ? "-" + text : text
}
