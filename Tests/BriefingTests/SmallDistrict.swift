import Atlas
import Matching

@testable import Briefing

/// A district of two chains and a handful of firms, small enough to check papers by eye. Of the two real
/// firms only what the founding article says is a fact; the others are fictional.
struct SmallDistrict {
  let snapshot: Snapshot
  let publication: Publication
  let language: Language

  /// Canaries in the facts of each class.
  static let officeCanary = "CANARYOFFICE"
  static let otherCanary = "CANARYOTHER"

  init(language: Language = .zhHans) {
    self.language = language
    func p(_ value: Double, _ unit: String = "1") -> Parameter {
      Parameter(
        value: value, low: value * 0.8, high: value * 1.3, unit: unit, source: "test",
        evidence: .assumed)
    }
    func segment(
      _ id: String, _ zh: String, _ en: String, tier: Int, inputs: [(String, Double)],
      perWorker: Double = 80, product: ProductUnit? = nil,
      mix: [(String, Double)] = [("operator", 70), ("technician", 30)]
    ) -> Segment {
      Segment(
        id: id, name: Phrase(zh: zh, en: en), tier: tier, aliases: [], keywords: [],
        negativeKeywords: [], industries: [],
        inputs: inputs.map { SegmentInput(segment: $0.0, coefficient: p($0.1)) },
        valuePerTonne: p(100_000), cargo: .general, outputPerWorker: p(perWorker),
        occupations: mix.map { OccupationShare(occupation: $0.0, per100: $0.1) },
        investmentPerOutput: p(0.6), landPerOutput: p(0.002), powerPerOutput: p(0.4),
        nationalOutput: p(1e6), inventoryDays: p(30), product: product, environment: [], assets: [])
    }
    let pcb = ChainModel(
      id: "pcb", name: Phrase(zh: "电子电路", en: "printed circuits"), version: "2026.1",
      tiers: ["上游材料", "基材", "印制板", "组装与终端"].enumerated().map { index, zh in
        Phrase(zh: zh, en: ["Materials", "Laminates", "Boards", "Assembly"][index])
      },
      segments: [
        segment("pcb.glass", "电子级玻纤布", "glass cloth", tier: 0, inputs: []),
        segment("pcb.foil", "电解铜箔", "copper foil", tier: 0, inputs: []),
        segment("pcb.resin", "环氧树脂", "epoxy resin", tier: 0, inputs: []),
        segment(
          "pcb.laminate", "覆铜板", "copper-clad laminate", tier: 1,
          inputs: [("pcb.foil", 0.3), ("pcb.glass", 0.2), ("pcb.resin", 0.15)]),
        segment(
          "pcb.multilayer", "多层板", "multilayer boards", tier: 2,
          inputs: [("pcb.laminate", 0.3), ("pcb.foil", 0.05)],
          product: ProductUnit(name: Phrase(zh: "平方米", en: "m²"), price: p(1000))),
        segment("pcb.smt", "表面贴装", "surface mounting", tier: 3, inputs: [("pcb.multilayer", 0.2)]),
      ], source: "test", inherited: false)
    let shoes = ChainModel(
      id: "shoes", name: Phrase(zh: "运动鞋服", en: "sports shoes"), version: "2026.1",
      tiers: [
        Phrase(zh: "材料", en: "Materials"), Phrase(zh: "制鞋", en: "Shoemaking"),
        Phrase(zh: "品牌", en: "Brands"),
      ],
      segments: [
        segment("shoes.fabric", "鞋面料", "uppers", tier: 0, inputs: []),
        segment("shoes.sole", "鞋底", "soles", tier: 0, inputs: []),
        segment(
          "shoes.odm", "运动鞋代工", "sports shoe ODM", tier: 1,
          inputs: [("shoes.fabric", 0.2), ("shoes.sole", 0.25)], perWorker: 18,
          product: ProductUnit(name: Phrase(zh: "双", en: "pairs"), price: p(60)),
          mix: [("operator", 60), ("sewing", 40)]),
        segment("shoes.brand", "运动品牌", "sports brands", tier: 2, inputs: [("shoes.odm", 0.3)]),
      ], source: "test", inherited: false)

    func at(_ longitude: Double, _ latitude: Double) -> Position? {
      Position(longitude: longitude, latitude: latitude)
    }
    let places = Places([
      Places.Entry(code: "360700", name: "赣州", level: .prefecture, position: at(114.9, 25.8)),
      Places.Entry(code: "350500", name: "泉州", level: .prefecture, position: at(118.6, 24.9)),
      Places.Entry(code: "440100", name: "广州", level: .prefecture, position: at(113.3, 23.1)),
      Places.Entry(
        code: "500153", name: "荣昌", level: .county, position: at(105.6, 29.4), population: 670_000,
        wage: 60_000, area: 1077),
      Places.Entry(code: "510900", name: "遂宁", level: .prefecture, position: at(105.6, 30.5)),
    ])
    func row(_ code: String) -> Int { places.find(code: code) ?? 0 }
    let home = row("500153")

    var firms = Firms()
    func add(
      _ id: Int64, _ name: String, _ place: Int, _ heads: Float?, _ revenue: Float?, source: Int32
    ) {
      firms.id.append(id)
      firms.name.append(name)
      firms.creditCode.append(nil)
      firms.stockCode.append(nil)
      firms.seat.append(Int32(place))
      firms.status.append(.active)
      firms.flags.append([])
      firms.employees.append(heads)
      firms.revenue.append(revenue)
      firms.established.append(nil)
      firms.provenance.append(Provenance(source: source, line: Int32(id) + 1))
    }
    add(1, "广东和鑫达电子股份有限公司", row("440100"), nil, nil, source: 0)
    add(2, "福建省中伟体育用品有限公司", row("350500"), nil, nil, source: 0)
    add(3, "示例铜箔有限公司", home, 300, 20_000, source: 0)
    add(4, "示例鞋材有限公司", home, 200, 9_000, source: 0)
    add(5, "示例覆铜板股份有限公司", row("440100"), 2_000, 300_000, source: 0)
    add(6, SmallDistrict.officeCanary + "树脂有限公司", home, 80, 4_000, source: 1)
    add(7, "<script>alert('x')</script>有限公司", row("440100"), 900, 80_000, source: 0)
    add(8, "示例国牌股份有限公司", row("350500"), 5_000, 900_000, source: 0)

    let stated = { (line: Int32) in Provenance(source: 0, line: line) }
    let sources = [
      SourceRecord(
        name: "重庆日报2021.csv", kind: "firms", digest: "d0", rows: 8, knownOn: Day(number: 18_600),
        disclosure: .public, note: nil),
      SourceRecord(
        name: SmallDistrict.officeCanary + ".csv", kind: "firms", digest: "d1", rows: 3,
        knownOn: Day(number: 18_610), disclosure: .office, note: nil),
      SourceRecord(
        name: SmallDistrict.otherCanary + ".csv", kind: "firm-lanes", digest: "d2", rows: 3,
        knownOn: Day(number: 18_620), disclosure: .confidential, note: nil),
    ]
    let count = firms.count
    snapshot = Snapshot(
      asOf: Day(number: 18_585), digest: "digest",
      district: District(
        name: "荣昌示例", home: [home], rivals: [row("360700"), row("510900")],
        leads: ["pcb", "shoes"], chiefs: ["常务副区长（电子信息产业链链长）", "区委常委（服饰产业链链长）"],
        language: language, isSample: true),
      places: places,
      sites: [Site(id: "RC", name: "荣昌电子电路产业园", place: home, landMu: 300)],
      chains: [pcb, shoes], firms: firms,
      postings: SmallDistrict.postings(count: pcb.segments.count + shoes.segments.count),
      plants: FirmGroups(
        firmCount: count,
        rows: [
          (
            1,
            Plant(
              place: row("350500"), product: "运动鞋", share: 1, heads: 3000, tenure: nil,
              leaseEnd: nil, provenance: stated(12))
          )
        ]), projects: FirmGroups(firmCount: count, rows: []),
      lanes: FirmGroups(firmCount: count, rows: []),
      ties: FirmGroups(
        firmCount: count,
        rows: [
          (
            1,
            Tie(
              kind: "籍贯", count: 2, status: "contacted", consent: false, source: nil,
              provenance: Provenance(source: 1, line: 9))
          )
        ]), signals: FirmGroups(firmCount: count, rows: []),
      outcomes: FirmGroups(firmCount: count, rows: []),
      claims: FirmGroups(firmCount: count, rows: []),
      labour: [("operator", 9_000.0), ("technician", 2_500), ("sewing", 1_800)].map {
        LabourRecord(
          place: home, occupation: $0.0, employed: $0.1 * 10, unemployed: $0.1, graduates: 300,
          outMigrants: nil, wage: 4_300, year: 2020, grade: .measured, provenance: stated(20))
      }, vacancies: [], targets: [],
      factors: [
        FactorRecord(
          firm: 0, site: nil, factor: .land, isNeed: true, quantity: 120, unit: "亩", owner: "区经信委",
          due: Day(number: 18_700), status: "洽谈", providedBy: "政府", provenance: stated(30)),
        FactorRecord(
          firm: nil, site: "RC", factor: .energy, isNeed: false, quantity: 80,
          unit: SmallDistrict.officeCanary, owner: nil, due: nil,
          status: SmallDistrict.officeCanary, providedBy: nil,
          provenance: Provenance(source: 1, line: 8)),
        FactorRecord(
          firm: nil, site: "RC", factor: .land, isNeed: false, quantity: 300, unit: "亩", owner: nil,
          due: nil, status: nil, providedBy: nil, provenance: stated(31)),
      ], assets: [], atlas: [], sources: sources, industryEmployment: [])

    func known(_ low: Double, _ base: Double, _ high: Double, _ unit: Unit) -> Figure {
      Figure(
        Span(low: low, base: base, high: high), unit, .estimated,
        because: Phrase(zh: "物流模型", en: "freight model"))
    }
    func entry(
      firm: Int, segment: Int, remedy: GapClass, output: Double, heads: Double,
      units: (Double, Phrase),
      inbound: (Double, Double), outbound: (Double, Double), wages: (Double, Double),
      terms: (cost: Double, fill: Double, sourcing: Double), occupation: String
    ) -> Entry {
      func bill(_ tonnes: Double, _ pair: (Double, Double)) -> FreightBill {
        let saving = pair.0 - pair.1
        return FreightBill(
          tonnes: known(tonnes * 0.7, tonnes, tonnes * 1.4, .tonnesPerYear),
          today: known(pair.0 * 0.8, pair.0, pair.0 * 1.3, .wanYuanPerYear),
          here: known(pair.1 * 0.8, pair.1, pair.1 * 1.3, .wanYuanPerYear),
          saving: known(saving - 90, saving, saving + 120, .wanYuanPerYear))
      }
      let inBill = bill(2_400, inbound)
      let outBill = bill(1_500, outbound)
      func line(_ role: YearlyCostLine.Role, _ place: Int, _ scale: Double, _ isToday: Bool)
        -> YearlyCostLine
      {
        YearlyCostLine(
          role: role, place: place,
          freightIn: Span((isToday ? inbound.0 : inbound.1) * scale),
          freightOut: Span((isToday ? outbound.0 : outbound.1) * scale),
          wages: Span((isToday ? wages.0 : wages.1) * scale), energy: Span(640.4 * scale),
          land: role == .rival ? nil : Span(85.5 * scale), environment: Span(12.3 * scale))
      }
      func reading(_ term: Term, _ utility: Double) -> Reading {
        Reading(
          term: term.rawValue, label: term.label, utility: Span(utility),
          value: known(1, 2, 3, term.unit), valueAtOrigin: nil)
      }
      return Entry(
        rank: firm + 1, rankLow: 1, rankHigh: 4, topTen: 1, topThirty: 1, verdict: .visitFirst,
        pairing: Pairing(firm: firm, segment: segment, site: 0), remedy: remedy,
        project: Project(
          kind: .newCapacity, output: known(output * 0.7, output, output * 1.5, .wanYuanPerYear),
          heads: known(heads * 0.8, heads, heads * 1.2, .persons), tonnesIn: inBill.tonnes,
          tonnesOut: outBill.tonnes,
          investment: firm == 0
            ? Figure(
              Span(32_000), .wanYuan, .stated, because: Phrase(same: "重庆日报"), provenance: stated(2))
            : known(9_000, 12_000, 20_000, .wanYuan),
          landMu: known(60, 90, 130, .mu),
          electricity: known(1, 2_000, 3_000, .megawattHoursPerYear),
          units: units.0, unitName: units.1),
        origin: Origin(
          basis: firm == 1 ? .plants : .seat,
          places: [WeightedPlace(place: row(firm == 1 ? "350500" : "440100"), weight: 1)],
          plausible: []),
        likelihood: Span(low: 0.03, base: 0.07, high: 0.15),
        worth: known(900, 1_500, 2_500, .wanYuanPerYear),
        worthWithoutDisplacement: known(900, 1_600, 2_600, .wanYuanPerYear), expectedValue: 420.6,
        visitCost: 4,
        readings: [
          Reading(
            term: "baseRate", label: Phrase(zh: "基准签约率", en: "base rate"), utility: Span(-2.94),
            value: known(0.02, 0.05, 0.1, .probability), valueAtOrigin: nil),
          reading(.annualCost, terms.cost), reading(.labourFill, terms.fill),
          reading(.localSourcing, terms.sourcing),
          Reading(
            term: "signal", label: Term.signal.label, utility: nil,
            value: .unknown(.ratio, missing: Phrase(zh: "缺动态信号", en: "no signals")),
            valueAtOrigin: nil),
        ], unknownShare: 0.2,
        freight: FreightBills(
          inbound: inBill, outbound: outBill, outboundToday: outBill, outboundNear: outBill,
          breakEvenNearShare: 0.62, neverSaves: false,
          nearShare: Span(low: 0.2, base: 0.5, high: 0.8),
          lanes: [
            LaneLine(
              direction: .inbound, cargo: Phrase(zh: "主材", en: "main input"),
              counterpart: Phrase(zh: "珠三角", en: "Pearl River Delta"), tonnes: inBill.tonnes,
              today: known(80, 120, 160, .yuanPerTonne), here: known(300, 420, 600, .yuanPerTonne),
              modeToday: Phrase(zh: "公路", en: "road"), modeHere: Phrase(zh: "铁路", en: "rail"))
          ]),
        labour: LabourReading(
          occupation: occupation, needed: known(heads * 0.3, heads * 0.4, heads * 0.5, .persons),
          available: known(400, 700, 1_100, .persons), fillProbability: 0.8),
        labourPlan: nil,
        localSourcing: LocalSourcing(
          share: 0.14, matched: 1, needed: 2,
          suppliers: [
            SupplierLine(
              segment: firm == 0 ? 1 : 7, firm: firm == 0 ? 2 : 3, amount: 800, shareOfNeed: 0.5,
              distanceKm: 6.2, because: Phrase(zh: "同环节确认挂链", en: "confirmed link"))
          ], uncovered: [firm == 0 ? 3 : 6], grade: .estimated),
        yearlyCosts: [
          line(.here, home, 1, false), line(.today, row(firm == 1 ? "350500" : "440100"), 1, true),
          line(.rival, row("360700"), 0.97, false), line(.rival, row("510900"), 1.02, false),
        ], warnings: [Warning(kind: "risk", text: Phrase(same: "CANARYRISK"))], ties: nil,
        moment: nil,
        headRank: 12,
        headShare: 0.003, alsoAt: [], why: Phrase(zh: "补链多层板。", en: "fills multilayer boards."),
        levers: [Phrase(zh: "共享集散仓", en: "a shared depot")],
        unknowns: [Phrase(zh: "缺客户名单", en: "list of customers")])
    }
    func gap(_ segment: Int, _ kind: GapClass, local: [Int], national: [Int]) -> GapRow {
      GapRow(
        segment: segment, gapClass: kind, robust: true,
        demand: known(9_000, 12_345, 20_000, .wanYuanPerYear),
        supply: known(1_000, 2_000, 3_000, .wanYuanPerYear), coverage: 0.16,
        openGap: known(8_000, 10_345, 17_000, .wanYuanPerYear), capableFirms: local.count,
        localFirms: local, nationalFirms: national, hhi: nil, effectiveSuppliers: nil,
        locationQuotient: nil, shrunkLocationQuotient: nil, backward: nil, forward: nil,
        extraction: nil, betweenness: nil, criticality: nil, density: nil, priority: nil,
        priorityParts: [], because: Phrase(zh: "需求大于供给", en: "demand above supply"), missing: [])
    }
    let pairs = Phrase(zh: "双", en: "pairs")
    let metres = Phrase(zh: "平方米", en: "m²")
    publication = Publication(
      asOf: Day(number: 18_585), seed: 1, snapshotDigest: "digest", modelDigest: "m",
      model: "prior-2026", evidence: EvidenceCount(measured: 0, published: 3, assumed: 9),
      likelihoodIsCalibrated: false,
      gaps: [
        GapTable(
          chain: 0,
          rows: [
            gap(0, .supplement, local: [], national: []), gap(1, .steady, local: [2], national: []),
            gap(2, .strengthen, local: [5], national: []),
            gap(3, .supplement, local: [], national: [4]),
            gap(4, .supplement, local: [], national: [0, 6]),
            gap(5, .extend, local: [], national: []),
          ]),
        GapTable(
          chain: 1,
          rows: [
            gap(6, .supplement, local: [], national: []), gap(7, .steady, local: [3], national: []),
            gap(8, .strengthen, local: [], national: [1]),
            gap(9, .outside, local: [], national: [7]),
          ]),
      ],
      rankings: [
        Ranking(
          chain: 0, pairings: 9, considered: 4,
          entries: [
            entry(
              firm: 0, segment: 4, remedy: .supplement, output: 30_000, heads: 380,
              units: (300_000, metres), inbound: (62.4, 171.3), outbound: (210.2, 130.8),
              wages: (3_400, 2_600), terms: (1.4, 0.1, 0.2), occupation: "technician")
          ],
          excluded: [
            Exclusion(firm: 4, reason: "cancelled", because: Phrase(zh: "已注销", en: "cancelled"))
          ], tauSize: 0.3, tauPlace: 0.85),
        Ranking(
          chain: 1, pairings: 3, considered: 2,
          entries: [
            entry(
              firm: 1, segment: 8, remedy: .strengthen, output: 60_000, heads: 3_000,
              units: (10_000_000, pairs), inbound: (300, 510), outbound: (420, 600),
              wages: (24_000, 18_000), terms: (0.9, 1.2, 0.1), occupation: "sewing")
          ], excluded: [], tauSize: nil, tauPlace: nil),
      ])
  }

