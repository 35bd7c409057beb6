import Atlas
import Testing

@testable import Briefing

@Suite("Calendar")
struct CalendarTests {
  private func make(_ text: String) throws -> Calendar {
    let day = try #require(Day("2026-12-01"))
    return Calendar(
      name: "拜访", stamp: "20261123T020000Z",
      events: [
        Calendar.Event(
          id: "1@bulian", title: "拜访 示例;电路,公司", place: "广东省深圳市宝安区", text: text, day: day,
          from: 7 * 60 + 30, to: 10 * 60)
      ])
  }

  @Test("a time in Shanghai is written as UTC, eight hours earlier, over midnight too")
  func instants() throws {
    let text = try make("").text
    #expect(text.contains("DTSTART:20261130T233000Z\r\n"))
    #expect(text.contains("DTEND:20261201T020000Z\r\n"))
  }

  @Test("no line is longer than 75 octets, and unfolding gives the text back")
  func folding() throws {
    let long = String(repeating: "第一次拜访要问清项目时间表，", count: 12) + "x,y;z\\\n结束"
    let text = try make(long).text
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.utf8.count <= 75 })
    #expect(!text.replacing("\r\n", with: "").contains("\n"))
    let unfolded = text.replacing("\r\n ", with: "")
    #expect(unfolded.contains("DESCRIPTION:" + Calendar.escaped(long) + "\r\n"))
    #expect(Calendar.escaped("a,b;c\\d\ne") == "a\\,b\\;c\\\\d\\ne")
    #expect(unfolded.contains("SUMMARY:拜访 示例\\;电路\\,公司"))
  }
}
