/// What a pairing's expected value takes from its segment, its site and the zone its firm is in. 评分表
///
/// Formula: with firm f of zone z, segment s and site r,
/// `V = u_f + x_f·g[s][r] + t[s][z][r]` utils, where `t` is the site's utility for the segment less
/// the cost of goods from or to the zone, `u` what the firm brings alone and `x·g` a small
/// interaction (a firm's size and a site's labour, say);
/// `EV = stake_f · 1/(1 + exp(−V)) − visitCost[z][r]`, 10k yuan.
///
/// Shapes: `utility` is segments × zones × sites, `visitCost` zones × sites, `slope` segments ×
/// sites, all row-major and in Double: they are what the final order is computed from.
public struct ScoreTables: Sendable {
  public let segments: Int
  public let zones: Int
  public let sites: Int
  public let utility: [Double]
  public let visitCost: [Double]
  public let slope: [Double]
  /// True when no interaction is in the tables: the exponential then factors.
  let isFactored: Bool
  /// Vectors that the sites of a row fill; what is left of the last one is worth nothing.
  let vectors: Int
  /// `exp(−t)`, or `−log2(e)·t` with an interaction: segments × zones × vectors.
  let screen: [SIMD8<Float>]
  /// `−log2(e)·g`, segments × vectors.
  let screenSlope: [SIMD8<Float>]
  /// Zones × vectors, infinite at a site that is not there.
  let cost: [SIMD8<Float>]
  /// The largest utility over the sites, by segment and zone.
  let bestUtility: [Double]
  /// The smallest cost of a visit over the sites, by zone.
  let leastCost: [Double]
  /// Largest magnitudes: of `t` and `g` by segment, of the cost of a visit.
  let utilitySize: [Double]
  let slopeSize: [Double]
  let costSize: Double

  static let width = 8
  static let log2e = 1.442695040888963387

  /// - Precondition: every number is finite and the shapes agree.
  public init(
    segments: Int, zones: Int, sites: Int, utility: [Double], visitCost: [Double],
    slope: [Double]? = nil
  ) {
    precondition(segments > 0 && zones > 0 && zones <= 1 << 16 && sites > 0, "empty tables")
    precondition(utility.count == segments * zones * sites, "utility is segments × zones × sites")
    precondition(visitCost.count == zones * sites, "visitCost is zones × sites")
    precondition(slope.map { $0.count == segments * sites } ?? true, "slope is segments × sites")
    precondition(
      utility.allSatisfy(\.isFinite) && visitCost.allSatisfy(\.isFinite)
        && slope?.allSatisfy(\.isFinite) ?? true, "an unknown has no place in a score table")
    self.segments = segments
    self.zones = zones
    self.sites = sites
    self.utility = utility
    self.visitCost = visitCost
    self.slope = slope ?? []
    isFactored = slope == nil
    let vectors = (sites + ScoreTables.width - 1) / ScoreTables.width
    self.vectors = vectors
    func padded(_ table: [Double], _ blank: Float, _ body: (Double) -> Float) -> [SIMD8<Float>] {
      let rows = table.count / sites
      var out = [SIMD8<Float>](repeating: SIMD8(repeating: blank), count: rows * vectors)
      for row in 0..<rows {
        for site in 0..<sites {
          out[row * vectors + site / ScoreTables.width][site % ScoreTables.width] =
            body(table[row * sites + site])
        }
      }
      return out
    }
    screen =
      slope == nil
      ? padded(utility, 0) { Float(exponential(-$0)) }
      : padded(utility, 0) { Float(-ScoreTables.log2e * $0) }
    screenSlope = padded(self.slope, 0) { Float(-ScoreTables.log2e * $0) }
    cost = padded(visitCost, .infinity) { Float($0) }
    func rows(_ table: [Double], _ width: Int, _ body: (ArraySlice<Double>) -> Double) -> [Double] {
      (0..<table.count / width).map { body(table[$0 * width..<($0 + 1) * width]) }
    }
    bestUtility = rows(utility, sites) { $0.max() ?? 0 }
    leastCost = rows(visitCost, sites) { $0.min() ?? 0 }
    func size(_ values: ArraySlice<Double>) -> Double { values.reduce(0) { max($0, abs($1)) } }
    utilitySize = rows(utility, zones * sites, size)
    slopeSize =
      slope == nil
      ? [Double](repeating: 0, count: segments) : rows(self.slope, sites, size)
    costSize = size(visitCost[...])
  }

  func utility(segment: Int, zone: Int, site: Int) -> Double {
    utility[(segment * zones + zone) * sites + site]
  }

  /// What no expected value of the firm in this segment can exceed, rounded up.
  func bound(segment: Int, zone: Int, utility own: Double, size: Double, stake: Double) -> Float {
    var best = own + bestUtility[segment * zones + zone]
    if !isFactored { best += abs(size) * slopeSize[segment] }
    // A library exponential may be an ulp off either way; 10⁻¹² covers it many times over.
    let likelihood = 1 / (1 + exponential(-best)) * (1 + 1e-12)
    let cost = leastCost[zone]
    let bound = stake * likelihood - cost
    return Float(bound + 1e-12 * (stake + abs(cost))).nextUp.nextUp
  }
}
