import Atlas
import Briefing
import Matching

/// What is left of local supply when the first firms of a list all come. 组合配套
struct PortfolioPage {
  let chain: Int
  let portfolio: Portfolio
  let snapshot: Snapshot

  func printTable() {
    let language = Clock.language
    print(
      snapshot.chains[chain].name[language]
        + say(
          "：前 \(portfolio.members.count) 家同时落地时的本地配套（产能不重复计算）",
          ": local supply if the first \(portfolio.members.count) all came (no capacity counted twice)"
        ))
    func share(_ value: Double?) -> String {
      value.map { whole($0 * 100) + "%" } ?? say("未知", "unknown")
    }
    bulian.printTable(
      [
        say("名次", "rank"), say("企业", "firm"), say("环节", "segment"),
        say("单独来", "alone"), say("一起来", "together"),
      ],
      portfolio.members.map { member in
        [
          "\(member.entry.rank)", snapshot.firms.name[member.entry.pairing.firm],
          snapshot.segments[member.entry.pairing.segment].name[language], share(member.alone),
          share(member.together),
        ]
      }, rightAligned: [0, 3, 4])
    for item in portfolio.contested {
      print(
        say(
          "  产能不够分：\(snapshot.firms.name[item.firm])（\(snapshot.segments[item.segment].name.zh)），可供 \(whole(item.free)) 万元/年，各家合计要 \(whole(item.wanted)) 万元/年",
          "  too little for all: \(snapshot.firms.name[item.firm]) (\(snapshot.segments[item.segment].name.en)), \(whole(item.free)) free, \(whole(item.wanted)) wanted (10k yuan/yr)"
        ))
    }
    if portfolio.contested.isEmpty {
      print(say("  没有哪家配套企业的产能不够分。", "  no supplier's capacity is too small for all."))
    }
  }

  var json: JSONValue {
    .object([
      ("chain", .string(snapshot.chains[chain].id)),
      (
        "members",
        .array(
          portfolio.members.map { member in
            .object([
              ("rank", .int(member.entry.rank)),
              ("firm", firm(member.entry.pairing.firm, snapshot)),
              ("segment", .string(snapshot.segments[member.entry.pairing.segment].id)),
              ("alone", .optional(member.alone)), ("together", .optional(member.together)),
            ])
          })
      ),
      (
        "contested",
        .array(
          portfolio.contested.map { item in
            .object([
              ("firm", firm(item.firm, snapshot)),
              ("segment", .string(snapshot.segments[item.segment].id)),
              ("free", .number(item.free)), ("wanted", .number(item.wanted)),
            ])
          })
      ),
    ])
  }
}