  var context: PaperContext {
    PaperContext(
      snapshot: snapshot, publication: publication, run: "20201119-1", language: language,
      labour: SmallDistrict.labour, hiring: SmallDistrict.hiring,
      permitted: SmallDistrict.permitted,
      likelihoodLevels: LikelihoodLevels(high: 0.10, medium: 0.05))
  }

  func brief(_ firm: Int, _ edition: Edition, purpose: BriefRequest.Purpose = .visit) -> Document {
    var paper = BriefPaper(
      context,
      BriefRequest(
        entry: publication.rankings[firm].entries[0], purpose: purpose, edition: edition,
        offers: [("建一座共享集散仓", nil), ("前三年税收返还50%", nil), ("送一台机器", nil)],
        asks: ["请将注册地迁入本区", "请提供用料清单"], redLines: ["CANARYREDLINE"]))
    return paper.compose()
  }

  private static func postings(count: Int) -> Postings {
    var postings = Postings()
    postings.offset = [Int32](repeating: 0, count: count + 1)
    return postings
  }

  static let permitted = PermittedOffers(
    offers: [
      PermittedOffer(
        id: "depot", offer: Phrase(zh: "共享集散仓", en: "shared depot"),
        words: ["共享集散仓", "shared depot"],
        basis: Phrase(zh: "对各类经营者同等开放（待律师确认）", en: "open to all alike (to be confirmed)"))
    ],
    forbidden: [
      PermittedOffers.Forbidden(
        words: ["税收返还"], because: Phrase(zh: "公平竞争审查条例第十条", en: "article 10")),
      PermittedOffers.Forbidden(
        words: ["注册地迁入"], because: Phrase(zh: "公平竞争审查条例第九条", en: "article 9")),
    ])

