/// A national input-output table: what every sector bought from every other in one year. 投入产出表
///
/// 10k yuan. Shapes: sectors in the order of `codes`; `intermediate[i * n + j]` is what sector j used of
/// product i, imported or not.
public struct NationalTable: Sendable, Equatable {
  public let year: Int?
  public let codes: [String]
  public let names: [Phrase]
  public let intermediate: [Double]
  /// Final use of domestic and imported product together, exports included.
  public let finalUse: [Double]
  public let imports: [Double]
  public let valueAdded: [Double]
  /// Gross output.
  public let output: [Double]
  public let provenance: Provenance

  public init(
    year: Int?, codes: [String], names: [Phrase], intermediate: [Double], finalUse: [Double],
    imports: [Double], valueAdded: [Double], output: [Double], provenance: Provenance
  ) {
    let count = codes.count
    precondition(
      intermediate.count == count * count
        && [names.count, finalUse.count, imports.count, valueAdded.count, output.count]
          .allSatisfy { $0 == count },
      "every sector needs every column")
    self.year = year
    self.codes = codes
    self.names = names
    self.intermediate = intermediate
    self.finalUse = finalUse
    self.imports = imports
    self.valueAdded = valueAdded
    self.output = output
    self.provenance = provenance
  }

  public var count: Int { codes.count }

  /// Bought from all sectors over gross output, of the whole economy.
  public var intermediateShare: Double {
    let all = output.reduce(0, +)
    return all > 0 ? intermediate.reduce(0, +) / all : 0
  }

  /// Value added over gross output of a sector; nil when it makes nothing.
  public func valueAddedShare(of sector: Int) -> Double? {
    output[sector] > 0 ? valueAdded[sector] / output[sector] : nil
  }
}

/// Where a table does not balance. 账不平
public struct TableImbalance: Error, Sendable, Equatable {
  /// Which identity: what a sector sold, or what it spent.
  public enum Identity: Sendable, Equatable { case row, column }
  public let identity: Identity
  public let sector: Int
  /// 10k yuan.
  public let expected: Double
  public let found: Double
}

extension NationalTable {
  /// The first sector whose accounts do not close; nil when all do.
  ///
  /// Row: intermediate use + final use − imports = output (the statisticians' error column counts as
  /// final use). Column: intermediate inputs + value added = output.
  /// - Parameter tolerance: of output, beside one 10k yuan.
  /// Complexity: O(n²).
  public func findImbalance(tolerance: Double = 0.001) -> TableImbalance? {
    for sector in 0..<count {
      var sold = finalUse[sector] - imports[sector]
      var spent = valueAdded[sector]
      for other in 0..<count {
        sold += intermediate[sector * count + other]
        spent += intermediate[other * count + sector]
      }
      let room = max(1, tolerance * abs(output[sector]))
      if abs(sold - output[sector]) > room {
        return TableImbalance(identity: .row, sector: sector, expected: output[sector], found: sold)
      }
      if abs(spent - output[sector]) > room {
        return TableImbalance(
          identity: .column, sector: sector, expected: output[sector], found: spent)
      }
    }
    return nil
  }
}
