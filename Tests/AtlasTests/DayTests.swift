import Atlas
import Testing

@Suite struct DayTests {
  @Test("every day of four centuries survives the round trip")
  func roundTrip() throws {
    let first = try #require(Day("1800-01-01"))
    for offset in stride(from: 0, to: 146_097, by: 17) {
      let day = first.adding(days: offset)
      #expect(Day(day.iso) == day)
    }
  }

  @Test(
    "the epoch is day zero and a leap day is a day",
    arguments: [
      ("1970-01-01", 0), ("2020-02-29", 18_321), ("2026-11-23", 20780),
    ])
  func numbers(text: String, number: Int) {
    #expect(Day(text)?.number == Int32(number))
  }

  @Test(
    "what is not a day is not read",
    arguments: ["2021-02-29", "2020-13-01", "20-1", "abc", "", "2020-00-10"])
  func refused(text: String) { #expect(Day(text) == nil) }

  @Test(
    "the layouts of office files are read",
    arguments: ["2020/11/19", "20201119", "2020年11月19日", "2020.11.19"])
  func layouts(text: String) { #expect(Day(text)?.iso == "2020-11-19") }
}