  private static func table() -> ParameterTable {
    let special: [String: Double] = [
      "commuteDecay": 0.046, "commuteOnset": 14, "commuteCutoff": 90, "dormitoryCutoff": 240,
      "commuteSpeed": 40, "commuteAccess": 5, "commuteCircuity": 1.3, "hiringWindow": 6,
      "rampMonths": 6, "jobFairHires": 30, "busSeats": 45, "classIntake": 40, "classMonths": 2,
      "labourSupplyElasticity": 3, "hireOverdispersion": 100, "returnWageElasticity": 2,
    ]
    return ParameterTable(
      card: "labour",
      entries: LabourCard.names.sorted().map { name in
        let value = special[name] ?? 0.3
        return (
          name,
          Parameter(
            value: value, low: value, high: value, unit: "1", source: "test", evidence: .assumed), 1
        )
      })
  }

  static let labour: LabourModel? = try? LabourModel(
    table(),
    occupations: [
      Occupation(id: "operator", name: Phrase(zh: "普工", en: "operators")),
      Occupation(id: "technician", name: Phrase(zh: "技工", en: "technicians")),
      Occupation(id: "sewing", name: Phrase(zh: "缝纫工", en: "sewing workers")),
    ])
  static let hiring: HiringRates? = try? HiringRates(table())
}
