import Atlas
import Testing

@testable import Matching

@Suite struct SupplierMatchTests {
  private static let segments = [
    SmallDistrict.segment("plant", inputs: [("foil", 0.3), ("glue", 0.1), ("air", 0.2)]),
    SmallDistrict.segment("foil"), SmallDistrict.segment("glue"), SmallDistrict.segment("air"),
  ]

  private static func model(_ replaced: [String: Double] = [:]) throws -> SupplierModel {
    try SupplierModel(LabourCards.table(replaced))
  }

  private static func world(_ firms: [SmallDistrict.Firm]) throws -> (Snapshot, LocalSupply) {
    let snapshot = SmallDistrict.snapshot(segments: segments, firms: firms)
    return (snapshot, LocalSupply(snapshot, model: try model(["uncommittedShare": 0.5]), place: 1))
  }

  private static func bill(_ snapshot: Snapshot, output: Double = 10_000) -> BillOfInputs {
    BillOfInputs(snapshot.segments[0], output: Span(output), in: snapshot.segments)
  }

  private static let prospect = SmallDistrict.Firm(
    name: "拟迁企业", links: [(0, 1, nil, nil), (1, 0.1, 9_000, nil)])

  @Test("suppliers are named with distance, evidence and what is free; the rate is by value")
  func named() throws {
    let (snapshot, supply) = try Self.world([
      Self.prospect,
      .init(name: "本地铜箔", seat: 1, links: [(1, 1, 1_200, 3)]),
      .init(name: "邻县铜箔", seat: 3, revenue: 2_000, links: [(1, 0.5, nil, nil)], plants: [2]),
      .init(name: "远方铜箔", seat: 3, links: [(1, 1, 50_000, nil)]),
      .init(name: "本地胶", seat: 1, revenue: nil, links: [(2, 1, nil, nil)]),
    ])
    let match = matchSuppliers([
      SuppliedProject(bill: Self.bill(snapshot), supply: supply, firm: 0)
    ])[0]
    let foil = match.inputs[0]
    #expect(foil.orders.map(\.supplier.firm) == [1, 2])
    #expect(foil.orders.map(\.amount) == [1_200, 500])
    #expect(foil.orders.map(\.supplier.capacity.grade) == [.measured, .estimated])
    #expect(foil.orders[0].supplier.distanceKm == 0)
    #expect(abs((foil.orders[1].supplier.distanceKm ?? 0) - 38.9 * 1.35) < 1)
    #expect(abs(foil.fillRate - 1_700.0 / 3_000) < 1e-12)
    #expect(match.inputs[1].orders.isEmpty)
    #expect(match.inputs[1].toAsk.map(\.firm) == [4])
    #expect(match.localSourcing.base == 1_700.0 / 6_000)
    #expect(match.localSourcing.grade == .estimated)
    #expect(match.matched == 1 && match.needed == 3 && match.twoSourced == 1)
    #expect(supply.share(of: Self.bill(snapshot), excluding: 0) == 1_700.0 / 6_000)
  }

  @Test("a firm known to be below the required quality supplies nothing; unknown quality is asked")
  func quality() throws {
    let (_, supply) = try Self.world([
      .init(name: "a", seat: 1, links: [(1, 1, 100, 1)]),
      .init(name: "b", seat: 1, links: [(1, 1, 40, nil)]),
    ])
    let bill = BillOfInputs(
      items: [.init(segment: 1, need: Span(200), quality: 2)], grade: .stated)
    let match = matchSuppliers([SuppliedProject(bill: bill, supply: supply, firm: nil)])[0]
    #expect(match.inputs[0].orders.map(\.supplier.firm) == [1])
    #expect(match.inputs[0].belowQuality.map(\.firm) == [0])
    #expect(match.localSourcing.base == 0.2)
  }

  @Test("no linked firm within reach means unknown, and so does a supplier without any capacity")
  func unknown() throws {
    let (snapshot, supply) = try Self.world([Self.prospect])
    let project = SuppliedProject(bill: Self.bill(snapshot), supply: supply, firm: 0)
    #expect(matchSuppliers([project])[0].localSourcing.span == nil)
    #expect(supply.share(of: project.bill, excluding: 0) == nil)
    let (_, asked) = try Self.world([
      .init(name: "a", seat: 1, revenue: nil, links: [(1, 1, nil, nil)])
    ])
    let match = matchSuppliers([SuppliedProject(bill: project.bill, supply: asked, firm: nil)])[0]
    #expect(match.localSourcing.span == nil)
    #expect(match.localSourcing.because.zh.contains("1 家"))
  }

  @Test("a local firm in another trade supplies a known nothing")
  func nothing() throws {
    let (snapshot, supply) = try Self.world([.init(name: "a", seat: 1, links: [(0, 1, 10, nil)])])
    let project = SuppliedProject(bill: Self.bill(snapshot), supply: supply, firm: nil)
    #expect(matchSuppliers([project])[0].localSourcing.base == 0)
  }

  @Test("cancelled suppliers are no suppliers")
  func cancelled() throws {
    let (_, supply) = try Self.world([
      .init(name: "a", seat: 1, status: .cancelled, links: [(1, 1, 10, nil)])
    ])
    #expect(supply.isBlank)
  }

  @Test(
    "a portfolio shares capacity once, and never gets less than the greedy order", arguments: 0..<40
  )
  func portfolio(seed: UInt64) throws {
    var random = Generator(seed: seed)
    let firms = (0..<6).map { index in
      SmallDistrict.Firm(
        name: "f\(index)", seat: 1 + Int(random.next() % 2),
        links: (1...3).filter { _ in random.uniform() < 0.6 }.map {
          ($0, 0.3, Float((random.uniform() * 3_000).rounded()), UInt8(random.next() % 3))
        })
    }
    let (_, supply) = try Self.world(firms)
    let projects = (0..<3).map { _ in
      SuppliedProject(
        bill: BillOfInputs(
          items: (1...3).map {
            .init(
              segment: $0, need: Span((1 + random.uniform() * 2_000).rounded()),
              quality: UInt8(random.next() % 3))
          }, grade: .stated), supply: supply, firm: nil)
    }
    let joint = matchSuppliers(projects)
    var sold: [Int: Double] = [:]
    for match in joint {
      for order in match.inputs.flatMap(\.orders) {
        sold[order.supplier.posting, default: 0] += order.amount
      }
    }
    let candidates = (1...3).flatMap { supply.candidates(of: $0) }
    for candidate in candidates {
      #expect(sold[candidate.posting] ?? 0 <= (candidate.capacity.base ?? 0) + 1e-9)
    }
    func amount(_ matches: [SupplierMatch]) -> Double {
      matches.flatMap(\.inputs).reduce(0) { $0 + $1.supplied.base }
    }
    let alone = projects.map { amount(matchSuppliers([$0])) }
    #expect(amount(joint) <= alone.reduce(0, +) + 1e-6)
    #expect(amount(joint) >= (alone.max() ?? 0) - 1e-6)
    for (project, match) in zip(projects, projects.map { matchSuppliers([$0])[0] }) {
      guard let quick = supply.share(of: project.bill, excluding: nil),
        let exact = match.localSourcing.base
      else { continue }
      #expect(abs(quick - exact) < 1e-9)
    }
  }
}
