import Atlas
import Foundation

/// The afternoon of the founding article in ten commands, one sentence before each and one after. 练习
///
/// The commands are the ones a reader types, run by this very program on the sample workspace; a
/// command that fails ends the walk with its own sentence.
struct Practice {
  let folder: String

  private struct Step {
    let before: Phrase
    let arguments: [String]
    let after: Phrase
  }

  private var papers: String { folder + "/outbox/practise" }

  private var steps: [Step] {
    let pcb = "广东和鑫达电子股份有限公司"
    let shoes = "福建省中伟体育用品有限公司"
    return [
      Step(
        before: Phrase(zh: "先定位、再找缺：本区的电子电路链缺哪几环？", en: "First the missing links of the chain."),
        arguments: ["gaps", "-w", folder, "--chain", "pcb"],
        after: Phrase(
          zh: "看“类别”和“原因”两列：补链是没有，强链是不够，延链是可以往下接。",
          en: "Read class and reason: 补链 is missing, 强链 too weak, 延链 can be extended.")),
      Step(
        before: Phrase(zh: "把台账冻结、匹配、发布成一个批次。", en: "Freeze the ledger, match, publish one run."),
        arguments: ["rank", "-w", folder],
        after: Phrase(
          zh: "批次号以后写在每一份材料的页脚；同样的数据再跑一次，得到同一个批次。",
          en: "The run's id stands at the foot of every paper; the same data give the same run.")),
      Step(
        before: Phrase(zh: "先去见谁？", en: "Whom to visit first?"),
        arguments: ["shortlist", "-w", folder, "--chain", "pcb", "--top", "5"],
        after: Phrase(
          zh: "进料列写“增加”的，就是搬来更贵：程序不替你改符号。",
          en: "Where a freight column says more, it costs more here: no sign is tuned.")),
      Step(
        before: Phrase(zh: "为什么是这一家？逐项看分数怎么加起来。", en: "Why this firm? The parts that add up."),
        arguments: ["explain", pcb, "-w", folder],
        after: Phrase(
          zh: "各项之和就是总分；写着“缺”的，是去之前要打听的。",
          en: "The parts sum to the total; what is missing is what to ask before going.")),
      Step(
        before: Phrase(zh: "进出两项物流怎么算的？挑一条线路看。", en: "How is freight worked out? One lane."),
        arguments: [
          "freight", "荣昌区", "广州市", "--tonnes", "5000", "--value", "120000", "-w", folder,
        ],
        after: Phrase(
          zh: "每一段的方式、公里、元都列着，低、中、高三个数；企业可以当场改一个数再算。",
          en: "Mode, km and yuan of every leg, low, base and high.")),
      Step(
        before: Phrase(zh: "“一坐定就拿出一张全景图”。", en: "The panorama to lay on the table."),
        arguments: ["panorama", "-w", folder, "--chain", "pcb", "-o", papers + "/全景图-电子电路.html"],
        after: Phrase(
          zh: "用浏览器打开 \(papers)/全景图-电子电路.html；A3 打印用 .pdf。",
          en: "Open \(papers)/全景图-电子电路.html in a browser; .pdf prints on A3.")),
      Step(
        before: Phrase(
          zh: "登门那一家的谈判方案：三分钟一页、全景图、四页正文。", en: "The brief for the firm to be visited."),
        arguments: ["brief", pcb, "-w", folder, "-o", papers, "--formats", "html"],
        after: Phrase(
          zh: "两份：内部版自己看，企业版放桌上；企业版没有评级、底线和别家的话。",
          en: "Two editions: ours, and the one for the table without verdicts or red lines.")),
      Step(
        before: Phrase(
          zh: "鞋厂老板的痛点是用工：来访那一天用接待版。",
          en: "The shoe maker's pain is labour: a brief for receiving him."),
        arguments: [
          "brief", shoes, "-w", folder, "-o", papers, "--purpose", "reception", "--formats", "html",
        ],
        after: Phrase(
          zh: "章节次序跟着这家企业最大的那一项走；招工日历写到月、工种、来源地。",
          en: "Sections follow this firm's largest term; the hiring calendar is by month and trade."
        )),
      Step(
        before: Phrase(zh: "排三天的行程。", en: "Plan a trip of three days."),
        arguments: [
          "visits", "--start", "2026-12-01", "--days", "3", "--from", "重庆市荣昌区", "-w", folder, "-o",
          papers, "--formats", "html,ics",
        ],
        after: Phrase(
          zh: "没排进去的也列着，为什么没排也写着；.ics 可导入手机日历。",
          en: "Firms left out are listed with the reason; .ics goes into a telephone's calendar.")),
      Step(
        before: Phrase(zh: "回来 24 小时内登记结果和承诺。", en: "Record the outcome within a day."),
        arguments: [
          "outcome", "add", pcb, "--kind", "visit", "--reason", "意向B，要看招工方案", "--promise", "送招工方案",
          "--owner", "人社局", "--due", "2026-12-15", "-w", folder,
        ],
        after: Phrase(
          zh: "到期的承诺每晚会提醒；签约满三十条结果后，可能性才显示成百分数。",
          en: "Commitments due are named every night; percentages appear after thirty outcomes.")),
    ]
  }

  func walk() throws {
    let language = Clock.language(of: folder)
    for (number, step) in steps.enumerated() {
      print("\n[\(number + 1)/\(steps.count)] \(step.before[language])")
      print("$ bulian " + step.arguments.map(quoted).joined(separator: " ") + "\n")
      var command = try Bulian.parseAsRoot(step.arguments)
      try command.run()
      print("→ \(step.after[language])")
    }
    print(
      "\n"
        + Phrase(
          zh: "走完了。材料在 \(papers)。换成自己的地方：bulian start 地名 --chain 产业链 文件夹",
          en:
            "That is all. The papers are in \(papers). For your own place: bulian start PLACE --chain NAME FOLDER"
        )[language])
  }

  private func quoted(_ argument: String) -> String {
    argument.contains { " ，、".contains($0) } ? "\"\(argument)\"" : argument
  }
}
