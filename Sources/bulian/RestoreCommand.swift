import ArgumentParser
import Atlas
import Briefing
import Foundation
import Ledger
import Matching

/// Puts a backup in the place of the ledger. 恢复
struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: say(
      "用备份恢复台账；被换下的台账留在旁边。不写文件名就列出备份。",
      "Bring the ledger back from a backup; what was there is kept beside it. Without a name: list backups."
    ),
    discussion: example("bulian restore 荣昌/backups/20261124T183000Z.sqlite -w 荣昌"))

  @OptionGroup var options: WorkspaceOptions
  @Argument(help: .say("备份文件（不写则列出）", "backup file (none: list them)")) var backup: String?

  func run() throws {
    // The ledger may be damaged: the workspace is not opened.
    let folder = options.folder
    guard FileManager.default.fileExists(atPath: folder.appending(path: "bulian.yaml").path) else {
      throw Failure.noWorkspace(folder.path)
    }
    guard let backup else {
      let found = Backups.list(in: folder)
      for path in found { print(path) }
      if found.isEmpty {
        print(
          say(
            "还没有备份：bulian nightly 每晚先备份台账。",
            "no backup yet: bulian nightly backs the ledger up first."))
      }
      return
    }
    let stamp = Clock.now.filter(\.isNumber)
    let kept = try Ledger.restore(
      from: backup, to: folder.appending(path: "bulian.sqlite").path, stamp: stamp)
    print(
      say("已从 \(backup) 恢复台账。", "the ledger is back from \(backup).")
        + (kept.map { say("原来的台账留在 \($0)。", " What was there is kept as \($0).") } ?? ""))
  }
}

/// Where the night keeps copies of the ledger. 备份
enum Backups {
  static func folder(of workspace: URL) -> URL { workspace.appending(path: "backups") }

  /// Paths, newest first.
  static func list(in workspace: URL) -> [String] {
    let folder = folder(of: workspace)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".sqlite") }.sorted(by: >)
      .map { folder.appending(path: $0).path }
  }
}

/// Recomputes a run on its own day and seed and compares digests. 重放
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: say(
      "重放一个批次：按它的日期和种子重算，与当时存下的逐链比对。",
      "Recompute a run on its own day and seed and compare it chain by chain with what was stored."),
    discussion: example("bulian replay 20261125-6a98dc -w 荣昌"))

  @OptionGroup var options: WorkspaceOptions
  @Argument(help: ArgumentHelp(say("批次号", "run id"), valueName: "run")) var identifier: String

  func run() throws {
    let workspace = try options.open()
    let asked = try workspace.ledger.requireRun(identifier)
    let record = try asked.sameAs.map { try workspace.ledger.requireRun($0) } ?? asked
    progress(say("冻结", "freezing"))
    // A proof reads every fact itself.
    let (snapshot, models) = try workspace.freeze(asOf: record.asOf, columns: .ignore)
    var differences: [Phrase] = []
    if record.codeVersion != Bulian.version {
      differences.append(
        Phrase(
          zh: "程序版本 \(record.codeVersion) → \(Bulian.version)",
          en: "program version \(record.codeVersion) → \(Bulian.version)"))
    }
    if models.choice.behaviourDigest != record.modelDigests.first {
      differences.append(
        Phrase(
          zh:
            "模型卡不同：当时 \(record.model) \((record.modelDigests.first ?? "").prefix(12))，现在 \(models.choice.id) \(models.choice.behaviourDigest.prefix(12))",
          en:
            "another model: then \(record.model) \((record.modelDigests.first ?? "").prefix(12)), now \(models.choice.id) \(models.choice.behaviourDigest.prefix(12))"
        ))
    }
    if snapshot.digest != record.snapshotDigest {
      differences.append(
        Phrase(
          zh: "快照不同：那一天的事实后来有补录、合并、挂链或清除",
          en: "another snapshot: facts of that day were added, merged, linked or purged since"))
    }
    progress(say("匹配", "matching"))
    let publication = match(snapshot, models: models, seed: record.seed, workers: .machine)
    endProgress()
    var chains: [(id: String, stored: String, computed: String?)] = []
    for chain in try workspace.ledger.listPublications(run: record.id) {
      guard let stored = try workspace.ledger.findPublication(run: record.id, chain: chain) else {
        continue
      }
      let computed = publication.rankings.first { snapshot.chains[$0.chain].id == chain }.map {
        publicationRecord(publication, $0, run: record.id, snapshot: snapshot).digest
      }
      chains.append((chain, stored.digest, computed))
    }
    let isEqual = !chains.isEmpty && chains.allSatisfy { $0.stored == $0.computed }
    if options.format == .json {
      print(
        JSONValue.object([
          ("run", .string(record.id)), ("isEqual", .bool(isEqual)),
          (
            "chains",
            .array(
              chains.map {
                .object([
                  ("chain", .string($0.id)), ("stored", .string($0.stored)),
                  ("computed", .optional($0.computed)),
                ])
              })
          ), ("differences", .array(differences.map { .string($0[Clock.language]) })),
        ]).pretty, terminator: "")
    } else {
      for chain in chains {
        let mark =
          chain.stored == chain.computed ? say("一致", "equal") : say("不一致", "different")
        print("\(chain.id)：\(mark) \(chain.stored.prefix(12))")
      }
      for difference in differences { print(difference[Clock.language]) }
      print(
        isEqual
          ? say(
            "批次 \(record.id) 重算结果与存档逐字节相同。", "run \(record.id) comes out the same, byte for byte.")
          : say(
            "批次 \(record.id) 不能原样重算，原因见上。",
            "run \(record.id) does not come out the same; see above."))
    }
    guard isEqual else { throw ExitCode(65) }
  }
}
