import Atlas
import Matching

extension VisitPaper {
  /// Day grid, firms left out, contacts, parameters.
  public func workbook() -> Workbook {
    Workbook(
      title: title, language: language, classification: .office,
      isSample: context.snapshot.district.isSample, colophon: colophon,
      sheets: [
        Workbook.Sheet(name: say("行程", "Days"), table: dayTable(), frozenColumns: 3),
        Workbook.Sheet(name: say("未列入及原因", "Left out"), table: leftSheet()),
        Workbook.Sheet(name: say("联系", "Contacts"), table: contacts()),
        Workbook.Sheet(name: say("走访结果", "Results"), table: results(), frozenColumns: 1),
        Workbook.Sheet(name: say("参数", "Parameters"), table: parameters(withSource: true)),
      ])
  }

  /// The after-visit sheet alone, which `import outcomes` reads back.
  public func resultsWorkbook() -> Workbook {
    Workbook(
      title: say("走访结果（24 小时内填写）", "Results of visits (within 24 hours)"), language: language,
      classification: .office, isSample: context.snapshot.district.isSample, colophon: colophon,
      sheets: [Workbook.Sheet(name: say("走访结果", "Results"), table: results(), frozenColumns: 1)])
  }

  private func dayTable() -> Table {
    Table(
      title: say("行程", "Days"),
      columns: [
        Column(say("日期", "Date")), Column(say("时间", "Time")),
        Column(say("企业", "Firm"), weight: 2), Column(say("地址", "Address"), weight: 1.6),
        Column(say("交通方式", "Mode")), .number(say("路上", "Way"), unit: say("分钟", "min")),
        Column(say("接待方", "Host")), Column(say("我方主谈", "Our lead speaker"), weight: 1.4),
        Column(say("本次目标", "Goal"), weight: 2), Column(say("一问", "One question"), weight: 2),
        Column(say("一供", "One offer"), weight: 2), Column(say("携带材料", "Papers"), weight: 1.4),
        Column(say("同乡联系", "Hometown contact")), Column(say("备选", "Fallback"), weight: 1.4),
        .number(say("期望值", "Expected value"), unit: say("万元", "10k yuan")),
        Column(say("状态", "Status")),
      ],
      rows: schedule.days.flatMap { day in
        day.visits.map { visit in
          Row([
            .text(day.date.iso + " " + weekday(day.date)),
            .text("\(TripChart.clock(visit.begin))–\(TripChart.clock(visit.leave))"),
            .text(context.firm(visit.firm)), .text(fullPlace(visit.place)),
            .text(visit.leg.mode.label[language]),
            Cell(.number(visit.travelMinutes.rounded(), .estimated)),
            .text(host(visit.firm)), .text(leader(day)), .text(goal(visit)),
            .text(question(visit)), .text(offer(visit)), .text(papers(visit)),
            .text(hometown(visit.firm)), .text(fallback(visit)),
            visit.entry?.expectedValue.map { Cell(.number($0, .estimated)) } ?? Cell(.unknown("")),
            .text(
              visit.isConfirmed
                ? say("已确认", "confirmed")
                : visit.isMust ? say("必访，待确认", "must, to confirm") : say("待确认", "to confirm")),
          ])
        }
      })
  }

  private func leftSheet() -> Table {
    Table(
      title: say("未列入及原因", "Left out"),
      columns: [
        Column(say("企业", "Firm"), weight: 2),
        .number(say("期望值", "Expected value"), unit: say("万元", "10k yuan")),
        Column(say("原因", "Because"), weight: 3),
      ],
      rows: schedule.left.map { left in
        Row([
          .text(context.firm(left.firm)),
          left.expectedValue.map { Cell(.number($0, .estimated)) } ?? Cell(.unknown("")),
          .text(left.because[language]),
        ])
      })
  }

  private func contacts() -> Table {
    Table(
      title: say("联系", "Contacts"),
      columns: [
        Column(say("企业", "Firm"), weight: 2), Column(say("接待方（职务）", "Host (role)")),
        Column(say("同乡联系", "Hometown contact")), Column(say("最近联系", "Last contact"), weight: 1.6),
        Column(say("约见时间", "Agreed time")), Column(say("我方联络人（岗位）", "Our contact (post)")),
      ],
      rows: schedule.visits.map { visit in
        let last = context.snapshot.outcomes[visit.firm].max { $0.date < $1.date }
        return Row([
          .text(context.firm(visit.firm)), .text(host(visit.firm)), .text(hometown(visit.firm)),
          .text(
            last.map { "\($0.date.iso) \(VisitPaper.kind($0.kind)[language])" }
              ?? say("未联系", "not yet")),
          .blank, .blank,
        ])
      })
  }

  /// Headers are those of the import, in both languages.
  private func results() -> Table {
    Table(
      title: say("走访结果", "Results"),
      columns: [
        Column(say("企业", "firm"), weight: 2), Column(say("载体", "site")),
        Column(say("日期", "date")), Column(say("结果", "kind"), weight: 1.2),
        // The unit in brackets is a hint: the import reads the name before it.
        Column(
          say("原因", "reason"), unit: say("意向 A–D；障碍", "intention A-D; obstacle"), weight: 2),
        Column(say("承诺事项", "promise"), weight: 2), Column(say("责任岗位", "owner")),
        Column(say("期限", "due")),
      ],
      rows: schedule.days.flatMap { day in
        day.visits.map { visit in
          Row([
            .text(context.firm(visit.firm)),
            .text(
              visit.entry.map { context.snapshot.sites[$0.pairing.site].id }
                ?? context.snapshot.sites.first?.id ?? ""),
            .text(day.date.iso), .blank, .blank, .blank, .blank, .blank,
          ])
        }
      },
      note: say(
        "结果填：走访、意向、签约、拒绝；没有成行的留空。",
        "kind: visit, intention, signed or refused; leave it empty when the visit fell through."))
  }

  /// What an outcome is called. 结果
  public static func kind(_ kind: String) -> Phrase {
    switch kind {
    case "contact": Phrase(zh: "联系", en: "contact")
    case "visit": Phrase(zh: "走访", en: "visit")
    case "intention": Phrase(zh: "意向", en: "intention")
    case "signed": Phrase(zh: "签约", en: "signed")
    case "landed": Phrase(zh: "落地", en: "landed")
    case "refused": Phrase(zh: "谢绝", en: "refused")
    default: Phrase(same: kind)
    }
  }
}
