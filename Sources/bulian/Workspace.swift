import Atlas
import Cards
import Foundation
import Freight
import Ledger
import Linking
import Matching

/// An opened workspace: its configuration, ledger and models. 工作区
struct Workspace {
  let folder: URL
  let configuration: WorkspaceConfiguration
  let ledger: Ledger
  let library: ModelLibrary
  let modelsFolder: URL

  var language: Language { configuration.language }

  init(_ options: WorkspaceOptions) throws {
    let path =
      options.workspace ?? ProcessInfo.processInfo.environment["BULIAN_WORKSPACE"] ?? "."
    folder = URL(fileURLWithPath: path)
    let file = folder.appending(path: "bulian.yaml")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      throw Failure.noWorkspace(path)
    }
    // What a workspace command writes is its owner's alone.
    umask(0o077)
    configuration = try WorkspaceConfiguration(yaml: text, file: file.path)
    modelsFolder = try Workspace.findModels(options.models, workspace: folder)
    library = try ModelLibrary.load(folder: modelsFolder, office: folder)
    ledger = try Ledger.open(folder.appending(path: "bulian.sqlite").path)
  }

  /// `--models`, then `$BULIAN_MODELS`, then the workspace, then beside the program, then here.
  static func findModels(_ named: String?, workspace: URL?) throws -> URL {
    var tried: [URL] = []
    if let named { tried.append(URL(fileURLWithPath: named)) }
    if let set = ProcessInfo.processInfo.environment["BULIAN_MODELS"] {
      tried.append(URL(fileURLWithPath: set))
    }
    if let workspace { tried.append(workspace.appending(path: "Models")) }
    let program = Workspace.programFolder
    tried.append(program.appending(path: "Models"))
    tried.append(program.appending(path: "../../Models"))
    tried.append(program.appending(path: "../../../Models"))
    tried.append(URL(fileURLWithPath: "Models"))
    for url in tried
    where FileManager.default.fileExists(atPath: url.appending(path: "Chains").path) {
      return url.standardizedFileURL
    }
    throw Failure.noModels(tried.map(\.path))
  }

  /// The folder of the running program, links followed.
  static var programFolder: URL {
    let path =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: path).deletingLastPathComponent()
  }

  func importContext() throws -> ImportContext {
    ImportContext(
      places: library.places + configuration.zoneEntries, chains: library.chains,
      profiles: try ImportProfile.load(folder: modelsFolder.appending(path: "Imports").path),
      occupations: library.occupations.map {
        ($0.id, [$0.name.zh, $0.name.en])
      },
      today: Clock.today, now: Clock.now)
  }

  /// Print templates: the office's own where `bulian.yaml` names a folder, else the models'.
  var templatesFolder: URL {
    configuration.templates.map { URL(fileURLWithPath: $0, relativeTo: folder) }
      ?? modelsFolder.appending(path: "Press")
  }

  /// The ledger as known on a day.
  func snapshot(
    asOf: Day, through batch: Int64 = .max, columns: Ledger.ColumnsUse = .read
  ) throws -> Snapshot {
    try ledger.freeze(
      asOf: asOf, places: library.places, chains: library.chains, configuration: configuration,
      through: batch, columns: columns)
  }

  /// The ledger as known on a day, and the models over its places.
  /// - Parameter batch: leaves out what later batches of facts brought.
  func freeze(
    asOf: Day, through batch: Int64 = .max, columns: Ledger.ColumnsUse = .read
  ) throws -> (snapshot: Snapshot, models: MatchingModels) {
    let snapshot = try snapshot(asOf: asOf, through: batch, columns: columns)
    if configuration.leads.isEmpty {
      let known = library.chains.map(\.id)
      throw Failure(
        "BL0127", exit: 65,
        Phrase(
          zh: "bulian.yaml 还没有写牵头的产业链（leads）：请加上，例如 "
            + "leads: [{chain: \"pcb\", chief: \"链长\"}]；可选 \(known.joined(separator: "、"))。",
          en: "bulian.yaml names no chain that the district leads (leads): add one, such as "
            + "leads: [{chain: \"pcb\", chief: \"chief\"}]; there are \(known.joined(separator: ", "))."
        ))
    }
    let choice = configuration.cards.first { $0.room == "choice" }?.name
    if let choice, library.findChoice(choice) == nil {
      throw Failure(
        "BL0520", exit: 65,
        Phrase(
          zh: "bulian.yaml 的 cards 里写了选择卡“\(choice)”，但 Models/Choice 和工作区的 cards 里都没有：请改正名称。",
          en:
            "bulian.yaml names the choice card \"\(choice)\", which is neither in Models/Choice nor in the workspace's cards: correct the name."
        ))
    }
    return (
      snapshot,
      try library.matchingModels(
        choice: choice, places: snapshot.places, roadKm: snapshot.roads.map(RoadMatrix.init))
    )
  }

  /// The row of a chain by id or Chinese name; nil for none named.
  func chain(_ name: String?, in snapshot: Snapshot) throws -> Int? {
    guard let name else { return nil }
    let led = snapshot.chains.indices.filter {
      snapshot.district.leads.contains(snapshot.chains[$0].id)
    }
    guard
      let row = led.first(where: {
        snapshot.chains[$0].id == name || snapshot.chains[$0].name.zh == name
          || snapshot.chains[$0].name.en.lowercased() == name.lowercased()
      })
    else {
      throw Failure.noChain(
        name, led.map { "\(snapshot.chains[$0].id)（\(snapshot.chains[$0].name.zh)）" })
    }
    return row
  }

  /// The firm that an id, a credit code, a stock code or a name stands for.
  func firm(_ text: String, in snapshot: Snapshot) throws -> Int {
    let firms = snapshot.firms
    if let id = Int64(text), let row = firms.find(id: id) { return row }
    let wanted = text.trimmingCharacters(in: .whitespaces)
    var partial: [Int] = []
    for row in 0..<firms.count {
      if firms.name[row] == wanted || firms.creditCode[row] == wanted
        || firms.stockCode[row] == wanted
      {
        return row
      }
      if firms.name[row].contains(wanted) { partial.append(row) }
    }
    if partial.count == 1 { return partial[0] }
    if partial.isEmpty { throw Failure.noFirm(text) }
    throw Failure.manyFirms(
      text, partial.prefix(8).map { "\(firms.id[$0]) \(firms.name[$0])" })
  }
}

/// Writes a file, making its folder; the parent must be writable. 写文件
func write(_ data: Data, to path: String) throws {
  let url = URL(fileURLWithPath: path)
  do {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url, options: .atomic)
  } catch {
    throw Failure.cannotWrite(path, "")
  }
}

/// Progress on standard error, only on a terminal. 进度
func progress(_ text: String) {
  guard isatty(2) == 1 else { return }
  FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
}

func endProgress() {
  guard isatty(2) == 1 else { return }
  FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
}
