import ArgumentParser
import Atlas
import Foundation
import Ledger
import SampleDistrict

/// Makes a workspace, empty or with the sample district. 新建工作区
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: say(
      "新建工作区；--sample 装入示例区。", "Make a workspace; --sample fills it with the sample district."),
    discussion: example("bulian init 荣昌 --sample\n跟着文章里的那个下午走一遍：bulian init 试用 --sample --practise")
  )

  @Argument(help: .say("工作区文件夹", "workspace folder")) var folder: String
  @Flag(help: .say("装入示例区（荣昌示例）", "fill it with the sample district")) var sample = false
  @Flag(
    help: .say(
      "装好后带着走一遍：十条命令，每条前后各一句话",
      "walk through it afterwards: ten commands, a sentence before and after each")) var practise =
    false
  @Option(help: .say("本区名称", "name of the district")) var name: String = "本区"
  @Option(help: .say("本区的区划代码，可多个", "place code of the district, repeatable"), transform: { $0 })
  var home: [String] = []
  @Option(help: .say("模型文件夹", "folder of models")) var models: String?

  func run() throws {
    guard sample || !practise else {
      throw Failure(
        "BL0663", exit: 64,
        Phrase(
          zh: "--practise 走的是示例区：请同时写上 --sample。",
          en: "--practise walks through the sample district: add --sample."))
    }
    let configuration =
      try sample
      ? WorkspaceConfiguration(yaml: SampleDistrict.configuration, file: "SampleDistrict")
      : WorkspaceConfiguration(name: name, home: home.isEmpty ? ["500153"] : home)
    let workspace = try makeWorkspace(folder, configuration, models: models)
    guard sample else {
      print(
        say(
          "已建工作区 \(folder)。下一步：编辑 bulian.yaml，再用 bulian template firms -o 企业.xlsx 取得表样。",
          "made the workspace \(folder). Next: edit bulian.yaml, then bulian template firms -o firms.xlsx for a sheet."
        ))
      return
    }
    let (accepted, rejected) = try importTables(
      SampleDistrict.tables.map {
        MemoryTable(
          kind: $0.kind, file: $0.file, text: $0.text, disclosure: $0.disclosure, note: $0.note)
      }, into: workspace, knownOn: SampleDistrict.knownOn)
    let linked = try relink(workspace)
    print(
      say(
        "已建示例工作区 \(folder)：\(configuration.name)，导入 \(accepted) 行，拒收 \(rejected) 行（有意放入的脏数据，用 bulian doctor -w \(folder) 查看），挂链 \(linked) 条。",
        "made the sample workspace \(folder): \(configuration.name), \(accepted) rows imported, \(rejected) refused (planted dirt, see bulian doctor -w \(folder)), \(linked) links."
      )
    )
    if practise {
      try Practice(folder: folder).walk()
    } else {
      print(
        say(
          "下一步：bulian rank -w \(folder)，再 bulian shortlist -w \(folder) --chain pcb",
          "Next: bulian rank -w \(folder), then bulian shortlist -w \(folder) --chain pcb"))
    }
  }
}

/// A table that is imported from memory as if from a file of that name. 内存表
struct MemoryTable {
  let kind: String
  let file: String
  let text: String
  let disclosure: Disclosure
  let note: String
}

/// Makes the folders, the configuration and an empty ledger, readable by the owner alone.
/// - Throws: `BL0102` when there is a workspace already; it is left alone.
func makeWorkspace(_ folder: String, _ configuration: WorkspaceConfiguration, models: String?)
  throws -> Workspace
{
  let url = URL(fileURLWithPath: folder)
  let file = url.appending(path: "bulian.yaml")
  guard !FileManager.default.fileExists(atPath: file.path) else { throw Failure.exists(folder) }
  do {
    for part in ["inbox", "outbox"] {
      try FileManager.default.createDirectory(
        at: url.appending(path: part), withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: url.path)
  } catch {
    throw Failure.cannotWrite(folder, "")
  }
  try write(Data(configuration.yaml.utf8), to: file.path)
  try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
  var options = WorkspaceOptions.parseOrExit([])
  options.workspace = folder
  options.models = models
  return try Workspace(options)
}

/// Imports tables through the one importer, so that their rows have file, line and note like any other.
/// - Returns: rows taken and rows refused.
func importTables(_ tables: [MemoryTable], into workspace: Workspace, knownOn: Day?) throws -> (
  accepted: Int, rejected: Int
) {
  let scratch = FileManager.default.temporaryDirectory.appending(
    path: "bulian-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: scratch) }
  let context = try workspace.importContext()
  var accepted = 0
  var rejected = 0
  for table in tables {
    progress(say("导入 \(table.kind)", "importing \(table.kind)"))
    let path = scratch.appending(path: table.file).path
    try Data(table.text.utf8).write(to: URL(fileURLWithPath: path))
    let result = try workspace.ledger.importFile(
      path, kind: table.kind,
      options: ImportOptions(knownOn: knownOn, disclosure: table.disclosure, note: table.note),
      context: context)
    accepted += result.accepted
    rejected += result.rejected
  }
  endProgress()
  return (accepted, rejected)
}
