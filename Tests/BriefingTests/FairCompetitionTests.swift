import Atlas
import Expectations
import Foundation
import Testing

@testable import Briefing

/// Thousands of briefs with hostile offers and asks typed by a person. 公平竞争
@Suite("fair competition")
struct FairCompetitionTests {
  /// What somebody may try to have printed: a favour to one firm, or a condition.
  static let offers = [
    "前三年税收返还50%", "税 收 返 还 50%", "地方留成部分全额奖励", "按纳税额给予财政奖励", "土地出让金返还", "零地价供地",
    "电价优惠0.1元", "免收城市配套费", "减免租金三年", "企业所得税地方部分先征后返", "一事一议给予补贴", "高管个税返还",
    "tax rebate of 50 % for three years", "free land", "fee exemption for your firm only",
    "a cash subsidy of 5 million yuan", "rent-free for three years", "<b>税收返还</b>",
  ]
  static let asks = [
    "请将注册地迁入本区", "请在本地纳入统计", "优先采购本地企业产品", "五年内不得迁出", "承诺在本地纳税",
    "move your registration here", "buy from local suppliers first",
    "do not leave within five years",
    "report your output in this district",
  ]

  /// The words of the card that ships, read line by line: the table that an office's papers are held against.
  private static func shipped() throws -> PermittedOffers {
    let url = SharedData.packageRoot.appending(path: "Models/Press/permitted-offers.yaml")
    let parts = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "forbidden:")
    func words(_ text: String) -> [[String]] {
      text.components(separatedBy: "words: [").dropFirst().map { piece in
        piece.prefix { $0 != "]" }.split(separator: ",").map {
          $0.trimmingCharacters(in: .whitespaces)
        }
      }
    }
    return PermittedOffers(
      offers: words(parts[0]).enumerated().map { row in
        PermittedOffer(
          id: "\(row.offset)", offer: Phrase(same: row.element[0]), words: row.element,
          basis: Phrase(same: "basis"))
      },
      forbidden: words(parts[1]).map {
        PermittedOffers.Forbidden(words: $0, because: Phrase(same: "because"))
      })
  }

  @Test("the gate stops every favour and condition, however it is spaced or what is put around it")
  func gate() throws {
    let gate = LegalityGate(try Self.shipped())
    var random = Generator(seed: 8)
    let decoys = ["共享集散仓", "培训", "班列", "一窗", "", "job fair", "公布的标准价格"]
    let blanks = ["", " ", "　", "·", "-", "\u{200B}", "\n", "/"]
    var through: Set<String> = []
    for _ in 0..<3_000 {
      let decoy = decoys[Int(random.uniform() * Double(decoys.count))]
      let blank = blanks[Int(random.uniform() * Double(blanks.count))]
      func hidden(_ text: String) -> String {
        let spaced = text.map { String($0) }.joined(separator: blank)
        return random.uniform() < 0.5 ? decoy + spaced : spaced + decoy
      }
      for text in Self.offers {
        if case .permitted = gate.judge(offer: hidden(text)) { through.insert(text) }
        if case .permitted = gate.judge(offer: hidden(text), basis: "0") { through.insert(text) }
      }
      for text in Self.asks {
        if case .permitted = gate.judge(ask: hidden(text)) { through.insert(text) }
      }
    }
    #expect(through.isEmpty, "\(through.sorted())")
  }

  @Test(
    "no brief carries a favour or a condition; the office edition says what was blocked, and no more of it",
    arguments: Language.allCases)
  func briefs(language: Language) throws {
    var random = Generator(seed: language == .en ? 3 : 4)
    let district = SmallDistrict(language: language)
    let context = PaperContext(
      snapshot: district.snapshot, publication: district.publication, run: "20201119-1",
      language: language, labour: SmallDistrict.labour, hiring: SmallDistrict.hiring,
      permitted: try Self.shipped(), likelihoodLevels: LikelihoodLevels(high: 0.1, medium: 0.03))
    var printed: Set<String> = []
    for round in 0..<12 {
      let offers = Self.offers.filter { _ in random.uniform() < 0.4 }
      let asks = Self.asks.filter { _ in random.uniform() < 0.4 }
      for firm in district.publication.rankings.indices {
        for edition in [Edition.firm, .office] {
          let request = BriefRequest(
            entry: district.publication.rankings[firm].entries[0],
            purpose: round % 2 == 0 ? .visit : .reception, edition: edition,
            offers: offers.map { ($0, nil) }, asks: asks)
          var paper = BriefPaper(context, request)
          let text = paper.compose().json { "figure\($0)" }.text
          for word in offers + asks {
            let pieces = text.components(separatedBy: word).count - 1
            let said = ["已拦下：", "Blocked: "].reduce(0) {
              $0 + text.components(separatedBy: $1 + word).count - 1
            }
            if pieces != (edition == .office ? said : 0) { printed.insert("\(edition) \(word)") }
          }
        }
      }
    }
    #expect(printed.isEmpty, "\(printed.sorted())")
  }
}
