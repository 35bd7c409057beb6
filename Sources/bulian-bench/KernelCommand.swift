import ArgumentParser
import Atlas
import Foundation
import Matching

/// Measures the ranking alone, on columns drawn from a seed, and leaves them for other programs.
struct KernelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel",
    abstract: "Measure the ranking alone, dense and pruned; JSON.",
    discussion:
      "--dump leaves columns and tables as raw little-endian arrays, so that other programs do the very same work."
  )

  @Option(help: "number of firms") var firms = 1_000_000
  @Option(help: "number of segments") var segments = 300
  @Option(help: "number of sites") var sites = 40
  @Option(help: "number of zones") var zones = 380
  @Option(help: "length of each list") var limit = 100
  @Option(help: "random seed") var seed: UInt64 = 1
  @Option(help: "threads") var threads = 2
  @Option(help: "runs, the median counts") var runs = 5
  @Flag(help: "with an interaction of firm size and site") var interaction = false
  @Option(help: "folder for the columns, tables and lists") var dump: String?

  func run() throws {
    let columns = drawColumns()
    let workers = Workers.threads(threads)
    let made = seconds {
      ScoreTables.drawn(
        segments: segments, zones: zones, sites: sites, seed: seed &+ 1,
        withInteraction: interaction)
    }
    let tables = made.value
    let dense = medianSeconds(of: runs) {
      rankEveryPairing(columns, tables: tables, limit: limit, workers: workers)
    }
    let index = medianSeconds(of: runs) {
      BoundedPostings(columns, tables: tables, workers: workers)
    }
    let pruned = medianSeconds(of: runs) {
      index.value.rank(limit: limit, workers: workers)
    }
    let pairings = Double(columns.count * sites)
    let answer: [String: Any] = [
      "firms": firms, "segments": segments, "sites": sites, "zones": zones, "limit": limit,
      "threads": threads, "interaction": interaction, "postings": columns.count,
      "pairings": columns.count * sites, "tables": made.seconds,
      "dense": dense.seconds, "denseNanoseconds": dense.seconds / pairings * 1e9,
      "index": index.seconds, "pruned": pruned.seconds, "scored": pruned.value.scored,
      "equal": pruned.value.lists == dense.value,
      "equalOnOneThread": threads == 1
        || rankEveryPairing(columns, tables: tables, limit: limit) == dense.value,
      "columnBytesPerFirm": Double(columns.count * (interaction ? 18 : 14)) / Double(firms),
      "peakBytes": peakMemory(),
    ]
    if let dump { try write(columns, tables, dense.value, to: dump) }
    let data = try JSONSerialization.data(
      withJSONObject: answer, options: [.prettyPrinted, .sortedKeys])
    print(String(decoding: data, as: UTF8.self))
  }

  /// Firms on one to five segments, two on average; segments by Zipf's law, heads lognormal.
  private func drawColumns() -> PairingColumns {
    var generator = Generator(seed: seed)
    var sums: [Double] = []
    var sum = 0.0
    for rank in 0..<segments {
      sum += pow(Double(rank + 1), -0.8)
      sums.append(sum)
    }
    struct Draw {
      let segment: UInt16
      let zone: UInt16
      let firm: Int32
      let utility: Float
      let stake: Float
      let size: Float
    }
    var draws: [Draw] = []
    draws.reserveCapacity(firms * 2)
    var counts = [Int32](repeating: 0, count: segments + 1)
    for firm in 0..<firms {
      let zone = UInt16(pow(generator.uniform(), 2) * Double(zones))
      let heads = generator.normal()
      var own: [UInt16] = []
      repeat {
        let wanted = generator.uniform() * sum
        let segment = UInt16(sums.firstIndex { $0 > wanted } ?? segments - 1)
        if !own.contains(segment) { own.append(segment) }
      } while own.count < min(5, segments) && generator.uniform() < 0.5
      for segment in own {
        counts[Int(segment) + 1] += 1
        draws.append(
          Draw(
            segment: segment, zone: zone, firm: Int32(firm),
            utility: Float(0.8 * generator.normal()),
            stake: Float(exp(4 + 1.5 * heads + 0.5 * generator.normal())), size: Float(heads)))
      }
    }
    for segment in 0..<segments { counts[segment + 1] += counts[segment] }
    var next = counts
    var order = [Int32](repeating: 0, count: draws.count)
    for (row, draw) in draws.enumerated() {
      order[Int(next[Int(draw.segment)])] = Int32(row)
      next[Int(draw.segment)] += 1
    }
    return PairingColumns(
      offset: counts, firm: order.map { draws[Int($0)].firm },
      zone: order.map { draws[Int($0)].zone }, utility: order.map { draws[Int($0)].utility },
      stake: order.map { draws[Int($0)].stake },
      size: interaction ? order.map { draws[Int($0)].size } : [])
  }

  private func write(
    _ columns: PairingColumns, _ tables: ScoreTables, _ lists: [[RankedPairing]], to folder: String
  ) throws {
    let url = URL(fileURLWithPath: folder)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    func put<Value: BitwiseCopyable>(_ values: [Value], _ name: String) throws {
      try values.withUnsafeBytes { Data($0) }.write(to: url.appending(path: name))
    }
    try put(columns.offset, "offset.i32")
    try put(columns.firm, "firm.i32")
    try put(columns.zone, "zone.u16")
    try put(columns.utility, "utility.f32")
    try put(columns.stake, "stake.f32")
    try put(columns.size, "size.f32")
    try put(tables.utility, "tables.f64")
    try put(tables.visitCost, "cost.f64")
    try put(tables.slope, "slope.f64")
    try put(lists.flatMap { $0.map(\.expectedValue) }, "lists-value.f64")
    try put(lists.flatMap { $0.map(\.firm) }, "lists-firm.i32")
    try put(lists.flatMap { $0.map(\.site) }, "lists-site.i32")
    try put(lists.map { Int32($0.count) }, "lists-count.i32")
  }
}
