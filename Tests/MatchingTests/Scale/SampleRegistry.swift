import Atlas

@testable import Matching

/// Registries and tables drawn from a seed, small enough for brute force. 随机名册
///
/// They hold what breaks screening: equal firms (ties), worthless ones, saturated and hopeless
/// likelihoods, empty segments, more room in the list than firms, sites that do not fill a vector.
struct SampleRegistry {
  let columns: PairingColumns
  let tables: ScoreTables

  /// - Parameters:
  ///   - stake: what every stake is a part of; nil draws them lognormally.
  ///   - cost: the size of visit costs.
  init(seed: UInt64, largestUtility: Double = 6, stake scale: Float? = nil, cost: Double = 3) {
    var generator = Generator(seed: seed)
    func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    func real(_ size: Double) -> Double { (2 * generator.uniform() - 1) * size }
    let segments = draw(1...5)
    let zones = draw(1...9)
    let sites = draw(1...19)
    let leans = seed % 2 == 1
    // Whole numbers make equal scores likely.
    let isCoarse = seed % 3 == 0
    func value(_ size: Double) -> Double { isCoarse ? real(2).rounded() : real(size) }
    let slope = leans ? (0..<segments * sites).map { _ in real(0.5) } : nil
    tables = ScoreTables(
      segments: segments, zones: zones, sites: sites,
      utility: (0..<segments * zones * sites).map { _ in value(largestUtility) - 2 },
      visitCost: (0..<zones * sites).map { _ in abs(value(cost)) }, slope: slope)
    var offset: [Int32] = [0]
    var firm: [Int32] = []
    var zone: [UInt16] = []
    var utility: [Float] = []
    var stake: [Float] = []
    var size: [Float] = []
    for _ in 0..<segments {
      let count = draw(0...3) == 0 ? 0 : draw(1...700)
      for row in 0..<count {
        firm.append(Int32(3 * row))
        if row > 0, draw(0...4) == 0 {
          // The same firm again under another id.
          zone.append(zone[zone.count - 1])
          utility.append(utility[utility.count - 1])
          stake.append(stake[stake.count - 1])
          if leans { size.append(size[size.count - 1]) }
          continue
        }
        zone.append(UInt16(draw(0...zones - 1)))
        utility.append(Float(value(largestUtility)))
        stake.append(
          draw(0...9) == 0
            ? 0 : scale.map { $0 * Float(generator.uniform()) } ?? Float(exponential(real(5) + 3)))
        if leans { size.append(Float(value(3))) }
      }
      offset.append(Int32(firm.count))
    }
    columns = PairingColumns(
      offset: offset, firm: firm, zone: zone, utility: utility, stake: stake, size: size)
  }

  /// One segment of many firms, all of them equal or each with a stake of its own.
  init(large count: Int, sites: Int, isEqual: Bool) {
    var generator = Generator(seed: 5)
    let zones = 3
    tables = ScoreTables(
      segments: 1, zones: zones, sites: sites,
      utility: (0..<zones * sites).map { _ in isEqual ? -1 : generator.normal() - 2 },
      visitCost: (0..<zones * sites).map { _ in isEqual ? 1 : 2 * generator.uniform() })
    columns = PairingColumns(
      offset: [0, Int32(count)], firm: (0..<count).map { Int32($0) },
      zone: (0..<count).map { UInt16($0 % zones) },
      utility: (0..<count).map { _ in isEqual ? 0.5 : Float(generator.normal()) },
      stake: (0..<count).map { _ in isEqual ? 9 : Float(exponential(1.5 * generator.normal() + 3)) }
    )
  }

  /// Every firm at every site, in double precision, sorted: nothing clever.
  func exhaustive(limit: Int) -> [[RankedPairing]] {
    (0..<columns.segments).map { segment in
      let all = columns.rows(of: segment).map { row -> RankedPairing in
        var best: RankedPairing?
        for site in 0..<tables.sites {
          let zone = Int(columns.zone[row])
          var sum =
            Double(columns.utility[row])
            + tables.utility[(segment * tables.zones + zone) * tables.sites + site]
          if !columns.size.isEmpty {
            sum += Double(columns.size[row]) * tables.slope[segment * tables.sites + site]
          }
          let value =
            Double(columns.stake[row]) * (1 / (1 + exponential(-sum)))
            - tables.visitCost[zone * tables.sites + site]
          if best.map({ value > $0.expectedValue }) ?? true {
            best = RankedPairing(
              expectedValue: value, firm: columns.firm[row], site: Int32(site))
          }
        }
        return best ?? RankedPairing(expectedValue: 0, firm: -1, site: -1)
      }
      return Array(
        all.sorted {
          $0.expectedValue != $1.expectedValue
            ? $0.expectedValue > $1.expectedValue : $0.firm < $1.firm
        }.prefix(limit))
    }
  }
}

/// A loop that takes its indices backwards, as an unlucky schedule of threads could.
let backwards = Workers(count: 3) { iterations, body in
  for index in (0..<iterations).reversed() { body(index) }
}
