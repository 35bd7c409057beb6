import Atlas
import Briefing
import Foundation
import Ledger
import Logging
import Matching
import Nightly

/// One night over one workspace: the stages in their order, each with what it depends on. 夜批各步
///
/// Whatever interrupts it, the next night begins where this one had finished: imports are idempotent, a run is found
/// by its fingerprint, papers appear whole or not at all.
final class Night {
  static let stages = [
    "backup", "import", "link", "freeze", "match", "publish", "compose", "deliver", "report",
  ]

  let workspace: Workspace
  let asOf: Day
  let seed: UInt64
  private let settle: Double
  private let log: Logger
  private let stateFile: URL
  let inbox: NightInbox
  private(set) var state: NightState
  private(set) var diary: NightDiary
  private var stop = StopPoint(environment: ProcessInfo.processInfo.environment)

  private(set) var run: RunRecord?
  /// True when the night published a new run.
  private(set) var isNew = false
  /// Folder of the delivery that holds now.
  private(set) var delivered: URL?
  private(set) var paperCount = 0
  private(set) var importedFiles = 0
  private(set) var waitingFiles: [String] = []
  private(set) var problems: [Phrase] = []
  private(set) var changeLines: [String] = []
  private(set) var missingPrograms: [Failure] = []

  init(workspace: Workspace, asOf: Day?, seed: UInt64, settle: Double, log: Logger) throws {
    self.workspace = workspace
    self.seed = seed
    self.settle = settle
    self.log = log
    stateFile = workspace.folder.appending(path: ".night/state.json")
    state = NightState.load(stateFile)
    inbox = NightInbox(workspace)
    diary = NightDiary(host: ProcessInfo.processInfo.hostName, version: Bulian.version)
    if let edited = try editedCards(workspace.modelsFolder, workspace.library).first {
      throw Failure("BL0703", exit: 65, edited.message)
    }
    let today = Clock.today
    let last = try? workspace.ledger.requireRun(nil).asOf
    if let asOf {
      self.asOf = asOf
    } else if let last, last > today {
      // A clock that was moved back must not hide what is known already.
      self.asOf = last
      problems.append(
        Phrase(
          zh: "本机日期 \(today.iso) 早于上一批次的日期 \(last.iso)：按 \(last.iso) 计算，请核对时钟。",
          en:
            "the clock says \(today.iso), before the last run's \(last.iso): computed as of \(last.iso); check the clock."
        ))
    } else {
      self.asOf = today
    }
  }

  func perform() throws {
    stop.begin("backup")
    try backUp()
    stop.begin("import")
    try importInbox()
    stop.begin("link")
    try link()
    try publish()
    stop.begin("report")
  }

  // MARK: stages

  private func finish(_ stage: String, _ fingerprint: String) throws {
    state.finished[stage] = fingerprint
    try state.save(stateFile)
  }

