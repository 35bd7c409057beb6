import Atlas
import Glibc
import Testing

@testable import Matching

@Suite struct TieSummaryTests {
  private static func tie(
    _ kind: String, _ count: Double, _ status: String?, consent: Bool, line: Int32 = 1
  ) -> Tie {
    Tie(
      kind: kind, count: count, status: status, consent: consent, source: "名单",
      provenance: Provenance(source: 0, line: line))
  }

  @Test("a person counts only with consent; a customer needs none")
  func consent() throws {
    let ties = try #require(
      TieSummary([
        Self.tie("籍贯", 2, "愿牵线", consent: true), Self.tie("籍贯", 3, nil, consent: false),
        Self.tie("客户", 1, nil, consent: false), Self.tie("远亲", 5, nil, consent: false),
      ]))
    #expect(ties.counted == 3)
    #expect(ties.awaitingConsent == 8)
    #expect(ties.feature == log1p(3))
    #expect(ties.count(.hometown) == 2)
    #expect(ties.furthest == .willing)
    #expect(ties.lines.map(\.kind) == [.hometown, .hometown, .customer, nil])
  }

  @Test("no tie on record is unknown, not zero ties")
  func unknown() {
    #expect(TieSummary([]) == nil)
    #expect(TieSummary([Self.tie("校友", 0, nil, consent: true)]) == nil)
  }

  @Test("the order of the rows changes nothing")
  func order() {
    let ties = [
      Self.tie("校友", 1, "contacted", consent: true, line: 3),
      Self.tie("hometown", 2, "found", consent: true, line: 1),
      Self.tie("供应商", 1, nil, consent: true, line: 2),
    ]
    #expect(TieSummary(ties) == TieSummary(ties.reversed()))
  }
}
