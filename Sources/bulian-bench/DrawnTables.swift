import Atlas
import Matching

extension ScoreTables {
  /// Tables as a district's would look, drawn from a seed: the nearer a zone the smaller its
  /// freight, the better a site the larger its utility.
  static func drawn(
    segments: Int, zones: Int, sites: Int, seed: UInt64, withInteraction: Bool
  ) -> ScoreTables {
    var generator = Generator(seed: seed)
    let distance = (0..<zones).map { _ in 0.1 + 2.9 * generator.uniform() }
    let quality = (0..<segments * sites).map { _ in 0.5 * generator.normal() }
    let freight = (0..<segments).map { _ in 0.2 + 0.8 * generator.uniform() }
    var utility: [Double] = []
    utility.reserveCapacity(segments * zones * sites)
    for segment in 0..<segments {
      for zone in 0..<zones {
        for site in 0..<sites {
          utility.append(
            -3 + quality[segment * sites + site] + freight[segment] * (distance[zone] - 1.5)
              + 0.2 * generator.normal())
        }
      }
    }
    let cost = (0..<zones * sites).map { 0.6 + distance[$0 / sites] * (1 + generator.uniform()) }
    let slope =
      withInteraction ? (0..<segments * sites).map { _ in 0.1 * generator.normal() } : nil
    return ScoreTables(
      segments: segments, zones: zones, sites: sites, utility: utility, visitCost: cost,
      slope: slope)
  }
}
