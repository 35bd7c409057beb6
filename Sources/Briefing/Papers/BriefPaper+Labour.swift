import Atlas
import Matching

extension BriefPaper {
  /// The run's labour plan at the site, or one made now where the labour model is at hand.
  private func plan() -> LabourPlan? {
    if let known = entry.labourPlan { return known }
    guard let model = context.labour, let heads = entry.project.heads.base, heads >= 1 else {
      return nil
    }
    let market = LabourMarket(model: model, snapshot: context.snapshot)
    let reach = LabourReach(market, site: context.snapshot.sites[entry.pairing.site].place)
    return reach.plan(
      LabourNeed(heads: heads, mix: card.occupations, grade: entry.project.heads.grade))
  }

  /// Page 5, first half: occupations with sources and wages, and the hiring calendar (T3, T4).
  mutating func labour() -> [Block] {
    var blocks: [Block] = [.heading(1, say("用工", "People"))]
    guard let plan = plan() else {
      blocks.append(
        .paragraph([
          .question(
            Question(
              say(
                "贵公司分工种各需多少人？（缺用工需求或用工表）",
                "How many people by occupation? (need or labour table missing)"),
              clearance: .open))
        ]))
      return blocks + ties()
    }
    let source = cite.model(
      Phrase(zh: "用工模型（通勤、竞争、接受意愿）", en: "labour model (commuting, competition, acceptance)"))
    let rows = plan.occupations.map { occupation -> Row in
      let zones = occupation.sources.prefix(2).map {
        context.place($0.place)
          + say(
            "（\(Numerals.fixed($0.minutes, places: 0)) 分钟）",
            " (\(Numerals.fixed($0.minutes, places: 0)) min)")
      }.joined(separator: say("、", ", "))
      return Row([
        .text(occupation.occupation.name[language]),
        Cell(.number(Double(occupation.need), plan.need.grade)),
        .base(occupation.available, language), .base(occupation.hires, language),
        .range(occupation.wageGoing, language), .base(occupation.wageNeeded, language),
        .base(occupation.fill, language, scale: 100),
        zones.isEmpty ? Cell(.unknown("")) : .text(zones),
      ])
    }
    let total = plan.occupations.reduce(0) { $0 + $1.need }
    let totalRow = Row(
      [.text(say("合计", "Total")), Cell(.number(Double(total), plan.need.grade))]
        + (0..<6).map { _ in .blank }, kind: .total)
    blocks.append(
      .table(
        Table(
          title: say("分工种：需要、可招、工资", "By occupation: needed, available, wage"),
          columns: [
            Column(say("工种", "Occupation"), weight: 1.1),
            .number(say("需要", "Needed"), unit: say("人", "people"), weight: 0.8),
            .number(say("可达人数", "Within reach"), unit: say("人", "people"), weight: 0.9),
            .number(say("预计可招", "Expected hires"), unit: say("人", "people"), weight: 0.9),
            .number(say("当地工资", "Going wage"), unit: say("元/月", "yuan/month"), weight: 1.7),
            .number(say("招满需付", "Wage to fill"), unit: say("元/月", "yuan/month"), weight: 0.9),
            .number(say("招满概率", "Filled with prob."), unit: "%", weight: 0.8),
            Column(say("主要来源（单程）", "Main sources (one way)"), weight: 2),
          ], rows: rows + [totalRow],
          note: say("未经外部验证。", "Not verified against outside figures."), sources: [source])))
    if let chart = LabourChart(plan, language).drawing {
      blocks.append(
        Block(
          .figure(
            Illustration(
              drawing: chart, caption: say("需要与预计可招", "Needed and expected hires"),
              sources: [source]))))
    }
    if let rates = context.hiring {
      let start = context.publication.asOf.adding(days: 180)
      let calendar = HiringCalendar(plan, rates: rates, start: start)
      if !calendar.entries.isEmpty {
        blocks.append(calendarTable(calendar, plan, source))
        blocks.append(actionTable(calendar, source))
        blocks.append(
          Block(
            .figure(
              Illustration(
                drawing: CalendarChart(calendar, plan, language).drawing,
                caption: say(
                  "招工日历：各月到岗与累计完成", "Hiring calendar: arrivals by month and cumulative fill"),
                sources: [source]))))
      }
    }
    if let line = lineToConfirm(
      say("用工总数", "heads"), entry.project.heads,
      formula: say("各工种按比例折算。", "Occupations scale in proportion."))
    {
      blocks.append(Block(.list([[line]])))
    }
    return blocks + ties()
  }

