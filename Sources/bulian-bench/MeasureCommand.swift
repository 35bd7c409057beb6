import ArgumentParser
import Atlas
import Cards
import Foundation
import Ledger
import Matching

/// Measures the stages of a night on one registry file.
struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract: "Measure import, link, freeze, match and publish on a registry file; JSON.",
    discussion:
      "import and link run the product's own program, the rest runs in this process. Sites and score tables are drawn, segments and firms are the registry's."
  )

  @Argument(help: "a file written by generate") var registry: String
  @Option(help: "the program bulian") var program = ".build/release/bulian"
  @Option(help: "folder of models") var models = "Models"
  @Option(help: "folder for the workspace, made and left") var workspace: String
  @Option(help: "number of sites") var sites = 40
  @Option(help: "length of each list") var limit = 100
  @Option(help: "random seed of the tables") var seed: UInt64 = 1
  @Option(help: "threads") var threads = 2
  @Option(help: "runs of freeze and match, the median counts") var runs = 5

  func run() throws {
    var answer: [String: Any] = ["sites": sites, "limit": limit, "threads": threads, "runs": runs]
    func note(_ stage: String, _ seconds: Double, rows: Int, peak: Int) {
      answer[stage] = [
        "seconds": seconds, "rowsPerSecond": (Double(rows) / seconds).rounded(), "peakBytes": peak,
      ]
    }
    _ = try ChildProcess([program, "init", workspace, "--home", "500153", "--models", models])
    let imported = try ChildProcess([
      program, "import", "firms", registry, "-w", workspace, "--models", models,
    ])
    let linked = try ChildProcess([program, "link", "-w", workspace, "--models", models])

    let library = try ModelLibrary.load(folder: URL(fileURLWithPath: models))
    let folder = URL(fileURLWithPath: workspace)
    let file = folder.appending(path: "bulian.yaml")
    let configuration = try WorkspaceConfiguration(
      yaml: String(contentsOf: file, encoding: .utf8), file: file.path)
    let ledger = try Ledger.open(folder.appending(path: "bulian.sqlite").path)
    guard let day = Day("2100-01-01") else { return }
    let before = peakMemory()
    let frozen = try medianSeconds(of: runs) {
      try ledger.freeze(
        asOf: day, places: library.places, chains: library.chains, configuration: configuration)
    }
    let snapshot = frozen.value
    let firms = snapshot.firms.count
    answer["firms"] = firms
    answer["segments"] = snapshot.segments.count
    note("import", imported.seconds, rows: firms, peak: imported.peakBytes)
    note("link", linked.seconds, rows: firms, peak: linked.peakBytes)
    note("freeze", frozen.seconds, rows: firms, peak: peakMemory())
    answer["memoryBeforeFreeze"] = before

    let regions = Regions(snapshot.places)
    let tables = ScoreTables.drawn(
      segments: snapshot.segments.count, zones: regions.count + 1, sites: sites, seed: seed,
      withInteraction: false)
    let columns = medianSeconds(of: runs) { readColumns(snapshot, regions) }
    let workers = Workers.threads(threads)
    let dense = medianSeconds(of: runs) {
      rankEveryPairing(columns.value, tables: tables, limit: limit, workers: workers)
    }
    let index = medianSeconds(of: runs) {
      BoundedPostings(columns.value, tables: tables, workers: workers)
    }
    let pruned = medianSeconds(of: runs) {
      index.value.rank(limit: limit, workers: workers)
    }
    guard pruned.value.lists == dense.value else {
      throw ValidationError("the pruned lists are not those of the dense pass")
    }
    note("columns", columns.seconds, rows: firms, peak: peakMemory())
    note("dense", dense.seconds, rows: columns.value.count * sites, peak: peakMemory())
    note("index", index.seconds, rows: columns.value.count, peak: peakMemory())
    note("pruned", pruned.seconds, rows: columns.value.count * sites, peak: peakMemory())
    answer["postings"] = columns.value.count
    answer["pairings"] = columns.value.count * sites
    answer["scored"] = pruned.value.scored
    let published = try seconds { try publish(dense.value, snapshot, ledger) }
    note(
      "publish", published.seconds, rows: dense.value.reduce(0) { $0 + $1.count },
      peak: peakMemory())
    answer["peakBytes"] = max(peakMemory(), imported.peakBytes, linked.peakBytes)
    let data = try JSONSerialization.data(
      withJSONObject: answer, options: [.prettyPrinted, .sortedKeys])
    print(String(decoding: data, as: UTF8.self))
  }

  /// The confirmed links of living firms whose revenue or heads are known, by segment.
  private func readColumns(_ snapshot: Snapshot, _ regions: Regions) -> PairingColumns {
    let postings = snapshot.postings
    let firms = snapshot.firms
    var offset: [Int32] = [0]
    var firm: [Int32] = []
    var zone: [UInt16] = []
    var utility: [Float] = []
    var stake: [Float] = []
    firm.reserveCapacity(postings.count)
    zone.reserveCapacity(postings.count)
    utility.reserveCapacity(postings.count)
    stake.reserveCapacity(postings.count)
    for segment in 0..<snapshot.segments.count {
      let perHead = Float(snapshot.segments[segment].outputPerWorker.value)
      for row in postings.rows(of: segment) where postings.linkClass[row] == .confirmed {
        let owner = Int(postings.firm[row])
        guard firms.status[owner] != .cancelled, firms.status[owner] != .revoked,
          let revenue = firms.revenue[owner] ?? firms.employees[owner].map({ $0 * perHead })
        else { continue }
        firm.append(postings.firm[row])
        let region = firms.seat[owner].flatMap { regions.regionOfPlace[Int($0)] }
        zone.append(UInt16(region ?? regions.count))
        utility.append(postings.score[row] - 1)
        stake.append(min(revenue * postings.share[row] * 0.3, 50_000))
      }
      offset.append(Int32(firm.count))
    }
    return PairingColumns(offset: offset, firm: firm, zone: zone, utility: utility, stake: stake)
  }

  /// One publication a chain: the lists of its segments as JSON.
  private func publish(_ lists: [[RankedPairing]], _ snapshot: Snapshot, _ ledger: Ledger) throws {
    let run = "bench-\(snapshot.digest.prefix(8))-\(DispatchTime.now().uptimeNanoseconds)"
    let record = RunRecord(
      id: run, fingerprint: Ledger.digest(of: Data(run.utf8)), snapshotDigest: snapshot.digest,
      modelDigests: [],
      codeVersion: "bench", asOf: snapshot.asOf, seed: seed, model: "drawn",
      startedAt: "2100-01-01T00:00:00Z", finishedAt: "2100-01-01T00:00:00Z")
    var publications: [PublicationRecord] = []
    for (row, chain) in snapshot.chains.enumerated() {
      var text = "["
      for segment in snapshot.segments.rows(ofChain: row) {
        for (rank, item) in lists[segment].enumerated() {
          text +=
            "{\"segment\":\"\(snapshot.segments[segment].id)\",\"rank\":\(rank + 1),"
            + "\"firm\":\(snapshot.firms.id[Int(item.firm)]),\"site\":\(item.site),"
            + "\"expectedValue\":\(item.expectedValue)},"
        }
      }
      if text.hasSuffix(",") { text.removeLast() }
      publications.append(
        PublicationRecord(
          run: run, chain: chain.id, payload: Data((text + "]").utf8), standings: Data("[]".utf8)))
    }
    try ledger.record(record, publications: publications)
  }
}
