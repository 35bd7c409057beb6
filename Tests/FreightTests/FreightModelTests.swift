import Atlas
import Freight
import Testing

@Suite struct FreightModelTests {
  private func load(_ change: (inout [(name: String, parameter: Parameter, line: Int)]) -> Void)
    throws -> FreightModel
  {
    var entries = try ShippedCard.parameters().entries
    change(&entries)
    return try FreightModel(
      parameters: ParameterTable(card: "freight", entries: entries),
      terminals: SmallCountry.terminals, corridors: [SmallCountry.river])
  }

  @Test("a card that lacks a parameter or has one too many is refused by name")
  func names() {
    #expect(throws: CardError.missing(card: "freight", name: "roadFtlRate")) {
      try load { entries in entries.removeAll { $0.name == "roadFtlRate" } }
    }
    #expect(throws: CardError.unknownKey(card: "freight", name: "roadFtlRat", line: 7)) {
      try load { $0.append(("roadFtlRat", .fixed(1), 7)) }
    }
  }

  @Test(
    "a range that is upside down, below zero, or a speed of zero is refused",
    arguments: [("waterRate", 0.5, 0.1, 0.9), ("waterRate", -1, 0, 1), ("truckSpeed", 0, 500, 600)])
  func ranges(name: String, low: Double, value: Double, high: Double) {
    #expect(throws: CardError.self) {
      try load { entries in
        for row in entries.indices where entries[row].name == name {
          entries[row].parameter = .range(low, value, high)
        }
      }
    }
  }

  @Test("a corridor that stops where there is no terminal is refused")
  func stops() throws {
    let strange = Corridor(
      id: "x", name: Phrase(same: "x"), mode: .water,
      stops: [.init(terminal: "乙港", km: 0), .init(terminal: "nowhere", km: 1)], source: "test")
    #expect(throws: CardError.self) {
      try FreightModel(
        parameters: ShippedCard.parameters(), terminals: SmallCountry.terminals,
        corridors: [strange])
    }
  }

  @Test("the low scenario is the cheap end: low rates and fast lorries")
  func cheapEnd() throws {
    let model = try SmallCountry.network().model
    #expect(model.value(.roadFtlRate, .low) == model[.roadFtlRate].low)
    #expect(model.value(.truckSpeed, .low) == model[.truckSpeed].high)
  }

  @Test("foreign terminals become places once each, and none of 中国台湾, 香港 or 澳门 is foreign")
  func gateways() throws {
    let gateways = try ShippedCard.model().gateways
    #expect(Set(gateways.map(\.code)).count == gateways.count)
    #expect(gateways.contains { $0.name == "杜伊斯堡" })
    #expect(!gateways.contains { ["71", "81", "82"].contains($0.code.prefix(2)) })
  }

  @Test("a plant whose logistics eat two fifths of its revenue is flagged")
  func flag() throws {
    let model = try SmallCountry.network().model
    #expect(model.isImplausible(cost: 41, revenue: 100))
    #expect(!model.isImplausible(cost: 39, revenue: 100))
    #expect(!model.isImplausible(cost: 39, revenue: 0))
  }
}
