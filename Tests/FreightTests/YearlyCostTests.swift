import Atlas
import Testing

@testable import Freight

@Suite struct YearlyCostTests {
  private func model() throws -> FreightModel { try SmallCountry.network().model }

  @Test("a plant worked out by hand costs what the hand says")
  func byHand() throws {
    let needs = PlantNeeds(heads: 200, energy: 1000, landMu: 50, output: 10_000, treatsWaste: true)
    let prices = PlacePrices(wage: 60_000, energy: 600, land: 20)
    let cost = try YearlyCost(
      freightIn: Span(100), freightOut: Span(50), needs: needs, prices: prices, model: model())
    #expect(try abs(#require(cost.parts[.wages]).base - 200 * 6 * 1.28) < 1e-9)
    #expect(cost.parts[.energy] == Span(60))
    #expect(try abs(#require(cost.parts[.landOrRent]).base - 1000 * 0.08174286) < 1e-4)
    #expect(cost.parts[.environment]?.base == 80)
    let total = try #require(cost.total).base
    #expect(abs(total - (100 + 50 + 1536 + 60 + 81.74286 + 80)) < 1e-3)
    #expect(try abs(#require(cost.freightShare) - 150 / total) < 1e-12)
    #expect(try abs(#require(cost.perUnit(output: 10_000, price: 100)).base - total / 100) < 1e-9)
  }

  @Test("a missing price leaves the part and the total unknown, and says which")
  func missing() throws {
    let cost = try YearlyCost(
      freightIn: Span(1), freightOut: nil, needs: PlantNeeds(heads: 5), prices: PlacePrices(),
      model: model())
    #expect(cost.total == nil)
    #expect(cost.missing == [.freightOut, .wages, .energy, .landOrRent])
    #expect(cost.parts[.environment] == .zero)
    let other = try YearlyCost(
      freightIn: Span(2), freightOut: Span(3), needs: PlantNeeds(), prices: PlacePrices(),
      model: model())
    #expect(YearlyCost.comparable([cost, other]) == [.freightIn, .environment])
  }

  @Test("only a relocation pays for moving, and a loss is never earned back")
  func moving() throws {
    let model = try model()
    let branch = MovingCost(
      kind: .branch, investment: nil, output: nil, heads: nil, wage: nil, model: model)
    #expect(branch.total == .zero)
    let move = MovingCost(
      kind: .relocation, investment: 1000, output: 1200, heads: 100, wage: 60_000, model: model)
    // 80 for the machines, 100 a month × 1.5 × 12 % = 18, 70 heads × 5,000 × 4 = 140.
    #expect(try abs(#require(move.total).base - 238) < 1e-9)
    #expect(try abs(#require(move.paybackMonths(yearlySaving: 119)) - 24) < 1e-9)
    #expect(move.paybackMonths(yearlySaving: -1) == nil)
    let unknown = MovingCost(
      kind: .relocation, investment: nil, output: 1, heads: 1, wage: 1, model: model)
    #expect(unknown.total == nil)
  }
}
