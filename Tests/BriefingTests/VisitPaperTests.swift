import Atlas
import Itinerary
import Testing

@testable import Briefing

@Suite("Visit list")
struct VisitPaperTests {
  static let numbers: [String: Double] = [
    "citySpeed": 35, "roadSpeed": 75, "roadCircuity": 1.35, "railSpeed": 200, "railAccess": 90,
    "railFrom": 150, "airSpeed": 700, "airAccess": 180, "airFrom": 900, "nextDoor": 25,
    "buffer": 30, "service": 120, "opens": 540, "closes": 1080, "lunchFrom": 720, "lunchTo": 780,
    "setsOff": 420, "isHome": 1320, "eveningTravel": 180, "perDay": 3, "segmentFactor": 0.7,
    "restDays": 60,
  ]

  static func rules(_ changed: [String: Double] = [:]) throws -> VisitRules {
    let all = numbers.merging(changed) { $1 }
    return try VisitRules(
      ParameterTable(
        card: "test",
        entries: all.keys.sorted().map { name in
          let value = all[name] ?? 0
          return (
            name,
            Parameter(
              value: value, low: value, high: value, unit: "1", source: "test", evidence: .assumed),
            1
          )
        }))
  }

  private func request(_ district: SmallDistrict, days: Int = 3) throws -> VisitRequest {
    let home = try #require(district.snapshot.places.find(code: "500153"))
    return VisitRequest(start: try #require(Day("2020-11-24")), days: days, from: home)
  }

  @Test("a trip visits both candidates within the hours, away from lunch, and comes home")
  func plans() throws {
    let district = SmallDistrict()
    let schedule = try planTrip(district.context, try request(district), try Self.rules())
    #expect(Set(schedule.visits.map(\.firm)) == [0, 1])
    for visit in schedule.visits {
      #expect(visit.begin >= 540 && visit.leave <= 1080)
      #expect(visit.leave <= 720 || visit.begin >= 780)
      #expect(visit.leave - visit.begin == 120)
    }
    let last = try #require(schedule.days.last)
    #expect(last.back != nil && last.finish <= 1320)
    #expect(abs(schedule.value - 2 * 420.6) < 1e-9)
  }

  @Test("the way is road when near, rail beyond 150 km, air beyond 900 km where it is faster")
  func modes() throws {
    let district = SmallDistrict()
    let rules = try Self.rules()
    let places = district.snapshot.places
    let home = try #require(places.find(code: "500153"))
    let canton = try #require(places.find(code: "440100"))
    let suining = try #require(places.find(code: "510900"))
    let near = try #require(rules.leg(from: home, to: suining, places))
    #expect(near.mode == .road && near.km < 150)
    let far = try #require(rules.leg(from: home, to: canton, places))
    #expect(far.mode == .air && far.km > 900)
    #expect(abs(far.minutes - (far.km / 700 * 60 + 180)) < 1e-9)
    let inside = try #require(rules.leg(from: home, to: home, places))
    #expect(inside.minutes == 25)
    #expect(throws: CardError.self) { try Self.rules(["railSpeed": 0]) }
    #expect(throws: CardError.self) { try Self.rules(["unheardOf": 1]) }
  }

  @Test("what an earlier plan confirmed stays, and the cancelled firm goes")
  func keeps() throws {
    let district = SmallDistrict()
    var wish = try request(district)
    let first = try planTrip(district.context, wish, try Self.rules())
    let held = try #require(first.visits.last)
    let date = try #require(
      first.days.first { $0.visits.contains { $0.firm == held.firm } }?.date)
    wish.kept = [VisitRequest.Fixed(firm: held.firm, date: date, begin: held.begin)]
    wish.avoided = first.visits.map(\.firm).filter { $0 != held.firm }
    let second = try planTrip(district.context, wish, try Self.rules())
    #expect(second.visits.map(\.firm) == [held.firm])
    #expect(second.visits.first?.begin == held.begin)
    #expect(second.visits.first?.isConfirmed == true)
    #expect(second.left.contains { $0.because.zh == "按要求回避" })
  }

  @Test("impossible wishes are told apart, with the firm's name")
  func refusals() throws {
    let district = SmallDistrict()
    let rules = try Self.rules()
    var none = try request(district, days: 0)
    #expect(throws: TripError.noDays) { try planTrip(district.context, none, rules) }
    none = try request(district)
    none.avoided = [0, 1]
    #expect(throws: TripError.noStops) { try planTrip(district.context, none, rules) }
    var far = try request(district, days: 1)
    far.musts = [1]
    let slow = try Self.rules(["airSpeed": 100])
    #expect(throws: TripError.mustIsOutOfReach(stop: "福建省中伟体育用品有限公司")) {
      try planTrip(district.context, far, slow)
    }
    var both = try request(district)
    both.appointments = [0, 1].map {
      VisitRequest.Fixed(firm: $0, date: both.start.adding(days: 1), begin: 600)
    }
    do {
      _ = try planTrip(district.context, both, rules)
      Issue.record("two appointments at once were both kept")
    } catch {
      #expect(error.chineseSentence.contains("广东和鑫达电子股份有限公司"))
      #expect(error.chineseSentence.contains("福建省中伟体育用品有限公司"))
    }
  }

  @Test("first-choice firms wait for the leader's days when the leader comes at all")
  func leader() throws {
    let district = SmallDistrict()
    var wish = try request(district, days: 4)
    let day = wish.start.adding(days: 2)
    wish.leaders = [VisitRequest.LeaderDays(role: "链长", days: [day], chain: nil)]
    let schedule = try planTrip(district.context, wish, try Self.rules())
    #expect(!schedule.visits.isEmpty)
    #expect(schedule.days.filter { !$0.visits.isEmpty }.map(\.date) == [day])
    #expect(schedule.days[2].leader == "链长")
    #expect(schedule.days[0].leaderIsAway)
  }

  @Test(
    "the paper has day grid, question, offer with its basis, sheets and calendar in both languages",
    arguments: [Language.zhHans, .en])
  func papers(_ language: Language) throws {
    let district = SmallDistrict(language: language)
    var wish = try request(district)
    wish.musts = [0]
    let schedule = try planTrip(district.context, wish, try Self.rules())
    let paper = VisitPaper(district.context, schedule, because: "REASON")
    let html = paper.document().html()
    for text in ["广东和鑫达电子股份有限公司", "REASON", "2020-11-24"] { #expect(html.contains(text)) }
    #expect(
      html.contains(language == .zhHans ? "共享集散仓" : "depot"),
      "an offer is printed with its basis, or none is")
    let book = paper.workbook()
    #expect(book.sheets.count == 5)
    #expect(book.sheets[0].table.rows.count == 2)
    let results = paper.resultsWorkbook().sheets[0].table.columns.map(\.title)
    #expect(
      language == .zhHans
        ? results == ["企业", "载体", "日期", "结果", "原因", "承诺事项", "责任岗位", "期限"]
        : results == [
          "firm", "site", "date", "kind", "reason", "promise", "owner", "due",
        ])
    let calendar = paper.calendar(stamp: "20201119T000000Z").text
    #expect(calendar.split(separator: "\r\n").count { $0 == "BEGIN:VEVENT" } == 2)
    let text = paper.json().text
    #expect(text.contains("\"days\":[{\"date\":\"2020-11-24\""))
    #expect(text.contains("\"mode\":\"air\""))
  }
}
