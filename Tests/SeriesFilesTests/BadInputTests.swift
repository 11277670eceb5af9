import SeriesFiles
import Testing

/// Everything that is wrong with a file comes at once, with its place.
@Suite struct BadInputTests {
  @Test("NaN, words, ragged rows, bad times and times that go back, each at its place")
  func everything() {
    let (series, said) = SeriesTexts.nab(
      """
      timestamp,value
      2014-02-14 00:05:00,NaN
      2014-02-14 00:10:00,high
      2014-02-14 00:15:00
      14.2.2014,3
      2014-02-14 00:12:00,4
      2014-02-14 00:20:00,inf
      """)
    #expect(series == nil)
    let file = "data/realAWS/a.csv"
    #expect(
      said == [
        "\(file):2:21: error: value: expected a number, found \"NaN\"",
        "\(file):3:21: error: value: expected a number, found \"high\"",
        "\(file):4:1: error: 1 cells where there are 2 columns",
        "\(file):5:1: error: timestamp: expected a time such as 2014-02-14 14:30:00, found "
          + "\"14.2.2014\"",
        "\(file):7:21: error: value: expected a number, found \"inf\"",
      ])
  }

  @Test("A time before the one above names both lines and what can be done")
  func unsorted() {
    let (_, said) = SeriesTexts.nab(
      "timestamp,value\n2014-02-14 00:05:00,1\n2014-02-14 00:00:00,2\n")
    #expect(said.count == 1)
    #expect(said[0].hasPrefix("data/realAWS/a.csv:3:1: error: timestamp: 2014-02-14 00:00:00 is "))
    #expect(said[0].contains("before the time in line 2") && said[0].contains("unsorted: keep"))
  }

  @Test(
    "Empty files and wrong columns", arguments: ["", "\n \n", "\u{FEFF}"])
  func empty(text: String) {
    let (series, said) = SeriesTexts.nab(text)
    #expect(series == nil && said == ["data/realAWS/a.csv:1:1: error: the file is empty"])
  }

  @Test("A header alone, and a column that is spelled otherwise")
  func header() {
    #expect(
      SeriesTexts.nab("timestamp,value\n").said
        == ["data/realAWS/a.csv:1:1: error: there are no rows with values"])
    #expect(
      SeriesTexts.nab("timestamp,valeu\n2014-02-14 00:00:00,1\n").said
        == [
          "data/realAWS/a.csv:1:1: error: column 'value' is missing (did you mean 'valeu'?)"
        ])
  }

  @Test("A series without windows is named with the nearest that has some")
  func noWindows() {
    let (_, said) = SeriesTexts.nab(
      "timestamp,value\n2014-02-14 00:00:00,1\n", file: "realAWS/b.csv")
    #expect(
      said == [
        "realAWS/b.csv: error: w.json has no windows for 'realAWS/b.csv' "
          + "(did you mean 'realAWS/a.csv'?)"
      ])
  }

  @Test("A label is 0 or 1")
  func labels() {
    let (series, said) = SeriesTexts.read {
      SeriesFiles.microsoft(
        "TimeStamp,Value,Label\n2018-07-03 14:00:00,1,2\n2018-07-03 15:00:00,1,\n",
        file: "m.csv", sink: $0)
    }
    #expect(series == nil)
    #expect(
      said == [
        "m.csv:2:23: error: Label: expected 0 or 1, found \"2\"",
        "m.csv:3:1: error: Label: expected 0 or 1, found nothing",
      ])
  }

  @Test("Of a file that is all wrong the first mistakes come in full, the rest as a number")
  func many() {
    let rows = (0..<100).map { "2014-02-14 00:00:\($0 % 60 < 10 ? "0" : "")\($0 % 60),x" }
    let (_, said) = SeriesTexts.nab(
      "timestamp,value\n" + rows.joined(separator: "\n"), unsorted: .keep)
    #expect(said.count == 21)
    #expect(said.contains { $0.contains("more of the same file") })
  }

  @Test(
    "Windows and annotations that are none",
    arguments: [
      ("{\"a\": [[\"2014-02-14 00:00:00\"]]}", "w.json:1:8: error: a[0]: a window has a start"),
      (
        "{\"a\": [[\"2014-02-14 00:10:00\", \"2014-02-14 00:00:00\"]]}",
        "w.json:1:8: error: a[0]: the window ends before it starts"
      ),
      ("{\"a\": [", "w.json:1:8: error: not JSON"), ("", "w.json:1:1: error: the file is empty"),
      ("{\"a\": [[\"soon\", \"2014-02-14 00:00:00\"]]}", "w.json:1:9: error: a[0][0]: expected a"),
    ])
  func windows(text: String, expected: String) {
    let (windows, said) = SeriesTexts.read { NABWindows(text, file: "w.json", sink: $0) }
    #expect(windows == nil)
    #expect(said.count == 1 && said.first?.hasPrefix(expected) == true, "\(said)")
  }

  @Test(
    "JSON series that cannot be used",
    arguments: [
      ("{\"name\": \"plan\", \"series\": [{\"raw\": [1]}]}", "did you mean 'plain'?"),
      ("{\"name\": \"plain\", \"n_dim\": 2, \"series\": [{\"raw\": [1]}]}", "one dimension"),
      ("{\"name\": \"plain\", \"n_obs\": 3, \"series\": [{\"raw\": [1]}]}", "n_obs is 3"),
      ("{\"name\": \"plain\", \"series\": [{\"raw\": [1, \"x\"]}]}", "expected a number"),
      ("{\"name\": \"plain\", \"series\": [{\"raw\": []}]}", "there are no values"),
      ("{\"name\": \"odd\", \"series\": [{\"raw\": [1, 2]}]}", "beyond the 2 values"),
      ("[1, NaN]", "not JSON"),
    ])
  func series(text: String, expected: String) {
    let (series, said) = SeriesTexts.tcpd(text)
    #expect(series == nil)
    #expect(said.contains { $0.contains(expected) && $0.contains("error") }, "\(said)")
  }
}
