/// What the other sectors would lose if one sector were taken out (假设抽取法).
///
/// All in the unit of the table's outputs. With L and G of `InputOutputTable` and x the outputs:
/// total Tₖ = xₖ·ΣᵢLᵢₖ/Lₖₖ, rest-only Tₖ − xₖ, backward xₖ·(ΣᵢLᵢₖ − 1)/Lₖₖ, forward xₖ·(ΣⱼGₖⱼ − 1)/Gₖₖ.
/// These closed forms equal solving the table again for every sector (block inverse and
/// Sherman–Morrison); the test does both.
/// Source: Miller and Blair 2009, chapter 12; Dietzenbacher and van der Linden 1997.
public struct HypotheticalExtraction: Equatable, Sendable {
  /// Output lost when the sector's row, column and final demand go, its own output included.
  public let total: [Double]
  /// The part of `total` lost by the other sectors.
  public let restOnly: [Double]
  /// Output lost when the sector buys nothing more inside the table.
  public let backward: [Double]
  /// Output lost when the sector sells nothing more inside the table.
  public let forward: [Double]

  /// Extracts every sector of a table in turn.
  public init(_ table: InputOutputTable) throws(NumericsFailure) {
    let leontief = try table.leontiefInverse()
    let ghosh = try table.ghoshInverse()
    let pulled = leontief.columnSums
    let pushed = ghosh.rowSums
    let x = table.output
    total = x.indices.map { x[$0] * pulled[$0] / leontief[$0, $0] }
    restOnly = x.indices.map { x[$0] * (pulled[$0] / leontief[$0, $0] - 1) }
    backward = x.indices.map { x[$0] * (pulled[$0] - 1) / leontief[$0, $0] }
    forward = x.indices.map { x[$0] * (pushed[$0] - 1) / ghosh[$0, $0] }
  }
}
