import Atlas

/// Who provides a factor. 提供方
public enum Provider: String, Sendable, Codable, CaseIterable {
  case government = "政府"
  case market = "市场"

  public var name: Phrase {
    switch self {
    case .government: Phrase(zh: "政府", en: "government")
    case .market: Phrase(zh: "市场", en: "market")
    }
  }
}

/// One factor of a project at a site: needed, there, missing, by whom, until when. 要素
public struct FactorLine: Sendable, Equatable {
  public let factor: Factor
  public let need: Figure
  public let have: Figure
  /// What is missing, never below 0; unknown while either side is.
  public let gap: Figure
  /// Unit as the source gives it, where it is none of the product's own.
  public let unitText: String?
  /// Role or office; nil while nobody is named.
  public let owner: String?
  public let due: Day?
  public let status: String?
  public let provider: Provider
  /// True when nobody has said who provides it and the default holds.
  public let providerIsDefault: Bool
  /// What to ask, of the firm first, then of the site, then who and when.
  public let questions: [Phrase]
}

/// What a project is known to need beyond its records, computed elsewhere. 项目需求
public struct ProjectNeeds: Sendable, Equatable {
  /// 10k yuan per year.
  public let output: Figure
  /// Heads, and the people that the site can reach.
  public let heads: Figure
  public let reachable: Figure
  /// Tonnes per year in and out.
  public let tonnes: Figure
  /// Value of inputs, and what local firms could supply, 10k yuan per year.
  public let inputs: Figure
  public let localInputs: Figure

  public init(
    output: Figure, heads: Figure, reachable: Figure, tonnes: Figure, inputs: Figure,
    localInputs: Figure
  ) {
    self.output = output
    self.heads = heads
    self.reachable = reachable
    self.tonnes = tonnes
    self.inputs = inputs
    self.localInputs = localInputs
  }
}

/// The seven factors of a project at a site, in the order 资金 能源 土地 用工 技术 运输 原料. 七要素
///
/// A firm's own record or statement comes before an estimate from the chain model; what neither
/// gives is unknown and becomes a question.
public struct FactorTable: Sendable, Equatable {
  public let lines: [FactorLine]

  /// - Parameters:
  ///   - segment: global row of the segment that the project makes.
  ///   - site: row of `Snapshot.sites`.
  public init(
    _ snapshot: Snapshot, firm: Int, segment: Int, site: Int, needs: ProjectNeeds,
    model: FactorModel
  ) {
    let stated = snapshot.projects[firm].last
    let segmentModel = snapshot.segments[segment]
    let place = snapshot.sites[site]
    lines = Factor.allCases.map { factor in
      let wanted = snapshot.factors.last {
        $0.factor == factor && $0.isNeed && $0.firm == firm
      }
      let offered = snapshot.factors.last {
        $0.factor == factor && !$0.isNeed && $0.site == place.id && ($0.firm ?? firm) == firm
      }
      return FactorLine(
        factor, wanted: wanted, offered: offered,
        need: model.need(factor, segmentModel, stated, needs),
        have: model.have(factor, snapshot, place, segment, needs))
    }
  }

  /// The questions of all factors, in order.
  public var questions: [Phrase] { lines.flatMap(\.questions) }
}

extension FactorLine {
  fileprivate init(
    _ factor: Factor, wanted: FactorRecord?, offered: FactorRecord?, need estimate: Figure,
    have known: Figure
  ) {
    let need = FactorLine.figure(wanted, estimate, grade: .stated)
    let have = FactorLine.figure(offered, known, grade: .measured)
    // Records may be in another unit than the product's own; both sides must then agree.
    let needUnit = wanted?.quantity == nil ? nil : wanted?.unit
    let haveUnit = offered?.quantity == nil ? nil : offered?.unit
    let comparable =
      FactorLine.same(needUnit, need.unit, haveUnit, have.unit) && need.span != nil
      && have.span != nil
    self.factor = factor
    self.need = need
    self.have = have
    unitText = needUnit ?? haveUnit
    if comparable, let wants = need.span, let has = have.span {
      gap = Figure(
        Span.each { max(0, wants[$0] - has[$0]) }.ordered, need.unit,
        need.grade.weakest(have.grade), because: Phrase(zh: "需求 − 现有", en: "need − available"))
    } else {
      gap = .unknown(
        need.unit,
        missing: need.span == nil
          ? Phrase(zh: "企业需求", en: "the firm's need")
          : have.span == nil
            ? Phrase(zh: "载体现有量", en: "what the site has")
            : Phrase(zh: "同一计量单位", en: "one unit for both sides"))
    }
    owner = offered?.owner ?? wanted?.owner
    due = offered?.due ?? wanted?.due
    status = offered?.status ?? wanted?.status
    let said = (offered?.providedBy ?? wanted?.providedBy).flatMap { Provider(rawValue: $0) }
    provider = said ?? factor.defaultProvider
    providerIsDefault = said == nil
    var questions: [Phrase] = []
    let name = factor.name
    if need.span == nil || need.grade == .estimated {
      questions.append(
        need.span == nil
          ? Phrase(
            zh: "请问贵公司项目的\(name.zh)需求是多少（数量、单位、时间）？",
            en: "What does your project need of \(name.en): how much, in which unit, by when?")
          : Phrase(
            zh: "\(name.zh)需求为估算，请企业确认。",
            en: "The need of \(name.en) is an estimate: please confirm."))
    }
    if have.span == nil {
      questions.append(
        Phrase(zh: "载体可提供的\(name.zh)有多少？", en: "How much of \(name.en) can the site offer?"))
    }
    if owner == nil || due == nil {
      questions.append(
        Phrase(zh: "\(name.zh)由谁负责、何时到位？", en: "Who sees to \(name.en), and by when?"))
    }
    self.questions = questions
  }

  private static func figure(_ record: FactorRecord?, _ other: Figure, grade: Grade) -> Figure {
    guard let record, let quantity = record.quantity, quantity.isFinite else { return other }
    return Figure(
      Span(quantity), other.unit, grade,
      because: record.unit.map { Phrase(zh: "要素表，单位 \($0)", en: "factor table, in \($0)") }
        ?? Phrase(zh: "要素表", en: "factor table"),
      provenance: record.provenance)
  }

  /// A record's unit as text, the product's own where there is none.
  private static func same(_ left: String?, _ a: Unit, _ right: String?, _ b: Unit) -> Bool {
    (left ?? a.symbol.zh) == (right ?? b.symbol.zh)
  }
}

extension Factor {
  public var name: Phrase {
    switch self {
    case .capital: Phrase(zh: "资金", en: "capital")
    case .energy: Phrase(zh: "能源", en: "energy")
    case .land: Phrase(zh: "土地", en: "land")
    case .labour: Phrase(zh: "用工", en: "labour")
    case .technology: Phrase(zh: "技术", en: "technology")
    case .transport: Phrase(zh: "运输", en: "transport")
    case .material: Phrase(zh: "原料", en: "materials")
    }
  }

  /// What the market can solve is left to it (凡属市场能解决的，都要简政放权): land alone is the state's
  /// to grant, and with it the connection of power to it.
  public var defaultProvider: Provider {
    switch self {
    case .land, .energy: .government
    case .capital, .labour, .technology, .transport, .material: .market
    }
  }
}
