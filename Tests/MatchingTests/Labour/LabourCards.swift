import Atlas
import Testing

@testable import Matching

/// Labour cards and small towns for the tests; the card's values are those of methods.md.
enum LabourCards {
  static let values: [(String, Double, Double, Double)] = [
    ("graduateRetention", 0.35, 0.2, 0.5), ("graduateProRating", 0.5, 0.5, 0.5),
    ("switcherShare", 0.02, 0.01, 0.04), ("hiringWindow", 6, 6, 6),
    ("returnRate", 0.02, 0.01, 0.04), ("returnWageElasticity", 2, 2, 2),
    ("homeToDestinationWage", 0.759, 0.759, 0.759), ("commuteDecay", 0.04621, 0.04621, 0.04621),
    ("commuteOnset", 14.117, 14.117, 14.117), ("commuteCutoff", 90, 90, 90),
    ("dormitoryCutoff", 240, 240, 240), ("dormitoryWeight", 0.3, 0.3, 0.3),
    ("commuteCircuity", 1.35, 1.35, 1.35), ("commuteSpeed", 55, 55, 55),
    ("commuteAccess", 5, 5, 5), ("intraPlaceFactor", 0.67, 0.67, 0.67),
    ("offerAcceptance", 0.25, 0.15, 0.35), ("outsideOption", 0.1, 0.05, 0.2),
    ("labourSupplyElasticity", 3, 3, 3), ("wagePremiumCap", 0.6, 0.6, 0.6),
    ("hireOverdispersion", 100, 100, 100), ("supplierRadius", 2, 2, 2),
    ("uncommittedShare", 1, 0.5, 1), ("rampMonths", 6, 3, 12), ("jobFairHires", 60, 30, 120),
    ("jobFairCost", 20_000, 10_000, 40_000), ("busSeats", 45, 33, 53),
    ("busMonthCost", 22_000, 15_000, 30_000), ("classIntake", 40, 30, 60),
    ("classMonths", 2, 1, 4), ("classHeadCost", 2_000, 1_000, 4_000),
    ("outreachHeadCost", 300, 100, 800), ("dormitoryBedCost", 250, 150, 400),
    ("halfLifeExpansion", 365, 180, 730), ("halfLifeRelocation", 365, 180, 730),
    ("halfLifeLeaseEnd", 270, 135, 540), ("halfLifeLandPurchase", 540, 270, 1080),
    ("halfLifeRecruitment", 120, 60, 240), ("halfLifeFinancing", 365, 180, 730),
    ("halfLifeEnvironmentalOrder", 365, 180, 730), ("halfLifeAnchorCustomer", 365, 180, 730),
    ("halfLifeOther", 180, 90, 360), ("signalStrengthUnknown", 0.5, 0.25, 1),
    ("fullLoadHours", 6000, 4500, 7500),
  ]

  /// The whole card, some values replaced, some names left out.
  static func table(
    _ replaced: [String: Double] = [:], without: Set<String> = [], adding: [String] = []
  ) -> ParameterTable {
    var entries: [(name: String, parameter: Parameter, line: Int)] = []
    for (line, (name, value, low, high)) in values.enumerated() where !without.contains(name) {
      let new = replaced[name]
      entries.append(
        (
          name,
          Parameter(
            value: new ?? value, low: new ?? low, high: new ?? high, unit: "test",
            source: "methods.md", evidence: .assumed), line + 1
        ))
    }
    for name in adding {
      entries.append(
        (
          name,
          Parameter(value: 1, low: 1, high: 1, unit: "test", source: "", evidence: .assumed), 99
        ))
    }
    return ParameterTable(card: "labour", entries: entries)
  }

  static let worker = Occupation(id: "worker", name: Phrase(zh: "普工", en: "worker"))

  static func model(
    _ replaced: [String: Double] = [:], occupations: [Occupation] = [worker]
  ) throws -> LabourModel {
    try LabourModel(table(replaced), occupations: occupations)
  }

  /// Places `0..<count` of one province, codes "01", "02" …; row 0 is the province itself.
  static func places(_ count: Int) -> Places {
    var entries = [Places.Entry(code: "00", name: "省", level: .province)]
    for index in 1..<max(2, count + 1) {
      entries.append(
        Places.Entry(
          code: index < 10 ? "0\(index)" : "\(index)", name: "地\(index)", level: .county,
          parent: "00"))
    }
    return Places(entries)
  }

  static func record(
    _ place: Int, _ occupation: String = "worker", unemployed: Double? = nil,
    graduates: Double? = nil, outMigrants: Double? = nil, employed: Double? = nil,
    wage: Double? = nil, year: Int = 2024, line: Int32 = 1, grade: Grade = .measured
  ) -> LabourRecord {
    LabourRecord(
      place: place, occupation: occupation, employed: employed, unemployed: unemployed,
      graduates: graduates, outMigrants: outMigrants, wage: wage, year: year, grade: grade,
      provenance: Provenance(source: 0, line: line))
  }

  static func vacancy(_ place: Int, _ persons: Double, wage: Double? = nil) -> Vacancy {
    Vacancy(
      place: place, occupation: "worker", persons: persons, wage: wage,
      provenance: Provenance(source: 0, line: 1))
  }
}
