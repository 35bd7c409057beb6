import Atlas

extension MatchingRoom {
  /// The log-odds as an exact sum: base rate, one reading a term, competition.
  ///
  /// `logit P = logit(baseSignRate) + Σ β·(value here − value at the origin) + (ln R − ln Σ exp V)`.
  /// A term that is unknown somewhere contributes nothing and says what is missing.
  func readings(_ item: Assessment) -> [Reading] {
    guard let choice = item.choice, let stay = item.stay, let here = item.alternatives.first
    else { return [] }
    let reference = model.competitionAtReference
    var readings = [
      Reading(
        term: "baseRate", label: Phrase(zh: "基准签约率", en: "base rate"),
        utility: Span.each { model.intercept[$0] - reference },
        value: Figure(
          model["baseSignRate"].span, .probability, .estimated,
          because: Phrase(zh: "卡片基准（假设）", en: "card base rate (assumed)")),
        valueAtOrigin: nil)
    ]
    for term in Term.allCases {
      let value = here.value(
        of: term, costParts: choice.keptCosts, output: item.project.output.base ?? 0)
      let origin = stay.value(
        of: term, costParts: choice.keptCosts, output: item.project.output.base ?? 0)
      let row = choice.terms.firstIndex(of: term)
      let beta = model[term.coefficientName].value
      readings.append(
        Reading(
          term: term.rawValue, label: term.label,
          utility: row.map { choice.difference[$0][0] * beta },
          value: value.map {
            Figure($0.ordered, term.unit, .estimated, because: explanation(term, choice))
          } ?? .unknown(term.unit, missing: missing(term)),
          valueAtOrigin: origin.map {
            Figure($0.ordered, term.unit, .estimated, because: explanation(term, choice))
          }))
    }
    let others = Span.each {
      choice.logit(model.coefficients, intercept: model.intercept[$0], scenario: $0).others
    }
    readings.append(
      Reading(
        term: "competition", label: Phrase(zh: "竞争地与留在原地", en: "rivals and staying"),
        utility: Span.each { reference - others[$0] },
        value: Figure(
          Span(Double(item.alternatives.count)), .count, .measured,
          because: Phrase(zh: "备选地个数", en: "number of alternatives")),
        valueAtOrigin: nil))
    return readings
  }

  private func explanation(_ term: Term, _ choice: Choice) -> Phrase {
    switch term {
    case .annualCost:
      let names = [
        Phrase(zh: "进料物流", en: "freight in"), Phrase(zh: "出货物流", en: "freight out"),
        Phrase(zh: "工资", en: "wages"), Phrase(zh: "电费", en: "energy"),
        Phrase(zh: "土地", en: "land"),
      ]
      let kept = zip(names, choice.keptCosts).filter(\.1).map(\.0)
      let lost = zip(names, choice.keptCosts).filter { !$0.1 }.map(\.0)
      let tail =
        lost.isEmpty
        ? Phrase(same: "")
        : Phrase(
          zh: "；未计（有地点未知）：" + lost.map(\.zh).joined(separator: "、"),
          en: "; not counted (unknown somewhere): " + lost.map(\.en).joined(separator: ", "))
      return Phrase(
        zh: "含" + kept.map(\.zh).joined(separator: "、"),
        en: "includes " + kept.map(\.en).joined(separator: ", ")) + tail
    case .labourFill: return Phrase(zh: "用工模型", en: "labour model")
    case .localSourcing: return Phrase(zh: "本地配套流量解", en: "local sourcing flow")
    case .sameSegment: return Phrase(zh: "已挂链企业", en: "linked firms")
    case .network: return Phrase(zh: "企业线路表", en: "firm-lanes table")
    case .marketPotential: return Phrase(zh: "需求份额按距离折减", en: "demand shares over distance")
    case .ties: return Phrase(zh: "办公室所供名单", en: "lists supplied by the office")
    case .signal: return Phrase(zh: "信号表，按半衰期衰减", en: "signals table, decayed")
    case .distance: return Phrase(zh: "大圆距离", en: "great circle")
    }
  }

  private func missing(_ term: Term) -> Phrase {
    switch term {
    case .annualCost:
      Phrase(zh: "缺物流、工资或电价（places 表）", en: "freight, wages or energy prices missing (places)")
    case .labourFill: Phrase(zh: "缺用工表（labour）", en: "labour table missing")
    case .localSourcing: Phrase(zh: "缺投入清单或本地企业", en: "bill of inputs or local firms missing")
    case .sameSegment: Phrase(zh: "缺企业所在地", en: "places of firms missing")
    case .network:
      Phrase(
        zh: "缺该企业的客户与供应商（firm-lanes）", en: "the firm's customers and suppliers missing (firm-lanes)"
      )
    case .marketPotential:
      Phrase(zh: "缺需求分布（行业就业）", en: "demand distribution missing (industry employment)")
    case .ties: Phrase(zh: "缺人脉名单（ties）", en: "no list of ties (ties)")
    case .signal:
      Phrase(zh: "缺动态信号（signals），未知不等于没有", en: "no signals recorded (signals); unknown is not none")
    case .distance: Phrase(zh: "缺坐标", en: "position missing")
    }
  }

