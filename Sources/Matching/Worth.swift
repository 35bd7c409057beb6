import Atlas

/// What filling a gap is worth to the chain, 10k yuan per year. 链值
struct Worth: Sendable {
  let value: Figure
  let withoutDisplacement: Figure

  /// `min(projectOutput, open gap) × localValueShare × criticality factor`, less the local output
  /// that the project would displace, never below zero.
  ///
  /// The criticality factor runs linearly from the card's low to its high over the percentile of
  /// the gap's criticality. Displaced is what the project makes beyond the open gap and sells
  /// nearby, up to today's local supply.
  init(project: Project, gap: GapRow, model: MatchModel) {
    guard let output = project.output.base else {
      let missing = Figure.unknown(
        .wanYuanPerYear, missing: Phrase(zh: "拟投产值未知", en: "project output is unknown"))
      value = missing
      withoutDisplacement = missing
      return
    }
    guard let open = gap.openGap.base else {
      let missing = Figure.unknown(
        .wanYuanPerYear, missing: Phrase(zh: "缺口规模未知", en: "the open gap is unknown"))
      value = missing
      withoutDisplacement = missing
      return
    }
    let amounts = WorthAmounts(output: output, open: open, gap: gap, model: model)
    let (filled, criticality, displaced) = (amounts.filled, amounts.criticality, amounts.displaced)
    let share = model.localValueShare
    let grade = Grade.estimated
    value = Figure(
      Span.each { amounts.worth(share: share[$0]) }, .wanYuanPerYear, grade,
      because: Phrase(
        zh:
          "可补缺口 \(whole(filled)) 万元 × 关键度系数 \(twoDecimals(criticality)) − 挤出 \(whole(displaced)) 万元，× 本地增加值率",
        en:
          "fills \(whole(filled)) × criticality \(twoDecimals(criticality)) − displaced \(whole(displaced)), × local value share"
      ))
    withoutDisplacement = Figure(
      Span.each { amounts.worth(share: share[$0], isDisplacementCounted: false) }, .wanYuanPerYear,
      grade,
      because: Phrase(zh: "不计挤出", en: "displacement not counted"))
  }
}

/// The numbers that worth is made of, without a word about them.
struct WorthAmounts {
  /// 10k yuan per year.
  let filled: Double
  let criticality: Double
  /// 10k yuan per year.
  let displaced: Double

  init(output: Double, open: Double, gap: GapRow, model: MatchModel) {
    let floor = model.criticalityFloor
    criticality = floor + (model.criticalityCeiling - floor) * (gap.criticality ?? 0.5)
    filled = min(output, open)
    displaced =
      gap.gapClass == .extend
      ? 0
      : min(gap.supply.base ?? 0, max(0, output - open)) * model.displacementNearShare
  }

  /// 10k yuan per year at a share of value that stays here.
  func worth(share: Double, isDisplacementCounted: Bool = true) -> Double {
    max(0, (filled * criticality - (isDisplacementCounted ? displaced : 0)) * share)
  }
}

/// Two decimals, for factors in sentences.
func twoDecimals(_ value: Double) -> String {
  let hundredths = Int64((abs(value) * 100).rounded())
  let rest = hundredths % 100
  return (value < 0 && hundredths != 0 ? "-" : "") + "\(hundredths / 100)."
    + (rest < 10 ? "0\(rest)" : "\(rest)")
}
