import Atlas
import GRDB

extension Freeze {
  private func each(
    _ table: String, _ columns: [String], _ body: (Facts.Fact) throws -> Void
  ) throws {
    try Facts.forEachLatest(
      database, table: table, columns: columns, asOf: asOf, through: through, body)
  }

  func freezePlants() throws -> [(firm: Int, row: Plant)] {
    var rows: [(firm: Int, row: Plant)] = []
    try each(
      "plantFact", ["firmId", "placeCode", "product", "share", "heads", "tenure", "leaseEndOn"]
    ) {
      fact in
      guard let firm = row(ofFirm: fact.integer(0)),
        let place = places.find(code: fact.requireText(1))
      else { return }
      rows.append(
        (
          firm,
          Plant(
            place: place, product: fact.text(2), share: fact.real(3), heads: fact.real(4),
            tenure: fact.text(5), leaseEnd: fact.day(6), provenance: provenance(fact))
        ))
    }
    return rows
  }

  func freezeProjects() throws -> [(firm: Int, row: StatedProject)] {
    var rows: [(firm: Int, row: StatedProject)] = []
    try each(
      "projectFact",
      [
        "firmId", "kind", "outputWanYuanPerYear", "investmentWanYuan", "tonnesInPerYear",
        "tonnesOutPerYear", "heads", "landMu", "powerMegawatt", "wantedByOn", "unitsPerYear",
      ]
    ) { fact in
      guard let firm = row(ofFirm: fact.integer(0)),
        let kind = ProjectKind(rawValue: fact.requireText(1))
      else { return }
      rows.append(
        (
          firm,
          StatedProject(
            kind: kind, output: fact.real(2), investment: fact.real(3), tonnesIn: fact.real(4),
            tonnesOut: fact.real(5), heads: fact.real(6), landMu: fact.real(7),
            powerMegawatt: fact.real(8), wantedBy: fact.day(9), units: fact.real(10),
            provenance: provenance(fact))
        ))
    }
    return rows
  }

  func freezeLanes() throws -> [(firm: Int, row: FirmLane)] {
    var rows: [(firm: Int, row: FirmLane)] = []
    try each(
      "laneFact",
      [
        "firmId", "direction", "placeCode", "tonnesPerYear", "valueYuanPerTonne", "segmentId",
        "mode",
      ]
    ) { fact in
      guard let firm = row(ofFirm: fact.integer(0)),
        let direction = LaneDirection(rawValue: fact.requireText(1)),
        let place = places.find(code: fact.requireText(2)), let tonnes = fact.real(3)
      else { return }
      rows.append(
        (
          firm,
          FirmLane(
            direction: direction, place: place, tonnes: tonnes, valuePerTonne: fact.real(4),
            segment: fact.text(5).flatMap { segments.find($0) }, mode: fact.text(6),
            provenance: provenance(fact))
        ))
    }
    return rows
  }

  func freezeTies() throws -> [(firm: Int, row: Tie)] {
    var rows: [(firm: Int, row: Tie)] = []
    try each("tieFact", ["firmId", "kind", "tieCount", "status", "hasConsent", "source"]) { fact in
      guard let firm = row(ofFirm: fact.integer(0)), let count = fact.real(2) else { return }
      rows.append(
        (
          firm,
          Tie(
            kind: fact.requireText(1), count: count, status: fact.text(3),
            consent: fact.flag(4) ?? false, source: fact.text(5), provenance: provenance(fact))
        ))
    }
    return rows
  }

  func freezeSignals() throws -> [(firm: Int, row: Signal)] {
    var rows: [(firm: Int, row: Signal)] = []
    try each("signalFact", ["firmId", "kind", "happenedOn", "strength", "source"]) { fact in
      guard let firm = row(ofFirm: fact.integer(0)), let date = fact.day(2), date <= asOf else {
        return
      }
      rows.append(
        (
          firm,
          Signal(
            kind: fact.requireText(1), date: date, strength: fact.real(3), source: fact.text(4),
            provenance: provenance(fact))
        ))
    }
    return rows
  }

  func freezeOutcomes() throws -> [(firm: Int, row: Outcome)] {
    var rows: [(firm: Int, row: Outcome)] = []
    try each(
      "outcomeFact",
      ["firmId", "siteId", "kind", "happenedOn", "owner", "reason", "promise", "dueOn"]
    ) { fact in
      guard let firm = row(ofFirm: fact.integer(0)), let date = fact.day(3), date <= asOf else {
        return
      }
      rows.append(
        (
          firm,
          Outcome(
            site: fact.text(1), kind: fact.requireText(2), date: date, owner: fact.text(4),
            reason: fact.text(5), promise: fact.text(6), due: fact.day(7),
            provenance: provenance(fact))
        ))
    }
    return rows
  }

