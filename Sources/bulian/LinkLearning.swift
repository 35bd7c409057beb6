import Atlas
import Briefing
import Cards
import Foundation
import Ledger
import Linking

/// The card of what was learned in a workspace: `models/link-trained.json` beside its numbers in
/// `models/link-trained.bin`. 学习卡
struct LearnedCard {
  let json: JSONValue
  let sentence: String

  static func files(_ workspace: Workspace) -> (card: URL, bytes: URL) {
    let folder = workspace.folder.appending(path: "models")
    return (
      folder.appending(path: "link-trained.json"), folder.appending(path: "link-trained.bin")
    )
  }

  /// Learns from a file, measures it on firms that it was not learned from, and keeps the card.
  static func train(_ path: String, _ workspace: Workspace) throws -> LearnedCard {
    let file = try LabelFile(path) { workspace }
    let positive = file.rows.filter { $0.isLinked ?? true }
    let labels = Set(positive.map(\.label))
    guard labels.count >= 2 else {
      throw Failure(
        "BL0178", exit: 65,
        Phrase(
          zh: "\(path) 只有 \(labels.count) 种标签，学不出区别：请给至少两种标签的企业。",
          en: "\(path) has \(labels.count) label: there is nothing to tell apart; give two or more."
        ))
    }
    progress(say("交叉检验", "cross-checking"))
    let quality = TrainedLinker.crossValidate(
      file.firstOfEachFirm.filter { labels.contains($0.label) })
    progress(say("学习", "learning"))
    let linker = TrainedLinker(
      learning: positive.map { LabelledFirm(firm: $0.firm, label: $0.label) })
    endProgress()
    let segments = Set(workspace.library.chains.flatMap(\.segments).map(\.id))
    let named = Set(workspace.library.chains.flatMap(\.segments).flatMap(\.industries))
    let useful = labels.filter { segments.contains($0) || named.contains($0) }.count
    let files = files(workspace)
    try write(Data(linker.bytes), to: files.bytes.path)
    let digest = try TableFile(path: files.bytes.path).digest
    let card = JSONValue.object([
      ("id", .string("link-trained")), ("learnedAt", .string(Clock.now)),
      ("digest", .string(digest)),
      (
        "source",
        .object([
          ("file", .string(URL(fileURLWithPath: path).lastPathComponent)),
          ("sha256", .string(file.digest)), ("rows", .int(positive.count)),
          ("unknownFirms", .int(file.unknown)),
        ])
      ),
      ("labels", .int(labels.count)), ("labelsOfChains", .int(useful)),
      ("quality", answer(quality)),
    ])
    try write(Data(card.pretty.utf8), to: files.card.path)
    var sentence =
      say(
        "学习完成：\(positive.count) 行、\(labels.count) 种标签；交叉检验（5 折）召回率@1 \(percent(quality.recallAt1))、@5 \(percent(quality.recallAt5))。已存 \(files.card.path)。",
        "learned \(positive.count) rows, \(labels.count) labels; 5-fold recall@1 \(percent(quality.recallAt1)), @5 \(percent(quality.recallAt5)). Kept as \(files.card.path)."
      )
    if useful == 0 {
      sentence += say(
        "标签不是环节编号，也不是链条卡里的行业，故不作挂链依据。",
        " The labels are neither segments nor industries of a chain card: no evidence for links.")
    } else if useful < labels.count {
      sentence += say(
        "\(labels.count) 种标签中 \(useful) 种用作挂链依据。",
        " \(useful) of \(labels.count) labels serve as evidence for links.")
    }
    if file.unknown > 0 {
      sentence += say(
        "\(file.unknown) 行的企业不在台账，未用。", " \(file.unknown) rows name firms that the ledger lacks.")
    }
    return LearnedCard(json: card, sentence: sentence)
  }

  /// What was learned here; nil when nothing was.
  static func load(_ workspace: Workspace) throws -> TrainedLinker? {
    let files = files(workspace)
    guard let data = try? Data(contentsOf: files.bytes) else { return nil }
    let stated =
      (try? Data(contentsOf: files.card)).flatMap {
        try? JSONSerialization.jsonObject(with: $0) as? [String: Any]
      }?["digest"] as? String
    guard let stated, stated == (try TableFile(path: files.bytes.path).digest) else {
      throw Failure(
        "BL0179", exit: 65,
        Phrase(
          zh: "学习卡 \(files.card.path) 与其数据不符（被改动或不完整）：请用 link --train 重新学习，或删去这两个文件。",
          en:
            "the card \(files.card.path) does not fit its numbers: train again or remove both files."
        ))
    }
    do {
      return try TrainedLinker(bytes: [UInt8](data))
    } catch {
      throw Failure("BL0180", exit: 65, error.message)
    }
  }
}

/// The quality of linking on a labelled file, to print. 挂链检验
struct LinkEvaluation {
  let json: JSONValue
  let header: [String]
  let rows: [[String]]
}