  /// One sentence: the largest reasons for and against, in the firm's own numbers.
  func why(_ item: Assessment, freight: FreightBills) -> Phrase {
    let gap = snapshot.segments[item.candidate.segment].name
    var zh = "\(item.gap.gapClass.label.zh)\(gap.zh)"
    var en = "\(gap.en) is \(item.gap.gapClass.label.en) here"
    if let open = item.gap.openGap.base {
      zh += "，缺口约 \(whole(open)) 万元/年"
      en += ", open gap about \(whole(open)) (10k yuan/yr)"
    }
    if let inward = freight.inbound.saving.base, let outward = freight.outbound.saving.base {
      // Small bills are in tenths; a tenth is not nothing.
      let total = inward + outward
      let tenths = (abs(total) * 10).rounded()
      let isWhole = tenths >= 100 || tenths.truncatingRemainder(dividingBy: 10) == 0
      let amount = isWhole ? whole(abs(total)) : oneDecimal(abs(total))
      if abs(total) < 0.05 {
        zh += "；进出两项物流合计与现址相当"
        en += "; both freight bills together are as today"
      } else {
        zh += total > 0 ? "；进出两项物流合计年省约 \(amount) 万元" : "；进出两项物流合计年增加约 \(amount) 万元"
        en +=
          total > 0
          ? "; both freight bills save about \(amount) a year"
          : "; both freight bills cost about \(amount) more a year"
      }
    }
    if let share = item.sourcing.share, item.sourcing.matched > 0 {
      zh += "；本地可配套 \(item.sourcing.matched)/\(item.sourcing.needed) 项（按价值 \(whole(share * 100))%）"
      en +=
        "; \(item.sourcing.matched) of \(item.sourcing.needed) inputs available locally (\(whole(share * 100)) % by value)"
    }
    if let fill = item.labour.fillProbability {
      zh += "；关键工种招满概率 \(whole(fill * 100))%"
      en += "; binding occupation filled with probability \(whole(fill * 100)) %"
    }
    return Phrase(zh: zh + "。", en: en + ".")
  }

  /// What would move the likelihood, lawful levers only: training and buses, a supplier recruited,
  /// a shared depot or scheduled service.
  func levers(_ item: Assessment) -> [Phrase] {
    guard let choice = item.choice, let likelihood = item.likelihood else { return [] }
    var levers: [(gain: Double, text: Phrase)] = []
    func gain(_ term: Term, by change: Double) -> Double? {
      guard choice.terms.contains(term) else { return nil }
      let base = logarithm(likelihood.base / (1 - likelihood.base))
      return probability(logit: base + model[term.coefficientName].value * change) - likelihood.base
    }
    if let fill = item.labour.fillProbability, fill < 0.95, let up = gain(.labourFill, by: 1 - fill)
    {
      levers.append(
        (
          up,
          Phrase(
            zh: "用培训班次、通勤专线把关键工种招满概率由 \(whole(fill * 100))% 提到 100%",
            en:
              "raise the fill probability from \(whole(fill * 100)) % to 100 % by training places and a bus line"
          )
        ))
    }
    if let share = item.sourcing.share, let first = item.sourcing.uncovered.first,
      let up = gain(.localSourcing, by: min(0.1, 1 - share))
    {
      let name = snapshot.segments[first].name
      levers.append(
        (
          up,
          Phrase(
            zh: "先引进\(name.zh)供应商，本地配套率每提高 10 个百分点",
            en: "recruit a supplier of \(name.en) first: each 10 points of local sourcing")
        ))
    }
    if let here = item.alternatives.first, let output = item.project.output.base, output > 0,
      let freightIn = here.freightIn, let freightOut = here.freightOut,
      let up = gain(.annualCost, by: -(freightIn.base + freightOut.base) * 10 / output)
    {
      levers.append(
        (
          up,
          Phrase(
            zh: "以共同集货仓、定班铁水联运把进出物流费降低一成（对所有企业同等开放）",
            en:
              "a shared depot and scheduled rail-water services, open to all, take a tenth off freight"
          )
        ))
    }
    return levers.filter { $0.gain > 0 }.sorted { ($0.gain, $0.text.zh) > ($1.gain, $1.text.zh) }
      .map(\.text)
  }

  /// Everything that is not known of a pairing.
  func unknowns(_ item: Assessment, _ dropped: [Term]) -> [Phrase] {
    var unknowns = dropped.map(missing)
    for figure in [item.project.output, item.project.heads, item.worth.value]
    where figure.span == nil {
      unknowns.append(figure.because)
    }
    switch item.origin?.basis {
    case .seat:
      unknowns.append(
        Phrase(zh: "现有工厂所在地未核实，按注册地估算", en: "plants not confirmed: from the registered seat"))
    case .median, nil:
      unknowns.append(Phrase(zh: "现址未知", en: "origin unknown"))
    case .plants: break
    }
    return unknowns
  }
}