  /// Heads by occupation and month with the zones they come from, the running sum against the ramp.
  private func calendarTable(
    _ calendar: HiringCalendar, _ plan: LabourPlan, _ source: SourceReference
  ) -> Block {
    var monthly = [Int](repeating: 0, count: calendar.months)
    var rows: [Row] = []
    for (row, occupation) in plan.occupations.enumerated() {
      let items = calendar.entries.filter { $0.occupation == row }
      var heads = [Int](repeating: 0, count: calendar.months)
      var zones: [(place: Int, heads: Int)] = []
      for item in items {
        heads[item.month - 1] += item.heads
        if let known = zones.firstIndex(where: { $0.place == item.place }) {
          zones[known].heads += item.heads
        } else {
          zones.append((item.place, item.heads))
        }
      }
      for month in heads.indices { monthly[month] += heads[month] }
      zones.sort { $0.heads != $1.heads ? $0.heads > $1.heads : $0.place < $1.place }
      var cells: [Cell] = [.text(occupation.occupation.name[language])]
      cells += heads.map { Cell(.number(Double($0), .estimated)) }
      cells.append(Cell(.number(Double(heads.reduce(0, +)), .estimated)))
      cells.append(
        .text(
          zones.map { "\(context.place($0.place)) \($0.heads)" }
            .joined(separator: say("、", ", "))))
      rows.append(Row(cells))
    }
    func summary(_ name: String, _ values: [Int], last: Int?) -> Row {
      var cells: [Cell] = [.text(name)]
      cells += values.map { Cell(.number(Double($0), .estimated)) }
      cells.append(last.map { Cell(.number(Double($0), .estimated)) } ?? .blank)
      cells.append(.blank)
      return Row(cells, kind: .total)
    }
    let sum = monthly.reduce(0, +)
    rows.append(summary(say("当月合计", "Month"), monthly, last: sum))
    let running = monthly.indices.map { monthly[...$0].reduce(0, +) }
    rows.append(summary(say("累计到岗", "Running sum"), running, last: nil))
    let ramp = (0..<calendar.months).map { month in
      calendar.ramp.reduce(0) { $0 + ($1.indices.contains(month) ? $1[month] : 0) }
    }
    rows.append(summary(say("爬坡目标", "Ramp"), ramp, last: nil))
    let need = plan.occupations.reduce(0) { $0 + $1.need }
    var columns = [Column(say("工种", "Occupation"), weight: 1.2)]
    columns += (1...calendar.months).map {
      Column.number(say("第\($0)月", "M\($0)"), unit: "", weight: 0.7)
    }
    columns += [
      .number(say("小计", "Sum"), unit: "", weight: 0.7),
      Column(say("来源片区（人）", "Zones (people)"), weight: 4),
    ]
    return .table(
      Table(
        title: say("招工日历", "Hiring calendar"), columns: columns, rows: rows,
        note: say(
          "共需 \(need) 人，尚缺来源 \(need - sum) 人。",
          "\(need) needed, \(need - sum) still without a source."),
        sources: [source]))
  }

  /// What brings them, zone by zone: fairs, classes, buses, beds; who does it and what it costs.
  private func actionTable(_ calendar: HiringCalendar, _ source: SourceReference) -> Block {
    var places: [Int] = []
    for action in calendar.actions where !places.contains(action.place) {
      places.append(action.place)
    }
    let rows = places.map { place -> Row in
      let actions = calendar.actions.filter { $0.place == place }
      var owners: [String] = []
      for action in actions where !owners.contains(action.owner[language]) {
        owners.append(action.owner[language])
      }
      let costs = actions.compactMap(\.cost.span)
      let cost =
        costs.count == actions.count
        ? Cell(.span(costs.reduce(.zero, +).ordered * 0.0001, .estimated))
        : Cell(.unknown(say("费用未知", "cost unknown")))
      return Row([
        .text(context.place(place)), .text(words(actions)),
        .text(owners.joined(separator: say("、", ", "))), cost,
      ])
    }
    return .table(
      Table(
        title: say("从家门口到厂门口：分片区措施", "From door to gate: actions by zone"),
        columns: [
          Column(say("片区", "Zone"), weight: 1), Column(say("措施", "Actions"), weight: 3.4),
          Column(say("由谁来做", "Who"), weight: 2),
          .number(say("费用", "Cost"), unit: say("万元", "10k yuan"), weight: 1.3, places: 1),
        ], rows: rows,
        note: say("均为对所有企业同等开放的公共服务。", "All are public services open to every firm."),
        sources: [source]))
  }

