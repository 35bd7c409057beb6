import Atlas
import Matching

extension PaperContext {
  /// The one-sheet picture of a chain, for one reader. 全景图
  ///
  /// The firm edition shows only what the firm may see: the class of each gap without its figures,
  /// no target firms, no firms from office files.
  public func panorama(chain row: Int, firm: Int?, edition: Edition) -> PanoramaData {
    let model = snapshot.chains[row]
    let range = snapshot.segments.rows(ofChain: row)
    let entry = firm.flatMap { wanted in
      ranking(ofChain: row)?.entries.first { $0.pairing.firm == wanted }
    }
    let table = gaps(ofChain: row)
    let reader = Reader(
      edition: edition, firm: firm.map { snapshot.firms.id[$0] }, language: language)
    let home =
      entry.map { snapshot.sites[$0.pairing.site].place }
      ?? snapshot.district.home.first ?? 0
    let segments = range.map { segment -> PanoramaSegment in
      let gap = table?.row(of: segment)
      let card = snapshot.segments[segment]
      func visible(_ rows: [Int]) -> [Int] {
        rows.filter {
          $0 != firm && reader.mayRead(clearance(snapshot.firms.provenance[$0], firm: $0))
        }
      }
      let targets =
        edition == .office
        ? (ranking(ofChain: row)?.entries ?? []).filter {
          $0.pairing.segment == segment && $0.pairing.firm != firm && $0.verdict != .hold
        }.prefix(5).map { PanoramaFirm(name: shortName($0.pairing.firm)) } : []
      return PanoramaSegment(
        name: card.name[language], tier: card.tier, gapClass: gap?.gapClass ?? .unknown,
        figure: edition == .office ? gap.map(figureLine) ?? "" : "",
        local: visible(gap?.localFirms ?? []).prefix(12).map {
          PanoramaFirm(name: shortName($0), distanceKm: distance(fromFirm: $0, to: home))
        },
        national: visible(gap?.nationalFirms ?? []).prefix(12).map {
          PanoramaFirm(name: shortName($0))
        }, targets: targets,
        marked: entry?.pairing.segment == segment ? firm.map { self.firm($0) } : nil)
    }
    var flows: [PanoramaFlow] = []
    for (to, segment) in range.enumerated() {
      for input in snapshot.segments[segment].inputs {
        guard let from = snapshot.segments.find(input.segment), range.contains(from) else {
          continue
        }
        flows.append(
          PanoramaFlow(from: from - range.lowerBound, to: to, weight: input.coefficient.value))
      }
    }
    let lines = colophon(
      unknowns: segments.filter { $0.gapClass == .unknown }.count,
      exclusions: edition == .office ? ranking(ofChain: row)?.excluded.count ?? 0 : 0,
      edition: edition
    ).lines(language)
    return PanoramaData(
      title: say("国内\(model.name.zh)产业链全景图", "The \(model.name.en) chain in China"),
      subtitle: say(
        "\(snapshot.district.name) · 数据截至 \(snapshot.asOf.iso) · 企业按规模列出 · 方框底纹示本地缺口",
        "\(snapshot.district.name) · data as of \(snapshot.asOf.iso) · firms by size · patterns show local gaps"
      ),
      language: language, classification: edition == .office ? .office : .open,
      isSample: snapshot.district.isSample, tiers: model.tiers.map { $0[language] },
      segments: segments, flows: flows,
      position: entry.map { positionLines($0, chain: row) } ?? [], footer: lines)
  }

  /// Demand and coverage in one line: they rest on the district's plans and stay with the office.
  private func figureLine(_ gap: GapRow) -> String {
    guard gap.gapClass != .outside else { return "" }
    guard let demand = gap.demand.base else { return say("需求未知", "demand unknown") }
    let mark = gap.demand.grade == .estimated ? Grade.estimated.label[language] : ""
    var line = say(
      "需求 \(Numerals.plain(demand))\(mark)万元/年",
      "demand \(Numerals.plain(demand)) \(mark) 10k yuan/yr")
    if let coverage = gap.coverage {
      let share = Numerals.plain(min(9.99, coverage) * 100)
      line += say(" · 覆盖 \(share)%", " · covered \(share)%")
    }
    return line
  }

  /// The name without the words that every firm has.
  func shortName(_ row: Int) -> String {
    var name = firm(row)
    for ending in ["有限责任公司", "股份有限公司", "有限公司"] where name.hasSuffix(ending) {
      let short = String(name.dropLast(ending.count))
      if short.count >= 3 { name = short }
    }
    return name
  }

  /// Where the firm stands: tier, role, neighbours.
  func positionLines(_ entry: Entry, chain row: Int) -> [String] {
    let segment = entry.pairing.segment
    let card = snapshot.segments[segment]
    let model = snapshot.chains[row]
    let suppliers = mainSuppliers(of: segment).prefix(4).map { self.segment($0) }
    let customers = mainCustomers(of: segment).prefix(4).map { self.segment($0) }
    let tier = model.tiers[card.tier][language]
    let comma = say("、", ", ")
    let none = say("终端市场", "end markets")
    return [
      say(
        "\(firm(entry.pairing.firm))位于第 \(card.tier + 1) 层“\(tier)”的“\(card.name.zh)”环节；"
          + "上游主要是\(suppliers.isEmpty ? "（无）" : suppliers.joined(separator: comma))，"
          + "下游主要是\(customers.isEmpty ? none : customers.joined(separator: comma))；"
          + "本地已有配套 \(entry.localSourcing.matched) 类（共需 \(entry.localSourcing.needed) 类）。",
        "\(firm(entry.pairing.firm)) stands in tier \(card.tier + 1), \(tier), at \(card.name.en); "
          + "upstream mainly \(suppliers.isEmpty ? "none" : suppliers.joined(separator: comma)), "
          + "downstream mainly \(customers.isEmpty ? none : customers.joined(separator: comma)); "
          + "\(entry.localSourcing.matched) of \(entry.localSourcing.needed) inputs can be had locally."
      )
    ]
  }

  /// Segments that supply most of a segment's inputs, largest first.
  func mainSuppliers(of segment: Int) -> [Int] {
    snapshot.segments[segment].inputs.enumerated()
      .sorted {
        $0.element.coefficient.value != $1.element.coefficient.value
          ? $0.element.coefficient.value > $1.element.coefficient.value : $0.offset < $1.offset
      }
      .compactMap { snapshot.segments.find($0.element.segment) }.filter { $0 != segment }
  }

  /// Segments of the chain that buy from a segment, largest coefficient first.
  func mainCustomers(of segment: Int) -> [Int] {
    let id = snapshot.segments[segment].id
    return snapshot.segments.rows(ofChain: chain(ofSegment: segment)).compactMap {
      row -> (Int, Double)? in
      guard row != segment,
        let input = snapshot.segments[row].inputs.first(where: { $0.segment == id })
      else { return nil }
      return (row, input.coefficient.value)
    }.sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }.map(\.0)
  }
}