  func freezeClaims() throws -> [(firm: Int, row: Claim)] {
    var rows: [(firm: Int, row: Claim)] = []
    try each("claimFact", ["firmId", "district", "sinceOn", "chainId", "status"]) { fact in
      guard let firm = row(ofFirm: fact.integer(0)) else { return }
      rows.append(
        (
          firm,
          Claim(
            district: fact.requireText(1), since: fact.day(2), chain: fact.text(3),
            status: fact.text(4), provenance: provenance(fact))
        ))
    }
    return rows
  }

  func freezeLabour() throws -> [LabourRecord] {
    var records: [LabourRecord] = []
    try each(
      "labourFact",
      [
        "placeCode", "occupation", "employed", "unemployed", "graduates", "outMigrants",
        "wageYuanPerMonth", "year", "grade",
      ]
    ) { fact in
      guard let place = places.find(code: fact.requireText(0)) else { return }
      let source = provenance(fact)
      let year = fact.integer(7).map { Int($0) } ?? sources[Int(source.source)].knownOn.civil.year
      records.append(
        LabourRecord(
          place: place, occupation: fact.requireText(1), employed: fact.real(2),
          unemployed: fact.real(3), graduates: fact.real(4), outMigrants: fact.real(5),
          wage: fact.real(6), year: year,
          grade: fact.text(8).flatMap { Grade(rawValue: $0) } ?? .measured, provenance: source))
    }
    return records
  }

  func freezeVacancies() throws -> [Vacancy] {
    var rows: [Vacancy] = []
    try each("vacancyFact", ["placeCode", "occupation", "persons", "wageYuanPerMonth"]) { fact in
      guard let place = places.find(code: fact.requireText(0)), let persons = fact.real(2) else {
        return
      }
      rows.append(
        Vacancy(
          place: place, occupation: fact.requireText(1), persons: persons, wage: fact.real(3),
          provenance: provenance(fact)))
    }
    return rows
  }

  func freezeTargets() throws -> [ChainTarget] {
    var rows: [ChainTarget] = []
    try each(
      "chainTargetFact",
      ["placeCode", "chainId", "segmentId", "plannedOutputWanYuan", "year", "document"]
    ) { fact in
      guard let place = places.find(code: fact.requireText(0)), let output = fact.real(3),
        let chain = chains.firstIndex(where: { $0.id == fact.requireText(1) })
      else { return }
      let source = provenance(fact)
      rows.append(
        ChainTarget(
          place: place, chain: chain, segment: fact.text(2).flatMap { segments.find($0) },
          plannedOutput: output,
          year: fact.integer(4).map { Int($0) } ?? sources[Int(source.source)].knownOn.civil.year,
          document: fact.text(5), provenance: source))
    }
    return rows
  }

  func freezeFactors() throws -> [FactorRecord] {
    var rows: [FactorRecord] = []
    try each(
      "factorFact",
      [
        "firmId", "siteId", "factor", "isNeed", "quantity", "unit", "owner", "dueOn", "status",
        "providedBy",
      ]
    ) { fact in
      guard let factor = Factor(rawValue: fact.requireText(2)), let isNeed = fact.flag(3) else {
        return
      }
      let firm = row(ofFirm: fact.integer(0))
      guard firm != nil || fact.text(1) != nil else { return }
      rows.append(
        FactorRecord(
          firm: firm, site: fact.text(1), factor: factor, isNeed: isNeed, quantity: fact.real(4),
          unit: fact.text(5), owner: fact.text(6), due: fact.day(7), status: fact.text(8),
          providedBy: fact.text(9), provenance: provenance(fact)))
    }
    return rows
  }

  func freezeAssets() throws -> [Asset] {
    var rows: [Asset] = []
    try each("assetFact", ["placeCode", "kind", "name", "segmentIds", "capacity"]) { fact in
      guard let place = places.find(code: fact.requireText(0)) else { return }
      rows.append(
        Asset(
          place: place, kind: fact.requireText(1), name: fact.requireText(2),
          segments: fact.list(3).compactMap { segments.find($0) }, capacity: fact.text(4),
          provenance: provenance(fact)))
    }
    return rows
  }

  func freezeAtlas() throws -> [AtlasEntry] {
    var rows: [AtlasEntry] = []
    try each("atlasFact", ["district", "chain", "role", "presence"]) { fact in
      rows.append(
        AtlasEntry(
          district: fact.requireText(0), chain: fact.requireText(1), role: fact.requireText(2),
          presence: fact.text(3), provenance: provenance(fact)))
    }
    return rows
  }

  func freezeIndustryEmployment() throws -> [IndustryEmployment] {
    var rows: [IndustryEmployment] = []
    try each("industryEmploymentFact", ["placeCode", "industry", "persons", "year"]) { fact in
      guard let place = places.find(code: fact.requireText(0)), let persons = fact.real(2),
        let year = fact.integer(3)
      else { return }
      rows.append(
        IndustryEmployment(
          place: place, industry: fact.requireText(1), persons: persons, year: Int(year),
          provenance: provenance(fact)))
    }
    return rows
  }
}