  /// Fairs, classes, buses and beds in words, kind by kind.
  private func words(_ actions: [HiringAction]) -> String {
    HiringAction.Kind.allCases.compactMap { kind -> String? in
      let same = actions.filter { $0.kind == kind }
      guard !same.isEmpty else { return nil }
      let quantity = same.reduce(0) { $0 + $1.quantity }
      let capacity = same.compactMap(\.capacity).reduce(0, +)
      let heads = same.reduce(0) { $0 + $1.heads }
      let minutes = same.compactMap(\.minutes).max().map { Numerals.fixed($0, places: 0) }
      switch kind {
      case .jobFair:
        return say("专场招聘会 \(quantity) 场（\(heads) 人）", "\(quantity) job fairs (\(heads) people)")
      case .trainingClass:
        return say(
          "培训班 \(quantity) 个（学位 \(capacity)）", "\(quantity) classes (intake \(capacity))")
      case .outreach: return say("返乡对接 \(heads) 人", "outreach to \(heads) returnees")
      case .busLine:
        let way = minutes.map { say("，单程 \($0) 分钟", ", \($0) min one way") } ?? ""
        return say(
          "通勤公交 \(quantity) 辆（\(capacity) 座\(way)）", "\(quantity) buses (\(capacity) seats\(way))")
      case .dormitory: return say("宿舍床位 \(quantity) 张", "\(quantity) dormitory beds")
      }
    }.joined(separator: say("；", "; "))
  }

  /// Hometown and other ties: counts and status, office only (T4).
  private mutating func ties() -> [Block] {
    let recorded = context.snapshot.ties[entry.pairing.firm]
    guard let summary = entry.ties ?? TieSummary(recorded) else {
      return [
        .paragraph(
          [
            .question(
              Question(
                say(
                  "是否有本地籍管理人员、校友或往来企业？（名单由办公室提供）",
                  "Any managers from here, alumni or partners? (lists come from the office)"),
                clearance: .office))
          ], clearance: .office)
      ]
    }
    let rows = summary.lines.map { line in
      Row(
        [
          .text(line.kind?.name[language] ?? say("其他", "other")),
          Cell(.number(line.count, .measured)),
          .text(status(line.status)),
          .text(line.consent ? say("已同意", "consented") : say("未取得同意", "no consent yet")),
          Cell(.text(say("办公室名单", "office list")), sources: [cite.record(line.provenance)]),
        ], clearance: .office)
    }
    return [
      .table(
        Table(
          title: say("人脉（只记人数，不记姓名）", "Ties (counts, never names)"),
          columns: [
            Column(say("类型", "Kind")), .number(say("人数", "Count"), unit: ""),
            Column(say("进度", "Status")), Column(say("同意", "Consent")), Column(say("来源", "Source")),
          ], rows: rows), clearance: .office)
    ]
  }

  private func status(_ status: TieStatus) -> String {
    switch status {
    case .found: say("已查实", "found")
    case .contacted: say("已联系", "contacted")
    case .willing: say("愿牵线", "willing")
    }
  }

  /// Page 5, second half: the seven factors, need against offer, with owner and due (P4).
  mutating func factors() -> [Block] {
    let records = context.snapshot.factors
    let site = context.snapshot.sites[entry.pairing.site]
    var rows: [Row] = []
    for factor in Factor.allCases {
      let need = records.last { $0.factor == factor && $0.isNeed && $0.firm == entry.pairing.firm }
      let offer = records.last { $0.factor == factor && !$0.isNeed && $0.site == site.id }
      let computed = computedNeed(factor)
      let needText =
        quantity(need)
        ?? computed.map {
          Numeral($0, language).text
            + ($0.grade == .estimated ? Grade.estimated.label[language] : "")
        }
      let offerText = quantity(offer) ?? siteOffer(factor, site)
      var gapText = say("待核实", "to confirm")
      if let need, let offer, let wanted = need.quantity, let have = offer.quantity,
        need.unit == offer.unit
      {
        gapText =
          have >= wanted
          ? say("足", "met")
          : say("缺 ", "short of ") + Numerals.plain(wanted - have)
            + (need.unit.map { " " + $0 } ?? "")
      } else if let wanted = computed?.base, let have = siteQuantity(factor, site) {
        gapText =
          have >= wanted ? say("足", "met") : say("缺 ", "short of ") + Numerals.plain(wanted - have)
      }
      var references: [SourceReference] = []
      for record in [need, offer] {
        if let record { references.append(cite.record(record.provenance)) }
      }
      if references.isEmpty, let computed { references = [cite.figure(computed)] }
      // What the firm needs is the firm's own; what the office has on offer keeps its file's class,
      // and with it everything that is worked out from it.
      let asked = context.clearance(need?.provenance, firm: entry.pairing.firm).narrowedToFirm(own)
      let offered =
        quantity(offer) != nil
        ? context.clearance(offer?.provenance, firm: nil)
        : siteQuantity(factor, site) != nil || (factor == .energy && site.powerMegawatt != nil)
          ? context.clearance(site.provenance, firm: nil) : .open
      let both = asked.narrower(offered)
      let provided = need?.providedBy ?? offer?.providedBy ?? provider(factor)
      rows.append(
        Row(
          [
            .text(factorName(factor)),
            .text(needText ?? say("待企业提供", "to be told"), clearance: asked),
            .text(offerText ?? say("待核实", "to confirm"), clearance: offered),
            .text(gapText, clearance: both),
            .text(need?.owner ?? offer?.owner ?? say("待定", "to be named"), clearance: .office),
            .text((need?.due ?? offer?.due)?.iso ?? say("待定", "open"), clearance: both),
            .text(provided),
            Cell(
              .text(need?.status ?? offer?.status ?? ""), sources: references, clearance: both),
          ]))
    }
    return [
      .heading(1, say("七项要素", "The seven factors")),
      .table(
        Table(
          title: say("要素保障表", "Factors"),
          columns: [
            Column(say("要素", "Factor"), weight: 0.7), Column(say("需要", "Need"), weight: 1.7),
            Column(say("可供", "Available"), weight: 1.7), Column(say("缺口", "Gap"), weight: 1),
            Column(say("责任人", "Owner"), weight: 0.9, clearance: .office),
            Column(say("期限", "Due"), weight: 0.9),
            Column(say("由谁提供", "Provided by"), weight: 0.9),
            Column(say("状态与来源", "Status, source"), weight: 1.2),
          ], rows: rows,
          note: say("凡属市场能解决的，由市场解决。", "What the market can solve is left to the market."))),
    ]
  }