/// Judges the linker on labels that are segments, or, cross-validated, what can be learned from other
/// labels.
func evaluateLinks(_ path: String, _ options: WorkspaceOptions) throws -> LinkEvaluation {
  let file = try LabelFile(path) { try options.open() }
  if let chains = try? ModelLibrary.load(folder: findLinkModels(options)).chains,
    file.namesSegments(chains)
  {
    return evaluate(file, chains)
  }
  let quality = TrainedLinker.crossValidate(file.firstOfEachFirm)
  var rows: [[String]] = []
  for group in quality.byGroup where group.support > 0 {
    let (precision, recall, f1) = measures(group)
    rows.append([
      group.label, "\(group.support)", percent(precision), percent(recall), percent(f1),
      percent(recall), percent(share(group.withinThree, group.support)),
      percent(share(group.withinFive, group.support)),
    ])
  }
  rows.append([
    say("全部", "all"), "\(quality.rows)", percent(quality.precision), percent(quality.recall),
    percent(quality.f1), percent(quality.recallAt1), percent(quality.recallAt3),
    percent(quality.recallAt5),
  ])
  return LinkEvaluation(
    json: answer(quality),
    header: [
      say("标签组", "labels"), say("行数", "rows"), say("准确率", "precision"), say("召回率", "recall"), "F1",
      "@1", "@3", "@5",
    ],
    rows: rows)
}

private func findLinkModels(_ options: WorkspaceOptions) throws -> URL {
  try Workspace.findModels(
    options.models, workspace: options.workspace.map { URL(fileURLWithPath: $0) })
}

private func evaluate(_ file: LabelFile, _ chains: [ChainModel]) -> LinkEvaluation {
  var firms: [Linking.FirmText] = []
  var rowOfKey: [String: Int] = [:]
  var judged: [JudgedLink] = []
  for row in file.rows {
    let firm: Int
    if let known = rowOfKey[row.key] {
      firm = known
    } else {
      firm = firms.count
      rowOfKey[row.key] = firm
      firms.append(row.firm)
    }
    judged.append(JudgedLink(firm: firm, segment: row.label, isLinked: row.isLinked ?? true))
  }
  let isComplete = file.rows.allSatisfy { $0.isLinked == nil }
  let found = Linker(chains: chains).evaluate(firms, judged, isComplete: isComplete)
  func fields(_ quality: LinkerQuality) -> [(key: String, value: JSONValue)] {
    [
      ("links", .int(quality.links)), ("confirmed", .int(quality.confirmed)),
      ("right", .int(quality.right)), ("precision", .optional(quality.precision)),
      ("recall", .optional(quality.recall)), ("f1", .optional(quality.f1)),
      ("recallAt1", .optional(quality.recall(at: 1))),
      ("recallAt3", .optional(quality.recall(at: 3))),
      ("recallAt5", .optional(quality.recall(at: 5))),
    ]
  }
  var answer: [(key: String, value: JSONValue)] = [
    ("labels", .string("segments")), ("judges", .string("confirmed links of the linker")),
    ("firms", .int(firms.count)), ("judged", .int(judged.count)),
    ("isComplete", .bool(isComplete)), ("unknownFirms", .int(file.unknown)),
  ]
  if let overall = found.last { answer += fields(overall) }
  var chainAnswers: [JSONValue] = []
  for quality in found.dropLast() {
    var item: [(key: String, value: JSONValue)] = [("chain", .string(quality.chain))]
    item += fields(quality)
    chainAnswers.append(.object(item))
  }
  answer.append(("chains", .array(chainAnswers)))
  return LinkEvaluation(
    json: .object(answer),
    header: [
      say("链条", "chain"), say("挂链数", "links"), say("准确率", "precision"), say("召回率", "recall"), "F1",
      "@1", "@3", "@5",
    ],
    rows: found.map { quality in
      [
        quality.chain.isEmpty ? say("全部", "all") : quality.chain, "\(quality.links)",
        percent(quality.precision), percent(quality.recall), percent(quality.f1),
        percent(quality.recall(at: 1)), percent(quality.recall(at: 3)),
        percent(quality.recall(at: 5)),
      ]
    })
}

/// Cross-validated quality as JSON: overall, then label group by label group.
private func answer(_ quality: LinkQuality) -> JSONValue {
  .object([
    ("labels", .string("classes")), ("judges", .string("learned labels, cross-validated")),
    ("rows", .int(quality.rows)), ("classes", .int(quality.labels)), ("folds", .int(quality.folds)),
    ("threshold", .number(quality.threshold)), ("precision", .optional(quality.precision)),
    ("recall", .number(quality.recall)), ("f1", .optional(quality.f1)),
    ("recallAt1", .number(quality.recallAt1)), ("recallAt3", .number(quality.recallAt3)),
    ("recallAt5", .number(quality.recallAt5)),
    (
      "chains",
      .array(
        quality.byGroup.filter { $0.support > 0 }.map { group in
          let (precision, recall, f1) = measures(group)
          return .object([
            ("chain", .string(group.label)), ("rows", .int(group.support)),
            ("precision", .optional(precision)), ("recall", .optional(recall)),
            ("f1", .optional(f1)), ("recallAt1", .optional(recall)),
            ("recallAt3", .optional(share(group.withinThree, group.support))),
            ("recallAt5", .optional(share(group.withinFive, group.support))),
          ])
        })
    ),
  ])
}

/// Precision, recall and F1 of first predictions, whatever their probability.
private func measures(_ group: LabelQuality) -> (Double?, Double?, Double?) {
  let precision = share(group.correct, group.predicted)
  let recall = share(group.correct, group.support)
  guard let precision, let recall else { return (precision, recall, nil) }
  return (
    precision, recall, precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0
  )
}

private func share(_ part: Int, _ whole: Int) -> Double? {
  whole > 0 ? Double(part) / Double(whole) : nil
}

private func percent(_ value: Double?) -> String {
  value.map { String(format: "%.1f%%", $0 * 100) } ?? say("未知", "unknown")
}
