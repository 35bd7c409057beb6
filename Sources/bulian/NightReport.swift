import Atlas
import Foundation
import Ledger
import Nightly

/// What people and machines read of a night: STATUS.txt, the metrics, the command for failures. 夜批报告
struct NightReport {
  let folder: URL

  private var outbox: URL { folder.appending(path: "outbox") }
  private var statusFile: URL { outbox.appending(path: "STATUS.txt") }
  private var metricsFile: URL { folder.appending(path: ".night/metrics.prom") }

  /// Old inputs first, then one sentence, what to do, whom to call.
  func text(_ night: Night) -> String {
    let workspace = night.workspace
    let language = workspace.language
    var lines: [String] = []
    if let old = (try? oldSources(night)) ?? nil { lines.append(old[language]) }
    let run = night.run?.id ?? ""
    let place = night.delivered.map { "outbox/\($0.lastPathComponent)" } ?? "outbox/latest"
    let what: Phrase
    if night.isNew {
      what = Phrase(
        zh: "\(night.asOf.iso) 夜批完成：新批次 \(run)，\(night.paperCount) 份材料在 \(place)。",
        en: "\(night.asOf.iso): a new run \(run), \(night.paperCount) papers in \(place).")
    } else {
      what = Phrase(
        zh: "\(night.asOf.iso) 夜批完成：与批次 \(run) 相同，没有新名单；材料仍在 \(place)。",
        en: "\(night.asOf.iso): the same as run \(run), no new list; the papers are in \(place).")
    }
    lines.append(what[language])
    if !night.missingPrograms.isEmpty {
      lines.append(
        Phrase(
          zh: "缺打印程序，部分格式没有出：\(night.missingPrograms[0].message.zh)",
          en:
            "A program is missing, some formats were left out: \(night.missingPrograms[0].message.en)"
        )[language])
    }
    for line in night.changeLines.prefix(5) { lines.append(line) }
    for problem in night.problems.prefix(8) { lines.append("！" + problem[language]) }
    if !night.waitingFiles.isEmpty {
      lines.append(
        Phrase(
          zh: "还在写入、留到下一夜：\(night.waitingFiles.joined(separator: "、"))",
          en:
            "still being written, left for the next night: \(night.waitingFiles.joined(separator: ", "))"
        )[language])
    }
    let todo: Phrase =
      night.problems.isEmpty && night.missingPrograms.isEmpty
      ? Phrase(zh: "要做：打开 \(place)/index.html。", en: "To do: open \(place)/index.html.")
      : Phrase(
        zh: "要做：先看上面带“！”的问题（inbox/rejected 里有退回的文件），再打开 \(place)/index.html。",
        en:
          "To do: see to the lines marked ！ (refused files are in inbox/rejected), then open \(place)/index.html."
      )
    lines.append(todo[language])
    lines += contact(workspace.configuration, language)
    return lines.joined(separator: "\n") + "\n"
  }

  /// Rewrites STATUS.txt and the metrics.
  func write(_ night: Night) throws(NightError) {
    try Nightly.write(Data(text(night).utf8), to: statusFile)
    let code: Int32 = night.missingPrograms.isEmpty ? 0 : 69
    try Nightly.write(
      Data(
        night.diary.metrics(
          exitCode: code, finishedAt: Int(Date().timeIntervalSince1970), papers: night.paperCount
        ).utf8), to: metricsFile)
  }

  /// Why the night delivered nothing; the last delivery stays.
  func write(_ failure: Failure) {
    let language = Clock.language(of: folder.path)
    let configuration =
      (try? String(
        contentsOf: folder.appending(path: "bulian.yaml"), encoding: .utf8)).flatMap {
        try? WorkspaceConfiguration(yaml: $0)
      }
    var lines = [
      Phrase(
        zh: "\(Clock.today.iso) 夜批没有完成：\(failure.code) \(failure.message.zh)",
        en: "\(Clock.today.iso): the night was not completed: \(failure.code) \(failure.message.en)"
      )[
        language]
    ]
    if failure.code == "BL0202", let backup = Backups.list(in: folder).first {
      lines.append(
        Phrase(
          zh: "要做：bulian restore \(backup) -w \(folder.path)，再 bulian nightly -w \(folder.path)。",
          en:
            "To do: bulian restore \(backup) -w \(folder.path), then bulian nightly -w \(folder.path)."
        )[language])
    } else {
      lines.append(
        Phrase(
          zh: "要做：按上面这句处理后再运行 bulian nightly；上一次完整的材料仍在 outbox/latest。",
          en:
            "To do: see to the sentence above, then run bulian nightly again; the last complete papers are in outbox/latest."
        )[language])
    }
    if let configuration { lines += contact(configuration, language) }
    try? Nightly.write(Data((lines.joined(separator: "\n") + "\n").utf8), to: statusFile)
    let diary = NightDiary(host: ProcessInfo.processInfo.hostName, version: Bulian.version)
    try? Nightly.write(
      Data(
        diary.metrics(
          exitCode: failure.exitCode, finishedAt: Int(Date().timeIntervalSince1970), papers: 0
        ).utf8), to: metricsFile)
    if let configuration { runOnFailure(configuration, failure.exitCode) }
  }

  /// Runs the office's own command, with the exit code and the status file in its environment.
  func runOnFailure(_ configuration: WorkspaceConfiguration, _ code: Int32) {
    let command = configuration.night.onFailure
    guard !command.isEmpty else { return }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.environment = ProcessInfo.processInfo.environment.merging([
      "BULIAN_EXIT_CODE": "\(code)", "BULIAN_STATUS": statusFile.path,
    ]) { _, new in new }
    try? process.run()
    process.waitUntilExit()
  }

  private func contact(_ configuration: WorkspaceConfiguration, _ language: Language) -> [String] {
    let contact = configuration.night.contact
    guard !contact.isEmpty else { return [] }
    return [Phrase(zh: "找谁：\(contact)", en: "Whom to call: \(contact)")[language]]
  }

  /// The sentence on sources older than the set age; each kind counts by its newest file.
  private func oldSources(_ night: Night) throws -> Phrase? {
    let workspace = night.workspace
    var newest: [String: Day] = [:]
    for source in try workspace.ledger.listSources() {
      newest[source.kind] = max(newest[source.kind] ?? source.knownOn, source.knownOn)
    }
    let limit = workspace.configuration.night.staleDays
    let old = newest.filter { night.asOf - $0.value > limit }.sorted {
      ($0.value, $0.key) < ($1.value, $1.key)
    }
    guard let oldest = old.first else { return nil }
    let title = (try? ImportKind.require(oldest.key))?.title
    return Phrase(
      zh:
        "资料旧了：\(title?.zh ?? oldest.key)最近一份是 \(night.asOf - oldest.value) 天前（\(oldest.value.iso)），共 \(old.count) 种超过 \(limit) 天。",
      en:
        "Old inputs: the newest file of \(title?.en ?? oldest.key) is \(night.asOf - oldest.value) days old (\(oldest.value.iso)); \(old.count) kinds are older than \(limit) days."
    )
  }
}
