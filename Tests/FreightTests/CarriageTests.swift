import Atlas
import Testing

@testable import Freight

@Suite struct CarriageTests {
  private func rates(
    _ cargo: CargoClass = .general, tonnes: Double? = nil, loading: Loading = .auto,
    fixing values: [String: Double] = [:]
  ) throws -> Rates {
    let model = try SmallCountry.network(fixing: values).model
    let carriage = Carriage(
      cargo: cargo, modes: .all, loading: loading, consignment: tonnes, model: model)
    return Rates(model: model, scenario: .base, carriage: carriage)
  }

  @Test("a 40-foot box over 1,500 km of rail costs 4,811 yuan, as published")
  func box() throws {
    let perTonne = try rates().rail(km: 1500).freight
    #expect(abs(perTonne * 22 - 4811) < 1e-6)
    #expect(abs((perTonne / 1500) - 0.1458) < 5e-5)
  }

  @Test("the smaller the consignment, the dearer the tonne")
  func sizes() throws {
    let costs = try [30.0, 10, 3, 0.7, 0.1].map {
      try rates(tonnes: $0).road(km: 900, crossesStrait: false).freight
    }
    #expect(costs == costs.sorted())
    #expect(Set(costs).count == 5)
  }

  @Test("bulk goes by wagon, and what the cargo forbids is not offered")
  func classes() throws {
    #expect(try rates(.bulk).carriage.carload)
    #expect(ModeSet.all.carrying(.oversize) == [.road, .water, .ocean])
    #expect(!ModeSet.all.carrying(.hazardous).contains(.air))
    let plain = try rates().road(km: 500, crossesStrait: false).freight
    for cargo in [CargoClass.hazardous, .oversize, .refrigerated] {
      #expect(try rates(cargo).road(km: 500, crossesStrait: false).freight > plain)
    }
  }

  @Test("the strait costs a ferry and a queue")
  func strait() throws {
    let dry = try rates().road(km: 500, crossesStrait: false)
    let wet = try rates().road(km: 500, crossesStrait: true)
    #expect(wet.freight > dry.freight && wet.days > dry.days)
  }

  @Test("a trip waits at the lock only when it passes it")
  func lock() throws {
    let rates = try rates()
    let stops = [0.0, 500, 700, 1600].map { Corridor.Stop(terminal: "x", km: $0) }
    let above = rates.corridor(SmallCountry.river, from: stops[0], to: stops[1])
    let through = rates.corridor(SmallCountry.river, from: stops[1], to: stops[2])
    let up = rates.corridor(SmallCountry.river, from: stops[2], to: stops[1])
    #expect(above.days < through.days)
    #expect(through.days == up.days)
    #expect(abs(through.days - (200.0 / 320 + 1 + 100.0 / 24)) < 1e-9)
  }
}
