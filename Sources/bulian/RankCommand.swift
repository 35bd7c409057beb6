import ArgumentParser
import Atlas
import Briefing
import Foundation
import Ledger
import Matching

/// One run: freeze, gaps, match, publish. 排名
struct RankCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rank",
    abstract: say(
      "冻结台账、找缺环、匹配、发布；打印批次号。", "Freeze the ledger, find gaps, match, publish; prints the run."),
    discussion: example("bulian rank -w 荣昌 --as-of 2026-11-23"))

  @OptionGroup var options: WorkspaceOptions
  @Option(
    name: .customLong("as-of"),
    help: .say("按哪一天已知的事实，YYYY-MM-DD（默认今天）", "facts known on this day, YYYY-MM-DD (default: today)")
  ) var asOf: String?
  @Option(help: .say("随机种子", "random seed")) var seed: UInt64 = 20_260_101

  func run() throws {
    let workspace = try options.open()
    let started = Clock.now
    let day = try readDay(asOf)
    progress(say("冻结", "freezing"))
    let (snapshot, models) = try workspace.freeze(asOf: day)
    progress(say("匹配", "matching"))
    let publication = match(snapshot, models: models, seed: seed, workers: .machine)
    endProgress()
    let fingerprint = RunRecord.fingerprint(
      snapshotDigest: snapshot.digest, modelDigests: [models.choice.behaviourDigest],
      codeVersion: Bulian.version, asOf: day, seed: seed)
    let pairings = publication.rankings.reduce(0) { $0 + $1.pairings }
    let excluded = publication.rankings.reduce(0) { $0 + $1.excluded.count }
    var run = try workspace.ledger.findRun(fingerprint: fingerprint)
    let isNew = run == nil
    if isNew {
      let record = RunRecord(
        id: "\(day.iso.replacing("-", with: ""))-\(fingerprint.prefix(6))",
        fingerprint: fingerprint,
        snapshotDigest: snapshot.digest, modelDigests: [models.choice.behaviourDigest],
        codeVersion: Bulian.version, asOf: day, seed: seed, model: models.choice.id,
        startedAt: started, finishedAt: Clock.now)
      try workspace.ledger.record(
        record,
        publications: publication.rankings.map {
          publicationRecord(publication, $0, run: record.id, snapshot: snapshot)
        })
      run = record
    }
    guard let run else { return }
    if !isNew, try workspace.ledger.requireRun(nil).id != run.id {
      // The inputs are those of an older run: it is the last word again.
      try workspace.ledger.record(
        RunRecord(
          id: "\(run.id)@\(Clock.now)", fingerprint: fingerprint, snapshotDigest: snapshot.digest,
          modelDigests: [models.choice.behaviourDigest], codeVersion: Bulian.version, asOf: day,
          seed: seed, model: models.choice.id, startedAt: started, finishedAt: Clock.now,
          sameAs: run.id), publications: [])
    }
    switch options.format {
    case .json:
      print(
        JSONValue.object([
          ("run", .string(run.id)), ("asOf", .string(day.iso)),
          ("snapshotDigest", .string(snapshot.digest)), ("model", .string(models.choice.id)),
          ("pairings", .int(pairings)), ("excluded", .int(excluded)), ("isNew", .bool(isNew)),
        ]).pretty, terminator: "")
    case .table, .csv:
      print(
        say(
          "批次 \(run.id)：\(pairings) 个配对，剔除 \(excluded) 家" + (isNew ? "。" : "；输入未变，与已有批次相同。"),
          "run \(run.id): \(pairings) pairings, \(excluded) firms excluded"
            + (isNew ? "." : "; the inputs have not changed, the same as before.")))
      for ranking in publication.rankings {
        let chain = snapshot.chains[ranking.chain]
        let open = publication.gaps.first { $0.chain == ranking.chain }?.rows.filter(
          \.gapClass.isOpen)
        print(
          say(
            "  \(chain.name.zh)：缺口 \(open?.count ?? 0) 个环节，候选 \(ranking.standings.count) 家，优先拜访 \(ranking.entries.count { $0.verdict == .visitFirst }) 家",
            "  \(chain.name.en): \(open?.count ?? 0) open segments, \(ranking.standings.count) candidates, \(ranking.entries.count { $0.verdict == .visitFirst }) to visit first"
          ))
      }
    }
  }
}

/// What is stored of one chain: full readings of the first firms, a packed standing of every other.
func publicationRecord(
  _ publication: Publication, _ ranking: Ranking, run: String, snapshot: Snapshot
) -> PublicationRecord {
  PublicationRecord(
    run: run, chain: snapshot.chains[ranking.chain].id,
    payload: Data(
      answer(publication, ranking, run: run, snapshot: snapshot, limit: ranking.listed).text.utf8),
    standings: Data(PackedStandings(ranking, firms: snapshot.firms).bytes))
}

func readDay(_ text: String?) throws -> Day {
  guard let text else { return Clock.today }
  guard let day = Day(text) else {
    throw Failure(
      "BL0111", exit: 64,
      Phrase(zh: "日期“\(text)”无法识别：请写成 2026-11-23。", en: "\"\(text)\" is no date: write 2026-11-23.")
    )
  }
  return day
}

/// The last publication, computed anew from the ledger on the run's own day and seed.
///
/// When the ledger has changed since, the note says so and the answer is for today's ledger.
///
/// - Parameter firm: a firm whose freight bills are wanted lane by lane.
func lastPublication(
  _ workspace: Workspace, detailing firms: [String] = [], top: Int = 0
) throws -> (run: RunRecord, snapshot: Snapshot, models: MatchingModels, publication: Publication) {
  let run: RunRecord
  do {
    run = try workspace.ledger.requireRun(nil)
  } catch {
    throw Failure.noRun()
  }
  let (snapshot, models) = try workspace.freeze(asOf: run.asOf)
  let detailed = Set(try firms.map { try workspace.firm($0, in: snapshot) })
  let publication = match(
    snapshot, models: models, seed: run.seed,
    detailed: detailed.union(try workspace.overrides(in: snapshot).map(\.firm)), detailedTop: top,
    workers: .machine)
  if snapshot.digest != run.snapshotDigest
    || models.choice.behaviourDigest != run.modelDigests.first
  {
    Failure(
      "BL0113", exit: 0,
      Phrase(
        zh: "台账或模型在批次 \(run.id) 之后有变化，以下按当前数据计算：请运行 bulian rank 重新发布。",
        en:
          "the ledger or the models changed after run \(run.id); this is computed from today's data: run bulian rank to publish anew."
      )
    ).print(in: workspace.language)
  }
  return (run, snapshot, models, publication)
}
