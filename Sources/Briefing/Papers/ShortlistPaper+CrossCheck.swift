import Atlas
public import Matching

extension ShortlistPaper {
  /// The list beside the order of plain scoring methods. 方法对照
  func crossCheckTable(_ check: CrossCheck) -> Table {
    var columns: [Column] = [
      .number(say("本名单名次", "Rank here"), unit: ""), Column(say("企业", "Firm"), weight: 2),
    ]
    columns += check.columns.map { .number($0.method.label[language], unit: say("名", "rank")) }
    var rows = check.entries.enumerated().map { row, entry in
      Row(
        [
          Cell(.number(Double(ranking.entries[entry].rank), .measured)),
          .text(context.firm(ranking.entries[entry].pairing.firm)),
        ] + check.columns.map { Cell(.number(Double($0.ranks[row]), .estimated)) })
    }
    rows.append(
      Row(
        [.blank, .text(say("与本名单的肯德尔 τ", "Kendall's tau with this list"))]
          + check.columns.map { column in
            column.tau.map { .text(Numerals.fixed($0, places: 3)) } ?? Cell(.unknown(""))
          }))
    for (index, criterion) in check.criteria.enumerated() {
      rows.append(
        Row(
          [.blank, .text(say("权重：", "Weight: ") + criterion.label[language])]
            + check.columns.map { .text(Numerals.fixed($0.weights[index] * 100, places: 1) + "%") })
      )
    }
    return Table(
      title: say("方法对照", "Cross-check"), columns: columns, rows: rows,
      note: crossCheckNote(check))
  }

  /// What the comparison rests on, in one sentence.
  public func crossCheckNote(_ check: CrossCheck) -> String {
    let dropped = check.dropped.map { $0.label[language] }.joined(separator: say("、", ", "))
    var text = say(
      "常用打分法只作对照，不知道竞争地，也不给概率。比较 \(check.entries.count) 家",
      "Plain methods are a cross-check: they know no rival place and give no probability. \(check.entries.count) firms compared"
    )
    if check.leftOut > 0 {
      text += say(
        "，\(check.leftOut) 家缺指标未比", ", \(check.leftOut) left out because a criterion is unknown")
    }
    if !dropped.isEmpty {
      text += say("；多数企业没有、因此未用的指标：\(dropped)", "; not used, unknown for too many: \(dropped)")
    }
    if let ratio = check.consistencyRatio {
      let sound = ratio <= 0.10
      text += say(
        "；AHP 一致性比率 CR = \(Numerals.fixed(ratio, places: 3))（随机一致性指标用 \(check.randomIndex) 表，\(sound ? "不超过" : "超过") 0.10\(sound ? "" : "，判断应重做")）",
        "; AHP consistency ratio CR = \(Numerals.fixed(ratio, places: 3)) (random index \(check.randomIndex), \(sound ? "within" : "above") 0.10\(sound ? "" : ": judge again"))"
      )
    }
    return text + say("。", ".")
  }
}
