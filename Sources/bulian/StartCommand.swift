import ArgumentParser
import Atlas
import Cards
import Foundation
import Ledger
import Matching

/// A workspace from nothing but a place and a chain of the library. 起步
///
/// What is not known is estimated from one reference scale, written to the ledger as a chain target that
/// says so. It ranks the gaps; it is no plan of the district, and the first real table replaces it.
struct StartCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start",
    abstract: say(
      "起步：只凭地名（或区划代码）和一条产业链建工作区，先有一张估算的缺口表。",
      "Start from nothing but a place and a chain: a workspace with an estimated gap table."),
    discussion: example("bulian start 荣昌区 --chain 电子电路 荣昌"))

  @Argument(
    help: .say("区县、市或其区划代码，例如 荣昌区 或 500153", "a county, a city or its code, such as 荣昌区 or 500153"))
  var district: String
  @Argument(help: .say("工作区文件夹（不能已是工作区）", "workspace folder, not yet a workspace")) var folder:
    String
  @Option(
    help: .say(
      "产业链编号或名称，可多次给出（默认模型库的全部产业链）",
      "chain id or name, repeatable (default: every chain of the library)")) var chain: [String] =
      []
  @Option(
    name: .customLong("planned-output"),
    help: .say(
      "每条链的规划年产值，万元（默认百亿级，参考规模）",
      "planned output of each chain, 10k yuan a year (default: a reference scale)"))
  var plannedOutput = referenceOutput
  @Option(help: .say("模型文件夹", "folder of models")) var models: String?

  /// A chain worth leading is called 百亿级 in plans: 10 billion yuan a year. It sets the size of the
  /// estimated amounts, hardly their order.
  private static let referenceOutput = 1_000_000.0

  /// The tables that change the answer most, in the order in which an office can have them.
  private static let firstTables = [
    (
      kind: "firms", file: "企业.xlsx",
      why: Phrase(
        zh: "本区已有谁、外地有谁：没有它，每个环节都按“本地没有企业”估算，也没有名单可排",
        en:
          "who is here and who is elsewhere: without it every segment counts as having no local firm, and there is nobody to rank"
      )
    ),
    (
      kind: "chain-targets", file: "链条目标.xlsx",
      why: Phrase(
        zh: "本链的规划产值：没有它，需求按百亿级参考规模估算",
        en: "what the chain is planned to make: without it demand follows from a reference scale")
    ),
    (
      kind: "sites", file: "载体.xlsx",
      why: Phrase(
        zh: "园区的土地、厂房、电力、环保容量：没有它，落不落得下无从判断",
        en:
          "land, space, power and environmental capacity: without it nobody can say whether a project fits"
      )
    ),
  ]

  func run() throws {
    let url = URL(fileURLWithPath: folder)
    guard !FileManager.default.fileExists(atPath: url.appending(path: "bulian.yaml").path) else {
      throw Failure.exists(folder)
    }
    guard plannedOutput > 0, plannedOutput.isFinite else {
      throw Failure(
        "BL0662", exit: 64,
        Phrase(
          zh: "--planned-output 要大于 0，单位万元。",
          en: "--planned-output is above 0, in 10k yuan a year."))
    }
    let library = try ModelLibrary.load(
      folder: try Workspace.findModels(models, workspace: url))
    let place = try findPlace(library.places)
    let led = try findChains(library.chains)
    let configuration = WorkspaceConfiguration(
      name: place.name, home: [place.code],
      leads: led.map { .init(chain: $0.id, chief: "链长") },
      formats: ["html", "pdf", "docx", "json"])
    let workspace = try makeWorkspace(folder, configuration, models: models)
    let language = workspace.language
    _ = try importTables(
      [
        MemoryTable(
          kind: "chain-targets", file: "起步估算-链条目标.csv",
          text: targets(led, place: place), disclosure: .office,
          note: "起步估算，不是规划")
      ], into: workspace, knownOn: Clock.today)
    let sheets = url.appending(path: "表样")
    for table in StartCommand.firstTables {
      try writeTemplate(
        try ImportKind.require(table.kind), to: sheets.appending(path: table.file).path)
    }
    print(
      Phrase(
        zh:
          "已建工作区 \(folder)：\(place.name)（\(place.code)），产业链 \(led.map(\.name.zh).joined(separator: "、"))。",
        en:
          "made the workspace \(folder): \(place.name) (\(place.code)), \(led.map(\.name.en).joined(separator: ", "))."
      )[language])
    print(basis[language])
    try printGaps(workspace)
    print(
      Phrase(
        zh: "最该先补的三张表（空白表样已放进 \(sheets.path)，填好后导入）：",
        en:
          "The three tables that help most (blank sheets are in \(sheets.path); fill them, then import):"
      )[language])
    for (index, table) in StartCommand.firstTables.enumerated() {
      print("  \(index + 1). \(table.file)：\(table.why[language])")
      print("     bulian import \(table.kind) \(sheets.path)/\(table.file) -w \(folder)")
    }
    print(
      Phrase(
        zh:
          "有企业上门但还没有任何表：bulian brief --new 企业名 --place 地点 --product 产品 --heads 人数 -w \(folder) -o 材料",
        en:
          "A firm at the door and no table yet: bulian brief --new NAME --place P --product TEXT --heads N -w \(folder) -o papers"
      )[language])
  }

  /// The one place that the argument names.
  private func findPlace(_ entries: [Places.Entry]) throws -> Places.Entry {
    let gazetteer = Gazetteer(entries)
    let codes: [String]
    switch gazetteer.find(district, isCoarse: false) {
    case .one(let code): codes = [code]
    case .several(let several): codes = several
    case .none: codes = []
    }
    let found = codes.compactMap { gazetteer.entry(code: $0) }
    guard let first = found.first else {
      throw Failure(
        "BL0660", exit: 66,
        Phrase(
          zh: "找不到地点“\(district)”：请写全称（重庆市荣昌区）或 6 位区划代码（500153）。",
          en:
            "no place \"\(district)\": write the full name (重庆市荣昌区) or the six-digit code (500153)."
        ))
    }
    guard found.count == 1 else {
      let names = Dictionary(entries.map { ($0.code, $0.name) }) { $1 }
      let listed = found.prefix(12).map {
        "\($0.code) \($0.parent.flatMap { names[$0] } ?? "")\($0.name)"
      }.joined(separator: "、")
      throw Failure(
        "BL0661", exit: 64,
        Phrase(
          zh: "“\(district)”有 \(found.count) 处：请改用代码，\(listed)。",
          en: "\"\(district)\" names \(found.count) places: use a code, \(listed)."))
    }
    return first
  }

  private func findChains(_ all: [ChainModel]) throws -> [ChainModel] {
    guard !chain.isEmpty else { return all }
    return try chain.map { name in
      guard
        let found = all.first(where: {
          $0.id == name || $0.name.zh == name || $0.name.en.lowercased() == name.lowercased()
        })
      else { throw Failure.noChain(name, all.map { "\($0.id)（\($0.name.zh)）" }) }
      return found
    }
  }

  private var basis: Phrase {
    Phrase(
      zh: (isAssumed
        ? "以下全是估算：没有规划数，先按百亿级链条（年产值 \(whole(plannedOutput)) 万元，参考规模）"
        : "以下是估算：按规划年产值 \(whole(plannedOutput)) 万元")
        + "推需求；供给未知，先按本地没有企业计。金额只用来排先后，不是规划。",
      en: (isAssumed
        ? "All of this is estimated: for want of a plan demand follows from a reference scale of \(whole(plannedOutput)) 万元 a year"
        : "This is estimated: demand follows from the planned \(whole(plannedOutput)) 万元 a year")
        + "; supply is unknown and counted as none. The amounts give an order; they are no plan.")
  }

  private var isAssumed: Bool { plannedOutput == StartCommand.referenceOutput }

  private func targets(_ led: [ChainModel], place: Places.Entry) -> String {
    let document = isAssumed ? "起步估算：百亿级参考规模，不是规划" : "起步时口头给出，待补文件"
    let lines = led.map {
      "\(place.code),\($0.id),\(whole(plannedOutput).filter(\.isNumber)),\(Clock.today.civil.year),\(document)"
    }
    return (["地点,产业链,规划产值（万元）,年份,文件"] + lines).joined(separator: "\n") + "\n"
  }

  private func printGaps(_ workspace: Workspace) throws {
    let (snapshot, models) = try workspace.freeze(asOf: Clock.today)
    let language = workspace.language
    let tables = findGaps(snapshot, models: models)
    // One chain is shown in full; of several the first links, so that the answer fits a screen.
    let limit = tables.count == 1 ? 12 : 3
    for table in tables where table.rows.contains(where: \.gapClass.isOpen) {
      print(
        "\(snapshot.chains[table.chain].name[language])（\(Phrase(zh: "万元/年，估", en: "10k yuan/yr, estimated")[language])）"
      )
      let rows = table.rows.filter(\.gapClass.isOpen)
        .sorted {
          ($0.priority ?? -1, $0.demand.base ?? 0, $1.segment)
            > ($1.priority ?? -1, $1.demand.base ?? 0, $0.segment)
        }
      printTable(
        [
          Phrase(zh: "环节", en: "segment")[language], Phrase(zh: "类别", en: "class")[language],
          Phrase(zh: "需求", en: "demand")[language], Phrase(zh: "关键度", en: "criticality")[language],
        ],
        rows.prefix(limit).map { row in
          [
            snapshot.segments[row.segment].name[language], row.gapClass.rawValue,
            money(row.demand.base) + (language == .en ? " est." : " 估"),
            row.criticality.map { String(format: "%.2f", $0) } ?? "",
          ]
        }, rightAligned: [2, 3])
      print("")
    }
  }
}