  private func backUp() throws {
    let fingerprint = try workspace.ledger.stateDigest()
    if state.isFinished("backup", fingerprint), !Backups.list(in: workspace.folder).isEmpty {
      return skip("backup", fingerprint)
    }
    try measure("backup", fingerprint: fingerprint) {
      let folder = Backups.folder(of: workspace.folder)
      do {
        try FileManager.default.createDirectory(
          at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      } catch { throw Failure.cannotWrite(folder.path, "") }
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      where name.hasSuffix(".partial") {
        try? FileManager.default.removeItem(at: folder.appending(path: name))
      }
      try stop.write("backup", to: folder.path)
      let stamp = Clock.now.filter { $0.isNumber || $0 == "T" || $0 == "Z" }
      var target = folder.appending(path: stamp + ".sqlite").path
      var number = 2
      while FileManager.default.fileExists(atPath: target) {
        target = folder.appending(path: "\(stamp)-\(number).sqlite").path
        number += 1
      }
      let partial = target + ".partial"
      try workspace.ledger.backUp(to: partial)
      stop.step("backup")
      do { try FileManager.default.moveItem(atPath: partial, toPath: target) } catch {
        throw Failure.cannotWrite(target, error.localizedDescription)
      }
      for old in Backups.list(in: workspace.folder).dropFirst(workspace.configuration.night.keep) {
        try? FileManager.default.removeItem(atPath: old)
      }
      return (1, 1)
    }
    try finish("backup", fingerprint)
    log.info("backup", metadata: ["files": "\(Backups.list(in: workspace.folder).count)"])
  }

  private func importInbox() throws {
    let files = inbox.list()
    guard !files.isEmpty else { return skip("import", "") }
    let context = try workspace.importContext()
    let stamp = Clock.now.filter { $0.isNumber || $0 == "T" || $0 == "Z" }
    try measure("import", fingerprint: digest(files.map(\.url.path).joined())) {
      var rowsIn = 0
      var rowsOut = 0
      try stop.write("import", to: workspace.ledger.path)
      for file in files {
        let name = file.url.lastPathComponent
        guard NightInbox.isSettled(file.url, seconds: settle) else {
          waitingFiles.append(name)
          log.notice("still being written", metadata: ["file": "\(name)"])
          continue
        }
        guard let kind = file.kind else {
          try reject(
            file,
            Phrase(
              zh: "\(name)：看不出是哪种表。请把种类写进文件名（如 企业-2026.csv），或放进 inbox/firms/ 这样的文件夹。",
              en:
                "\(name): which kind of table? Put the kind into the name (firms-2026.csv) or into a folder such as inbox/firms/."
            ), headerRow: nil, stamp: stamp)
          continue
        }
        do {
          let result = try workspace.ledger.importFile(
            file.url.path, kind: kind, options: ImportOptions(), context: context,
            workers: .machine)
          rowsIn += result.rows
          rowsOut += result.accepted + result.updated
          let kept = result.accepted + result.updated + result.unchanged
          if result.rejected > 0 {
            problems.append(
              Phrase(
                zh:
                  "\(name)（\(kind)）：拒收 \(result.rejected) 行，接受 \(kept) 行；例：\(result.issues.first?.message.zh ?? "")",
                en:
                  "\(name) (\(kind)): \(result.rejected) rows refused, \(kept) accepted; such as: \(result.issues.first?.message.en ?? "")"
              ))
          }
          if kept == 0, result.rejected > 0 {
            try reject(file, nil, headerRow: result.headerRow, stamp: stamp)
          } else {
            importedFiles += 1
            try inbox.archive(file, to: "done", headerRow: result.headerRow, stamp: stamp)
          }
          log.info(
            "imported",
            metadata: [
              "file": "\(name)", "kind": "\(kind)", "accepted": "\(rowsOut)",
              "rejected": "\(result.rejected)",
            ])
        } catch let error as LedgerError where error.exitCode == 65 || error.exitCode == 64 {
          try reject(file, error.message, headerRow: nil, stamp: stamp)
        }
        stop.step("import")
      }
      return (rowsIn, rowsOut)
    }
  }

  /// A file that cannot be taken is put aside; the others go on.
  private func reject(
    _ file: NightInbox.File, _ because: Phrase?, headerRow: Int?, stamp: String
  ) throws {
    if let because { problems.append(because) }
    log.warning("rejected", metadata: ["file": "\(file.url.lastPathComponent)"])
    try inbox.archive(file, to: "rejected", headerRow: headerRow, stamp: stamp)
  }

  private func link() throws {
    let before = try linkFingerprint()
    if state.isFinished("link", before) { return skip("link", before) }
    try measure("link", fingerprint: before) {
      let joined = try joinSameFirms(workspace)
      stop.step("link")
      let count = try relink(workspace)
      stop.step("link")
      return (joined.merged, count)
    }
    // Joining firms changes what the fingerprint reads: it is taken again.
    try finish("link", try linkFingerprint())
    log.info("linked")
  }

  /// Freeze, match and publish, or nothing when the inputs are those of the last publication; then the papers.
  private func publish() throws {
    let fingerprint = try publishFingerprint()
    if state.isFinished("publish", fingerprint), let last = try? workspace.ledger.requireRun(nil) {
      run = last
      for stage in ["freeze", "match", "publish"] { skip(stage, fingerprint) }
      if let current = currentDelivery(),
        state.isFinished("compose", try composeFingerprint(run: last.id))
      {
        delivered = current
        paperCount = countPapers(current)
        for stage in ["compose", "deliver"] { skip(stage, fingerprint) }
        return
      }
    }
    let earlier = try? workspace.ledger.requireRun(nil)
    var frozen: (snapshot: Snapshot, models: MatchingModels)?
    stop.begin("freeze")
    try measure("freeze", fingerprint: fingerprint) {
      let made = try workspace.freeze(asOf: asOf, columns: .keep(from: 100_000))
      frozen = made
      return (made.snapshot.firms.count, made.snapshot.postings.count)
    }
    guard let (snapshot, models) = frozen else { return }
    log.info("frozen", metadata: ["firms": "\(snapshot.firms.count)"])
    stop.begin("match")
    var matched: Publication?
    let wanted = Set(try workspace.overrides(in: snapshot).map(\.firm))
    measure("match", fingerprint: fingerprint) {
      let publication = match(
        snapshot, models: models, seed: seed, detailed: wanted, detailedTop: 5,
        comparedWith: earlier?.asOf, workers: .machine)
      matched = publication
      return (
        publication.rankings.reduce(0) { $0 + $1.pairings },
        publication.rankings.reduce(0) { $0 + $1.standings.count }
      )
    }
    guard let publication = matched else { return }
    log.info("matched")
    stop.begin("publish")
    let started = Clock.now
    try measure("publish", fingerprint: fingerprint) {
      try record(publication, snapshot, models, earlier: earlier, started: started)
      return (publication.rankings.count, isNew ? publication.rankings.count : 0)
    }
    stop.step("publish")
    try finish("publish", fingerprint)
    guard let run else { return }
    log.info("published", metadata: ["run": "\(run.id)", "new": "\(isNew)"])
    if !isNew, let current = currentDelivery(),
      state.isFinished("compose", try composeFingerprint(run: run.id))
    {
      delivered = current
      paperCount = countPapers(current)
      for stage in ["compose", "deliver"] { skip(stage, fingerprint) }
      return
    }
    try compose(
      publication, snapshot, models, run: run,
      earlier: try workspace.ledger.findRun(before: run.id))
  }

  /// Stores the run; one whose rankings are those of the last is only noted as the same.
  private func record(
    _ publication: Publication, _ snapshot: Snapshot, _ models: MatchingModels,
    earlier: RunRecord?, started: String
  ) throws {
    let mark = RunRecord.fingerprint(
      snapshotDigest: snapshot.digest, modelDigests: [models.choice.behaviourDigest],
      codeVersion: Bulian.version, asOf: asOf, seed: seed)
    let known = try workspace.ledger.findRun(fingerprint: mark)
    var same = known
    if same == nil, let earlier, try isRepeated(publication, snapshot, models, earlier) {
      same = earlier
    }
    try stop.write("publish", to: workspace.ledger.path)
    let id = "\(asOf.iso.filter(\.isNumber))-\(mark.prefix(6))"
    func record(_ id: String, sameAs: String?) -> RunRecord {
      RunRecord(
        id: id, fingerprint: mark, snapshotDigest: snapshot.digest,
        modelDigests: [models.choice.behaviourDigest], codeVersion: Bulian.version, asOf: asOf,
        seed: seed, model: models.choice.id, startedAt: started, finishedAt: Clock.now,
        sameAs: sameAs, diary: diary.json.text)
    }
    if let same {
      run = same
      let last = try workspace.ledger.listRuns(limit: 1).first
      if last?.id != same.id, last?.fingerprint != mark || last?.sameAs != same.id {
        try workspace.ledger.record(record("\(id)@\(Clock.now)", sameAs: same.id), publications: [])
      } else if known == nil {
        try workspace.ledger.record(record("\(id)@\(Clock.now)", sameAs: same.id), publications: [])
      }
      return
    }
    let fresh = record(id, sameAs: nil)
    try workspace.ledger.record(
      fresh,
      publications: publication.rankings.map {
        publicationRecord(publication, $0, run: fresh.id, snapshot: snapshot)
      })
    run = fresh
    isNew = true
  }

  /// True when no fact, decision or card is new and every list has the same firms in the same order with the same
  /// verdicts: what moved is the date, and decay within the order.
  private func isRepeated(
    _ publication: Publication, _ snapshot: Snapshot, _ models: MatchingModels,
    _ earlier: RunRecord
  ) throws -> Bool {
    let isSameInput =
      try workspace.ledger.lastBatch(before: earlier.id) == workspace.ledger.lastBatch()
      && earlier.modelDigests == [models.choice.behaviourDigest]
      && earlier.codeVersion == Bulian.version && earlier.seed == seed
    let chains = publication.rankings.map { snapshot.chains[$0.chain].id }
    guard isSameInput,
      try workspace.ledger.listPublications(run: earlier.id) == chains.sorted()
    else { return false }
    for ranking in publication.rankings {
      let chain = snapshot.chains[ranking.chain].id
      guard let record = try workspace.ledger.findPublication(run: earlier.id, chain: chain),
        let stored = StoredList(record)
      else { return false }
      let now = PackedStandings(ranking, firms: snapshot.firms)
      guard stored.standings.map(\.firm) == now.listed.map(\.firm),
        stored.excluded == now.excluded.count,
        stored.entries.map(\.verdict)
          == ranking.entries.prefix(ranking.listed).map(\.verdict.rawValue)
      else { return false }
    }
    return true
  }

  private func compose(
    _ publication: Publication, _ snapshot: Snapshot, _ models: MatchingModels, run: RunRecord,
    earlier: RunRecord?
  ) throws {
    let fingerprint = try composeFingerprint(run: run.id)
    stop.begin("compose")
    let outbox = workspace.folder.appending(path: "outbox")
    let name = "\(asOf.iso)-\(run.id.split(separator: "-").last ?? "")"
    var delivery = try Delivery(outbox: outbox, name: name)
    try measure("compose", fingerprint: fingerprint) {
      try stop.write("compose", to: delivery.folder.path)
      let changes = try NightChanges(
        workspace: workspace, publication: publication, snapshot: snapshot, models: models,
        run: run, earlier: earlier)
      let papers = NightPapers(
        workspace: workspace, publication: publication, snapshot: snapshot, models: models,
        run: run.id, changes: changes, problems: problems)
      let made = try papers.compose(into: &delivery) { stop.step("compose") }
      changeLines = made.changeLines
      missingPrograms = made.missing
      paperCount = delivery.papers.count
      return (publication.rankings.count, delivery.papers.count)
    }
    log.info("composed", metadata: ["papers": "\(paperCount)"])
    stop.begin("deliver")
    try measure("deliver", fingerprint: fingerprint) {
      try stop.write("deliver", to: outbox.path)
      delivered = try delivery.publish(as: name, run: run.id, asOf: asOf.iso) {
        _ throws(NightError) in
        stop.step("deliver")
      }
      let removed = Delivery.retain(workspace.configuration.night.keep, in: outbox)
      return (paperCount, removed.count)
    }
    state.deliveredRun = run.id
    state.delivered = delivered?.lastPathComponent
    state.asOf = asOf.iso
    // A paper that could not be printed is tried again the next night.
    if missingPrograms.isEmpty {
      try finish("compose", fingerprint)
    } else {
      state.finished["compose"] = nil
      try state.save(stateFile)
    }
    log.info("delivered", metadata: ["folder": "\(delivered?.lastPathComponent ?? "")"])
  }

  private func measure(_ stage: String, fingerprint: String, _ work: () throws -> (Int, Int))
    rethrows
  {
    // The work may read the diary: it is written to when the work is done.
    let record = try NightDiary.measure(stage, fingerprint: fingerprint, work)
    diary.add(record)
  }

  private func skip(_ stage: String, _ fingerprint: String) {
    diary.skip(stage, fingerprint: fingerprint)
    log.info("skipped", metadata: ["stage": "\(stage)"])
  }

  /// The delivery that `latest` leads to, when it is whole.
  func currentDelivery() -> URL? {
    guard let name = state.delivered else { return nil }
    let folder = workspace.folder.appending(path: "outbox/\(name)")
    let manifest = folder.appending(path: "manifest.json").path
    return FileManager.default.fileExists(atPath: manifest) ? folder : nil
  }

  private func countPapers(_ folder: URL) -> Int {
    let data = FileManager.default.contents(atPath: folder.appending(path: "manifest.json").path)
    let read = data.flatMap { try? JSONSerialization.jsonObject(with: $0) as? [String: Any] }
    return (read?["papers"] as? [Any])?.count ?? 0
  }

  var answer: JSONValue {
    .object([
      ("run", .optional(run?.id)), ("isNew", .bool(isNew)), ("asOf", .string(asOf.iso)),
      ("imported", .int(importedFiles)), ("delivered", .optional(delivered?.path)),
      ("papers", .int(paperCount)),
      ("problems", .array(problems.map { .string($0[Clock.language]) })),
      ("changes", .array(changeLines.map { .string($0) })), ("diary", diary.json),
    ])
  }
}