  private func factorName(_ factor: Factor) -> String {
    switch factor {
    case .capital: say("资金", "capital")
    case .energy: say("能源", "energy")
    case .land: say("土地", "land")
    case .labour: say("用工", "labour")
    case .technology: say("技术", "technology")
    case .transport: say("运输", "transport")
    case .material: say("原料", "materials")
    }
  }

  private func provider(_ factor: Factor) -> String {
    switch factor {
    case .capital, .transport, .material, .technology: say("市场", "market")
    case .energy, .land: say("政府（按公布价格）", "government (published prices)")
    case .labour: say("市场，政府提供公共就业服务", "market, with public employment services")
    }
  }

  private func quantity(_ record: FactorRecord?) -> String? {
    guard let record, let quantity = record.quantity else { return nil }
    return Numerals.plain(quantity) + (record.unit.map { " " + $0 } ?? "")
  }

  private func computedNeed(_ factor: Factor) -> Figure? {
    let figure: Figure? =
      switch factor {
      case .capital: entry.project.investment
      case .energy: entry.project.electricity
      case .land: entry.project.landMu
      case .labour: entry.project.heads
      case .transport: entry.freight.inbound.tonnes.sum(entry.freight.outbound.tonnes)
      case .material: entry.project.tonnesIn
      case .technology: nil
      }
    return figure?.span == nil ? nil : figure
  }

  private func siteQuantity(_ factor: Factor, _ site: Site) -> Double? {
    factor == .land ? site.landMu : nil
  }

  private func siteOffer(_ factor: Factor, _ site: Site) -> String? {
    switch factor {
    case .land: return site.landMu.map { Numerals.plain($0) + " " + Unit.mu.symbol[language] }
    case .energy: return site.powerMegawatt.map { Numerals.plain($0) + " MW" }
    case .labour:
      return entry.labour.available.span == nil
        ? nil
        : Numeral(entry.labour.available, language).text + say("（关键工种）", " (binding occupation)")
    case .material:
      return entry.localSourcing.needed > 0
        ? say(
          "就近 \(entry.localSourcing.matched)/\(entry.localSourcing.needed) 类",
          "\(entry.localSourcing.matched) of \(entry.localSourcing.needed) kinds nearby") : nil
    case .technology:
      let names = context.snapshot.assets.filter { asset in
        context.snapshot.district.home.contains {
          context.snapshot.places.lies(asset.place, in: $0)
        }
          && (asset.segments.isEmpty || asset.segments.contains(entry.pairing.segment))
      }.prefix(3).map(\.name)
      return names.isEmpty ? nil : names.joined(separator: say("、", ", "))
    case .capital, .transport: return nil
    }
  }
}

extension Figure {
  /// The sum of two figures of one unit; unknown when either is.
  func sum(_ other: Figure) -> Figure {
    guard let left = span, let right = other.span else { return span == nil ? self : other }
    return Figure(
      left.ordered + right.ordered, unit, grade.weakest(other.grade), because: because,
      provenance: provenance)
  }
}
