import ArgumentParser
import Atlas
import Briefing
import Foundation
import Ledger
import Linking

/// Links firms to segments, and takes people's decisions about doubtful links. 挂链
struct LinkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link", abstract: "把企业挂到链条环节，附依据；待核的写入复核表，人工决定永远优先。",
    discussion:
      "例：bulian link -w 荣昌 --review 待核.csv；改好“决定”列后 bulian link -w 荣昌 --accept 待核.csv --by LJ")

  @OptionGroup var options: WorkspaceOptions
  @Option(help: "把待核挂链写入此文件（.csv 或 .xlsx）") var review: String?
  @Option(help: "读回复核表（决定列：是/否）") var accept: String?
  @Option(help: "决定人姓名缩写") var by: String = "-"

  func run() throws {
    let workspace = try options.open()
    if let accept { try take(accept, workspace) }
    let count = try relink(workspace)
    let uncertain = try workspace.ledger.listLinks(.uncertain)
    let open = uncertain.filter { $0.decision == nil }
    if let review { try writeReview(open, to: review, workspace) }
    switch options.format {
    case .json:
      print(
        JSONValue.object([
          ("links", .int(count)), ("uncertain", .int(open.count)),
          ("decided", .int(uncertain.count - open.count)),
        ]).pretty, terminator: "")
    case .table, .csv:
      print(
        "挂链 \(count) 条，其中待核 \(open.count) 条" + (review.map { "，已写入 \($0)" } ?? "（用 --review 文件 取出）")
      )
    }
  }

  private static let header = ["企业编号", "企业名称", "环节", "环节名称", "得分", "依据", "决定", "理由"]

  private func writeReview(_ links: [LinkStanding], to path: String, _ workspace: Workspace) throws
  {
    let names = try firmNames(workspace)
    let segments = Dictionary(
      workspace.library.chains.flatMap(\.segments).map { ($0.id, $0.name.zh) },
      uniquingKeysWith: { first, _ in first })
    var rows: [[String]] = []
    for link in links {
      let machine = link.machine
      rows.append([
        "\(machine.firm)", names[machine.firm] ?? "", machine.segment,
        segments[machine.segment] ?? "", String(format: "%.2f", machine.score),
        spoken(machine.evidence), "", "",
      ])
    }
    try writeRows(header: LinkCommand.header, rows: rows, title: "待核挂链", to: path, workspace)
  }

  private func spoken(_ evidence: String) -> String {
    guard let data = evidence.data(using: .utf8),
      let items = try? JSONSerialization.jsonObject(with: data) as? [[String: Any]]
    else { return evidence }
    return items.compactMap { $0["say"] as? String }.joined(separator: "；")
  }

  private func firmNames(_ workspace: Workspace) throws -> [Int64: String] {
    var names: [Int64: String] = [:]
    try workspace.ledger.forEachFirmText { names[$0.id] = $0.name }
    return names
  }

  private func take(_ path: String, _ workspace: Workspace) throws {
    var decisions: [PersonLink] = []
    let rows = try readRows(path)
    guard let header = rows.first, let firm = header.firstIndex(of: "企业编号"),
      let segment = header.firstIndex(of: "环节"), let decision = header.firstIndex(of: "决定")
    else {
      throw Failure(
        "BL0112", exit: 65,
        Phrase(
          zh: "\(path) 不是复核表：缺少“企业编号、环节、决定”列。请用 link --review 写出的表。",
          en: "\(path) is no review sheet: it lacks 企业编号, 环节, 决定; use the one link --review wrote.")
      )
    }
    let reason = header.firstIndex(of: "理由")
    for row in rows.dropFirst() where row.count > decision {
      let word = row[decision].trimmingCharacters(in: .whitespaces)
      let isAccepted: Bool
      switch word {
      case "是", "确认", "y", "Y", "yes", "1": isAccepted = true
      case "否", "否决", "n", "N", "no", "0": isAccepted = false
      default: continue
      }
      guard let id = Int64(row[firm]) else { continue }
      decisions.append(
        PersonLink(
          firm: id, segment: row[segment], isAccepted: isAccepted, decidedBy: by,
          decidedAt: Clock.now, because: reason.map { $0 < row.count ? row[$0] : "" } ?? ""))
    }
    try workspace.ledger.decideLinks(decisions)
    print("记录 \(decisions.count) 条人工决定（\(by)）。")
  }
}
