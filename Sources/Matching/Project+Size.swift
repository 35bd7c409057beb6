import Atlas

/// How the papers name a part of a project, and say where its figure is from. 项目分项
private struct Wording {
  let stated: Phrase
  let estimated: Phrase
  let missing: Phrase

  init(zh: String, en: String) {
    stated = Phrase(zh: "企业自述\(zh)", en: "stated \(en)")
    estimated = Phrase(
      zh: "按拟投产值与链条模型系数推算\(zh)", en: "\(en) from project output and the chain model's coefficients")
    missing = Phrase(zh: "缺项目\(zh)", en: "project \(en) missing")
  }

  static let heads = Wording(zh: "用工", en: "heads")
  static let tonnesOut = Wording(zh: "出货量", en: "tonnes out")
  static let tonnesIn = Wording(zh: "进料量", en: "tonnes in")
  static let investment = Wording(zh: "投资", en: "investment")
  static let land = Wording(zh: "用地", en: "land")
  static let electricity = Wording(zh: "用电", en: "electricity")
}

extension Project {
  /// The project that a pairing carries: as the firm stated it, else sized from the firm's
  /// business in the segment and the chain model's coefficients.
  ///
  /// Output is `min(revenue in the segment × expansionShare, maxProjectOutput)`; everything else
  /// follows from output unless stated. Unknown when neither revenue nor heads are known.
  static func size(posting row: Int, segment: Int, snapshot: Snapshot, model: MatchModel) -> Project
  {
    let firm = Int(snapshot.postings.firm[row])
    let card = snapshot.segments[segment]
    let stated = snapshot.projects[firm].last
    let output = outputFigure(
      posting: row, stated: stated, card: card, snapshot: snapshot, model: model)
    func from(
      _ value: Double?, _ unit: Unit, _ wording: Wording, else estimate: (Double) -> Double?
    )
      -> Figure
    {
      if let value {
        return Figure(
          Span(value), unit, .stated, because: wording.stated, provenance: stated?.provenance)
      }
      guard let base = output.base, let estimated = estimate(base) else {
        return .unknown(unit, missing: wording.missing)
      }
      return Figure(Span(estimated), unit, .estimated, because: wording.estimated)
    }
    let heads = from(stated?.heads, .persons, .heads) { $0 / card.outputPerWorker.value }
    let tonnesOut = from(stated?.tonnesOut, .tonnesPerYear, .tonnesOut) {
      $0 * 10_000 / card.valuePerTonne.value
    }
    let tonnesIn = from(stated?.tonnesIn, .tonnesPerYear, .tonnesIn) { base in
      var tonnes = 0.0
      for input in card.inputs {
        guard let supplier = snapshot.segments.find(input.segment) else { continue }
        tonnes +=
          base * 10_000 * input.coefficient.value / snapshot.segments[supplier].valuePerTonne.value
      }
      return tonnes > 0 ? tonnes : nil
    }
    let price = card.product?.price.value
    return Project(
      kind: stated?.kind ?? .newCapacity, output: output, heads: heads, tonnesIn: tonnesIn,
      tonnesOut: tonnesOut,
      investment: from(stated?.investment, .wanYuan, .investment) {
        $0 * card.investmentPerOutput.value
      },
      landMu: from(stated?.landMu, .mu, .land) {
        $0 * card.landPerOutput.value
      },
      electricity: from(nil, .megawattHoursPerYear, .electricity) {
        $0 * card.powerPerOutput.value
      },
      units: price.flatMap { price in output.base.map { $0 * 10_000 / price } },
      unitName: card.product?.name)
  }

  private static func outputFigure(
    posting row: Int, stated: StatedProject?, card: Segment, snapshot: Snapshot, model: MatchModel
  ) -> Figure {
    if let output = stated?.output {
      return Figure(
        Span(output), .wanYuanPerYear, .stated,
        because: Phrase(zh: "企业自述拟投产值", en: "project output as stated by the firm"),
        provenance: stated?.provenance)
    }
    if let units = stated?.units, let price = card.product?.price {
      return Figure(
        Span.each { units * price.span[$0] / 10_000 }, .wanYuanPerYear, .estimated,
        because: Phrase(
          zh: "按自述年产量×单价推算", en: "stated yearly units × price"),
        provenance: stated?.provenance)
    }
    if let heads = stated?.heads {
      return Figure(
        Span(heads * card.outputPerWorker.value), .wanYuanPerYear, .estimated,
        because: Phrase(
          zh: "按自述用工×人均产值推算", en: "stated heads × output per worker"))
    }
    if let investment = stated?.investment {
      return Figure(
        Span(investment / card.investmentPerOutput.value), .wanYuanPerYear, .estimated,
        because: Phrase(zh: "按自述投资÷投资强度推算", en: "stated investment ÷ investment per output"))
    }
    guard let revenue = segmentRevenue(posting: row, snapshot: snapshot) else {
      return .unknown(
        .wanYuanPerYear,
        missing: Phrase(
          zh: "缺企业营收与从业人数（firms 表）", en: "the firm's revenue and heads are missing (firms table)"))
    }
    let share = model["expansionShare"].span
    let most = model["maxProjectOutput"].span
    return Figure(
      Span.each { min(revenue * share[$0], most[$0]) }, .wanYuanPerYear, .estimated,
      because: Phrase(
        zh: "企业该环节营收×扩产比例，设上限（假设）",
        en: "revenue in the segment × expansion share, capped (assumed)"))
  }
}
