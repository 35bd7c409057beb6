import Atlas
import Cards
import Dispatch
import Foundation
import Freight
import Ledger
import Matching
import SampleDistrict

/// The sample district with a thousand drawn firms more: enough that a list has a tail. 抽样台账
final class DrawnLedger {
  let folder: URL
  let ledger: Ledger
  let library: ModelLibrary
  let configuration: WorkspaceConfiguration
  private static let today = Day(number: 20_600)

  static let models: URL = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url.appending(path: "Models")
  }()

  init(firms: Int, seed: UInt64) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "bulian-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    ledger = try Ledger.open(folder.appending(path: "bulian.sqlite").path)
    library = try ModelLibrary.load(folder: DrawnLedger.models)
    configuration = try WorkspaceConfiguration(
      yaml: SampleDistrict.configuration, file: "bulian.yaml")
    for table in SampleDistrict.tables { try importText(table.kind, table.file, table.text) }
    var random = Generator(seed: seed)
    try importText("firms", "抽样企业.csv", drawnFirms(firms, &random))
    try importText("firm-segments", "抽样环节.csv", drawnSegments(firms, &random))
    try importText("signals", "抽样信号.csv", drawnSignals(firms, &random))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func importText(_ kind: String, _ name: String, _ text: String) throws {
    let url = folder.appending(path: name)
    try Data(text.utf8).write(to: url)
    let context = ImportContext(
      places: library.places + configuration.zoneEntries, chains: library.chains,
      occupations: library.occupations.map { ($0.id, [$0.name.zh, $0.name.en]) },
      today: SampleDistrict.knownOn ?? DrawnLedger.today, now: "2026-05-01T00:00:00Z")
    _ = try ledger.importFile(url.path, kind: kind, context: context)
  }

  func freeze(asOf: Day = DrawnLedger.today) throws -> (snapshot: Snapshot, models: MatchingModels)
  {
    let snapshot = try ledger.freeze(
      asOf: asOf, places: library.places, chains: library.chains, configuration: configuration)
    return (
      snapshot,
      try library.matchingModels(
        choice: nil, places: snapshot.places, roadKm: snapshot.roads.map(RoadMatrix.init))
    )
  }

  private func drawnFirms(_ count: Int, _ random: inout Generator) -> String {
    let counties = library.places.filter { $0.level == .county && $0.position != nil }
    var text = "企业名称,所在地,员工人数,营业收入（万元）,经营状态\n"
    for row in 0..<count {
      let place = counties[Int.random(in: 0..<counties.count, using: &random)]
      let heads = Int.random(in: 0..<10, using: &random) == 0 ? "" : "\(10 + row % 900)"
      let revenue =
        Int.random(in: 0..<5, using: &random) == 0
        ? "" : "\(Int.random(in: 100...90_000, using: &random))"
      let status = Int.random(in: 0..<12, using: &random) == 0 ? "注销" : "存续"
      text += "抽样企业\(row)号有限公司,\(place.code),\(heads),\(revenue),\(status)\n"
    }
    return text
  }

  /// Two links a firm at most, so that a firm has several pairings.
  private func drawnSegments(_ count: Int, _ random: inout Generator) -> String {
    let segments = library.chains.filter { ["pcb", "shoes"].contains($0.id) }.flatMap(\.segments)
    var text = "企业,环节\n"
    for row in 0..<count {
      let first = Int.random(in: 0..<segments.count, using: &random)
      text += "抽样企业\(row)号有限公司,\(segments[first].id)\n"
      let second = Int.random(in: 0..<segments.count, using: &random)
      if second != first, row % 3 == 0 { text += "抽样企业\(row)号有限公司,\(segments[second].id)\n" }
    }
    return text
  }

  private func drawnSignals(_ count: Int, _ random: inout Generator) -> String {
    let kinds = ["扩产公告", "土地到期", "招聘增长"]
    var text = "企业,类型,日期,强度\n"
    for row in stride(from: 0, to: count, by: 9) {
      let day = DrawnLedger.today.adding(days: -Int.random(in: 40...400, using: &random))
      text += "抽样企业\(row)号有限公司,\(kinds[row % 3]),\(day.iso),0.\(1 + row % 9)\n"
    }
    return text
  }
}

/// Three workers of the system.
let threeThreads = Workers(count: 3) { iterations, body in
  DispatchQueue.concurrentPerform(iterations: iterations, execute: body)
}
