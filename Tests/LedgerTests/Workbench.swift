import Atlas
import Foundation
import Testing

@testable import Ledger

/// A folder of its own for a test, with a ledger and a small invented world. 测试台
final class Workbench {
  let folder: URL
  let ledger: Ledger

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "bulian-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    ledger = try Ledger.open(folder.appending(path: "bulian.sqlite").path)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func file(_ name: String, _ text: String) throws -> String {
    try file(name, Data(text.utf8))
  }

  func file(_ name: String, _ data: Data) throws -> String {
    let url = folder.appending(path: name)
    try data.write(to: url)
    return url.path
  }

  func importText(
    _ kind: String, _ text: String, name: String? = nil, options: ImportOptions = ImportOptions()
  ) throws -> ImportResult {
    let path = try file(name ?? "\(kind)-\(UUID().uuidString.prefix(8)).csv", text)
    return try ledger.importFile(path, kind: kind, options: options, context: World.context())
  }

  /// Every fact of the ledger as text, to show that nothing changed.
  func contents() throws -> String {
    try ledger.read { database in
      try ImportKind.all.map { kind in
        let rows = try String.fetchAll(
          database,
          sql: "SELECT json_array(line, knownOn, digest, batchId) FROM \(kind.table) ORDER BY id")
        return kind.id + ": " + rows.joined(separator: " ")
      }.joined(separator: "\n")
    }
  }

  func freeze(asOf: Day = World.today) throws -> Snapshot {
    try ledger.freeze(
      asOf: asOf, places: World.places, chains: [World.chain], configuration: World.configuration)
  }
}

/// The invented world of the tests: codes are real so that paths can be told apart, firms are not.
enum World {
  static let today = Day(number: 20_000)

  static func context(profiles: [ImportProfile] = []) -> ImportContext {
    ImportContext(
      places: places, chains: [chain], profiles: profiles,
      occupations: [(id: "operator", words: ["操作工", "普工"])], today: today,
      now: "2024-10-04T08:00:00Z")
  }

  static let places: [Places.Entry] = [
    entry("440000", "广东省", .province, nil, 113.27, 23.13),
    entry("440300", "深圳市", .prefecture, "440000", 114.06, 22.54),
    entry("440305", "南山区", .county, "440300", 113.93, 22.53),
    entry("230000", "黑龙江省", .province, nil, 126.66, 45.74),
    entry("230400", "鹤岗市", .prefecture, "230000", 130.30, 47.35),
    entry("230404", "南山区", .county, "230400", 130.29, 47.31),
    entry("500000", "重庆市", .province, nil, 106.55, 29.56),
    entry("500153", "荣昌区", .county, "500000", 105.59, 29.41),
    entry("220000", "吉林省", .province, nil, 125.32, 43.82),
    entry("220200", "吉林市", .prefecture, "220000", 126.55, 43.84),
  ]

  private static func entry(
    _ code: String, _ name: String, _ level: PlaceLevel, _ parent: String?, _ x: Double, _ y: Double
  ) -> Places.Entry {
    Places.Entry(
      code: code, name: name, level: level, parent: parent,
      position: Position(longitude: x, latitude: y))
  }

  static let configuration = WorkspaceConfiguration(
    name: "荣昌示例", home: ["500153"], leads: [.init(chain: "pcb", chief: "区领导（链长）")],
    rivals: ["230400"])

  private static func parameter(_ value: Double) -> Parameter {
    Parameter(value: value, low: value, high: value, unit: "-", source: "test", evidence: .assumed)
  }

  private static func segment(_ id: String, _ zh: String) -> Segment {
    Segment(
      id: id, name: Phrase(zh: zh, en: id), tier: 0, aliases: [], keywords: [],
      negativeKeywords: [],
      industries: [], inputs: [], valuePerTonne: parameter(1), cargo: .general,
      outputPerWorker: parameter(1), occupations: [], investmentPerOutput: parameter(1),
      landPerOutput: parameter(1), powerPerOutput: parameter(1), nationalOutput: parameter(1),
      inventoryDays: parameter(1), product: nil, environment: [], assets: [])
  }

  static let chain = ChainModel(
    id: "pcb", name: Phrase(zh: "电子电路", en: "printed circuits"), version: "1",
    tiers: [Phrase(same: "t")],
    segments: [segment("pcb.laminate", "覆铜板"), segment("pcb.multilayer", "多层板")], source: "test",
    inherited: false)

  /// Credit codes with a right check character, made from a number.
  static func creditCode(_ number: Int) -> String {
    let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
    let digits = String(number)
    let body = "91440300MA" + String(repeating: "0", count: 7 - digits.count) + digits
    var sum = 0
    var weight = 1
    for character in body {
      sum += (alphabet.firstIndex(of: character) ?? 0) * weight
      weight = weight * 3 % 31
    }
    return body + String(alphabet[(31 - sum % 31) % 31])
  }
}
