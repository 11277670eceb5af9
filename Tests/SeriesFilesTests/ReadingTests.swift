import SeriesFiles
import Testing
import TimeUnits

/// What good files give.
@Suite struct ReadingTests {
  @Test("A NAB series has the windows under its path, both ends included")
  func nab() throws {
    let (series, said) = SeriesTexts.nab(
      """
      timestamp,value
      2014-02-14 00:00:00,1.5
      2014-02-14 00:05:00,2
      2014-02-14 00:10:00,-3e2
      2014-02-14 00:15:00,4
      2014-02-14 00:20:00,5

      """)
    #expect(said.isEmpty)
    let read = try #require(series)
    #expect(read.name == "realAWS/a.csv")
    #expect(read.values == [1.5, 2, -300, 4, 5])
    #expect(read.windows == [2..<4] && !read.hasOnsets)
    #expect(read.times[1] == CalendarTime(rfc3339: "2014-02-14T00:05:00Z"))
    let quiet = SeriesTexts.nab(
      "timestamp,value\n2014-02-14 00:00:00,1", file: "realAWS/quiet.csv")
    #expect(quiet.value?.windows == [])
  }

  @Test("Times that are there twice, and rows without a value, are warnings")
  func odd() throws {
    let (series, said) = SeriesTexts.read {
      SeriesFiles.microsoft(
        """
        "TimeStamp","Value","Label"\r
        "2018-04-25T00:00:00Z","6","0"\r
        "2018-04-25T00:00:00Z","7","1"\r
        "2018-04-25T00:01:00Z","","1"\r
        "2018-04-25T00:02:00Z","8","1"\r
        "2018-04-25T00:09:00Z","9","0"\r
        "2018-04-25T00:10:00Z","5","1"
        """, file: "x/m.csv", sink: $0)
    }
    let read = try #require(series)
    #expect(read.values == [6, 7, 8, 9, 5])
    #expect(read.windows == [1..<3, 4..<5] && read.hasOnsets)
    #expect(read.name == "x/m.csv")
    #expect(
      said == [
        "x/m.csv: warning: 1 row repeats the time above it: it is kept",
        "x/m.csv: warning: 1 row has no value: it is left out",
      ])
  }

  @Test("A clock that was set back is kept where that is asked for, and said")
  func clock() {
    let text = """
      timestamp,value
      2014-02-14 00:05:00,1
      2014-02-14 00:00:00,2
      2014-02-14 00:10:00,3
      """
    let kept = SeriesTexts.nab(text, unsorted: .keep)
    #expect(kept.value?.values == [1, 2, 3])
    #expect(kept.said.count == 1 && kept.said[0].contains("warning: 1 time is before the one"))
    #expect(SeriesTexts.nab(text).value == nil)
  }

  @Test("A change counts if half of the annotators mark it within five values")
  func tcpd() throws {
    let (series, said) = SeriesTexts.tcpd(
      """
      {"name": "plain", "n_obs": 14, "n_dim": 1,
       "series": [{"label": "V", "raw": [1, 2, null, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]}]}
      """)
    let read = try #require(series)
    // Of four annotators two say 3 or 4; the missing value before moves both by one.
    #expect(read.windows == [2..<4] && read.hasOnsets)
    #expect(read.values.count == 13 && read.times.isEmpty)
    #expect(said == ["s.json:1:1: warning: 1 value is missing: it is left out"])
  }
}
