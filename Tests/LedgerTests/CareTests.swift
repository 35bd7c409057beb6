import Atlas
import Foundation
import GRDB
import Testing

@testable import Ledger

@Suite struct CareTests {
  @Test("a ledger of a newer version, another database and a damaged file are refused untouched")
  func refusals() throws {
    let bench = try Workbench()
    func open(_ name: String) -> LedgerError? {
      #expect(throws: LedgerError.self) {
        _ = try Ledger.open(bench.folder.appending(path: name).path)
      }
    }
    let newer = try DatabaseQueue(path: bench.folder.appending(path: "newer.sqlite").path)
    try newer.write {
      try $0.execute(
        sql:
          "PRAGMA application_id = \(Schema.applicationId); PRAGMA user_version = 99; CREATE TABLE t (x)"
      )
    }
    try newer.close()
    let before = try Data(contentsOf: bench.folder.appending(path: "newer.sqlite"))
    #expect(open("newer.sqlite")?.code == "BL0201")
    #expect(try Data(contentsOf: bench.folder.appending(path: "newer.sqlite")) == before)
    let other = try DatabaseQueue(path: bench.folder.appending(path: "other.sqlite").path)
    try other.write { try $0.execute(sql: "PRAGMA user_version = 1; CREATE TABLE t (x)") }
    try other.close()
    #expect(open("other.sqlite")?.code == "BL0203")
    _ = try bench.file("text.sqlite", String(repeating: "not a database ", count: 20))
    #expect(open("text.sqlite")?.code == "BL0202")
    #expect(open("no/such/folder.sqlite")?.code == "BL0204")
    #expect(open("no/such/folder.sqlite")?.exitCode == 73)
  }

  @Test("the file belongs to its owner alone")
  func rights() throws {
    let bench = try Workbench()
    let attributes = try FileManager.default.attributesOfItem(atPath: bench.ledger.path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    #expect(try bench.ledger.checkHealth().isReadableByOthers == false)
  }

  @Test("the tables have the columns that the kinds declare, and no others")
  func schemaFitsKinds() throws {
    let bench = try Workbench()
    for kind in ImportKind.all {
      let columns = try bench.ledger.read { database in
        try Row.fetchAll(database, sql: "PRAGMA table_info(\(kind.table))").map {
          $0["name"] as String
        }
      }
      let own: Set<String> = ["id", "factKey", "digest", "batchId", "line", "knownOn", "validOn"]
      var declared = kind.fields.compactMap(\.field)
      if kind.id == "firms" { declared.append("firmId") }
      #expect(Set(columns).subtracting(own) == Set(declared), "\(kind.id)")
      for field in kind.key { #expect(declared.contains(field), "\(kind.id) key \(field)") }
    }
  }

  @Test("a changed past is seen: in a fact, in a decision, in the chain itself")
  func tampering() throws {
    func tampered(_ sql: String) throws -> LedgerHealth {
      let bench = try Workbench()
      _ = try bench.importText("firms", "name,employees\n甲厂,10\n")
      try bench.ledger.decide(
        OverrideDecision(
          firm: 1, action: .exclude, because: "试验", decidedBy: "AB",
          decidedAt: "2024-10-04T09:00:00Z"))
      #expect(try bench.ledger.checkHealth().isSound)
      #expect(try bench.ledger.audit().map(\.kind) == ["override"])
      try bench.ledger.write { database in
        for name in try String.fetchAll(
          database, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        {
          try database.execute(sql: "DROP TRIGGER \(name)")
        }
        try database.execute(sql: sql)
      }
      return try bench.ledger.checkHealth()
    }
    #expect(try tampered("UPDATE firmFact SET employees = 11").alteredBatches == [1])
    #expect(try tampered("DELETE FROM firmFact").alteredBatches == [1])
    #expect(
      try tampered("UPDATE overrideDecision SET because = '别的'").chainBreak == "overrideDecision 1")
    #expect(try tampered("UPDATE batch SET accepted = 7").chainBreak == "batch 1")
    #expect(try tampered("DELETE FROM journal WHERE id = 1").chainBreak == "journal 2")
  }

  @Test("decisions cannot be changed or deleted")
  func appendOnly() throws {
    let bench = try Workbench()
    _ = try bench.importText("firms", "name\n甲厂\n")
    for table in ["batch", "journal"] {
      #expect(throws: LedgerError.self) {
        try bench.ledger.write { try $0.execute(sql: "DELETE FROM \(table)") }
      }
    }
  }

  @Test("a backup brings the ledger back as it was, and a damaged one is refused")
  func backup() throws {
    let bench = try Workbench()
    _ = try bench.importText("firms", "name\n甲厂\n")
    let digest = try bench.freeze().digest
    let backup = bench.folder.appending(path: "backup.sqlite").path
    try bench.ledger.backUp(to: backup)
    let target = bench.folder.appending(path: "other.sqlite").path
    #expect(try Ledger.restore(from: backup, to: target, stamp: "1") == nil)
    let restored = try Ledger.open(target)
    let snapshot = try restored.freeze(
      asOf: World.today, places: World.places, chains: [World.chain],
      configuration: World.configuration)
    #expect(snapshot.digest == digest)
    var damaged = try Data(contentsOf: URL(fileURLWithPath: backup))
    for index in 8192..<min(damaged.count, 60_000) { damaged[index] = 0x55 }
    let bad = try bench.file("bad.sqlite", damaged)
    #expect(throws: LedgerError.self) { try Ledger.restore(from: bad, to: target, stamp: "2") }
    #expect(try Ledger.open(target).findFirms("甲厂").count == 1)
  }

  @Test(
    "a backup is the ledger of its moment, also while somebody reads an older state",
    arguments: [false, true])
  func backupBesideReader(isRead: Bool) throws {
    let bench = try Workbench()
    _ = try bench.importText("firms", "name\n甲厂\n")
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let reader = try DatabaseQueue(path: bench.ledger.path, configuration: configuration)
    if isRead {
      try reader.writeWithoutTransaction {
        try $0.execute(sql: "BEGIN")
        #expect(try Int.fetchOne($0, sql: "SELECT count(*) FROM firm") == 1)
      }
    }
    _ = try bench.importText("firms", "name\n乙厂\n丙厂\n")
    let backup = bench.folder.appending(path: "backup.sqlite").path
    try bench.ledger.backUp(to: backup)
    let copy = try Ledger.open(backup)
    #expect(try copy.checkHealth() == bench.ledger.checkHealth())
    for ledger in [copy, bench.ledger] {
      #expect(try ledger.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM firm") } == 3)
    }
    // The ledger is still open and takes more; the copy does not follow.
    if isRead { try reader.writeWithoutTransaction { try $0.execute(sql: "COMMIT") } }
    _ = try bench.importText("firms", "name\n丁厂\n")
    #expect(try copy.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM firm") } == 3)
    #expect(try bench.ledger.checkHealth().damage.isEmpty)
  }

  @Test("links: people win over the machine, shares sum to at most one")
  func links() throws {
    let bench = try Workbench()
    _ = try bench.importText("firms", "name\n甲厂\n乙厂\n丙厂\n")
    func machine(_ firm: Int64, _ segment: String, _ linkClass: MachineLink.Class) -> MachineLink {
      MachineLink(firm: firm, segment: segment, score: 0.8, linkClass: linkClass)
    }
    let written = try bench.ledger.replaceMachineLinks { add in
      try add(machine(1, "pcb.laminate", .confirmed))
      try add(machine(1, "pcb.multilayer", .uncertain))
      try add(machine(2, "pcb.laminate", .confirmed))
      try add(machine(3, "pcb.laminate", .rejected))
    }
    #expect(written == 4)
    let first = try bench.freeze()
    #expect(first.postings.offset == [0, 2, 3])
    #expect(first.postings.share == [0.8, 1, 0.2])
    #expect(first.postings.linkClass == [.confirmed, .confirmed, .uncertain])
    try bench.ledger.decideLinks([
      PersonLink(
        firm: 2, segment: "pcb.laminate", isAccepted: false, decidedBy: "AB",
        decidedAt: "2024-10-01T08:00:00Z", because: "只做贸易"),
      PersonLink(
        firm: 3, segment: "pcb.laminate", isAccepted: true, share: 0.5, decidedBy: "AB",
        decidedAt: "2024-10-01T08:00:00Z", because: "去过"),
    ])
    _ = try bench.ledger.replaceMachineLinks { add in
      try add(machine(2, "pcb.laminate", .confirmed))
    }
    let second = try bench.freeze()
    #expect(second.postings.firm == [2])
    #expect(second.postings.share == [0.5] && second.postings.shareKnown == [true])
    #expect(try bench.freeze(asOf: Day(number: World.today.number - 30)).firms.count == 0)
  }

  @Test("a run is stored once, found by its fingerprint, and its publication reads back")
  func runs() throws {
    let bench = try Workbench()
    let print = RunRecord.fingerprint(
      snapshotDigest: "s", modelDigests: ["a", "b"], codeVersion: "1", asOf: World.today, seed: 7)
    let run = RunRecord(
      id: "20241004-1", fingerprint: print, snapshotDigest: "s", modelDigests: ["a", "b"],
      codeVersion: "1",
      asOf: World.today, seed: .max, model: "card", startedAt: "2024-10-04T09:00:00Z",
      finishedAt: "2024-10-04T09:00:01Z")
    let paper = PublicationRecord(
      run: run.id, chain: "pcb", payload: Data("{}".utf8), standings: Data([1, 2]))
    #expect(try bench.ledger.findRun(fingerprint: print) == nil)
    try bench.ledger.record(run, publications: [paper])
    #expect(try bench.ledger.findRun(fingerprint: print) == run)
    #expect(try bench.ledger.requireRun(nil) == run)
    #expect(try bench.ledger.findPublication(run: run.id, chain: "pcb") == paper)
    #expect(try bench.ledger.listPublications(run: run.id) == ["pcb"])
    let error = #expect(throws: LedgerError.self) { _ = try bench.ledger.requireRun("x") }
    #expect(error?.exitCode == 66)
    #expect(try bench.ledger.checkHealth().isSound)
  }

  @Test("after a purge no byte of the person is left in the ledger or its journal file")
  func purge() throws {
    let bench = try Workbench()
    _ = try bench.importText("firms", "name\n甲厂\n")
    _ = try bench.importText("hosts", "firm,role,consent,name,phone\n甲厂,总经理,是,钱示例,13900001111\n")
    _ = try bench.importText(
      "outcomes", "firm,site,kind,date,owner,reason\n甲厂,s1,走访,2024-06-01,一科,钱示例说再等等\n")
    let changed = try bench.ledger.purge(
      person: ["钱示例", "13900001111"], because: "本人要求", by: "AB", at: "2024-10-04T10:00:00Z")
    #expect(changed == 3)
    #expect(try bench.ledger.checkHealth().isSound)
    try expectNoTrace(of: ["钱示例", "13900001111"], in: bench.folder, except: ".csv")
    #expect(
      try bench.ledger.purge(firm: 1, because: "误导入", by: "AB", at: "2024-10-04T11:00:00Z") == 3)
    #expect(try bench.freeze().firms.count == 0)
    #expect(try bench.ledger.checkHealth().isSound)
    try expectNoTrace(of: ["甲厂"], in: bench.folder, except: ".csv")
  }

  @Test("planted persons leave no byte, whatever kind of file they come in")
  func plantedPersons() throws {
    let bench = try Workbench()
    _ = try bench.importText("firms", "name\n甲厂\n乙厂\n")
    _ = try bench.importText("sites", "id,name,place\ns1,园区,荣昌区\n")
    let secrets = ["赵植入", "13812345678", "zhao@example.com", "110101199003078515", "0755-26501234"]
    let personal = ["法定代表人", "联系电话", "邮箱", "身份证号", "办公电话"]
    for kind in ImportKind.all where kind.id != "hosts" {
      let columns = kind.columns
      let header = columns.map(\.header) + personal
      var cells = columns.map { column -> String in
        switch column.reading {
        case .firm: "甲厂"
        case .place: "荣昌区"
        case .measure, .signed: "30"
        case .share: "0.5"
        case .date: "2024-05-01"
        case .year: "2024"
        case .flag: "是"
        case .choice(let words): words[0].kept
        case .chain: "pcb"
        case .segment, .segments: "覆铜板"
        case .creditCode: World.creditCode(9)
        case .stockCode: "600009"
        case .capital: "30"
        case .status: "存续"
        case .placePart: ""
        case .text, .list: "致电13812345678或zhao@example.com或0755-26501234，证110101199003078515"
        }
      }
      if kind.id == "places" { cells[0] = "500153-Q" }
      let good = (cells + secrets).joined(separator: ",")
      let bad = (columns.map { _ in "坏13812345678" } + secrets).joined(separator: ",")
      let result = try bench.importText(
        kind.id, header.joined(separator: ",") + "\n" + good + "\n" + bad + "\n")
      #expect(result.droppedColumns == personal, "\(kind.id)")
      #expect(result.accepted + result.rejected >= 1)
      #expect(
        !result.issues.contains { issue in secrets.contains { issue.excerpt?.contains($0) == true }
        })
    }
    try bench.ledger.queue.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    try expectNoTrace(of: secrets, in: bench.folder, except: ".csv")
    let source = try bench.file(
      "inbox.csv", "关于赵植入的说明\n企业名称,法定代表人,地址\n深圳手机电子厂,赵植入,某路1号 电13812345678\n=1+1,赵植入,x\n")
    let copy = bench.folder.appending(path: "done.out").path
    let written = try RedactedCopy.write(source, to: copy, headerRow: 2)
    #expect(written.dropped == ["法定代表人"])
    let text = try String(contentsOfFile: copy, encoding: .utf8)
    #expect(text.contains("深圳手机电子厂") && text.contains("'=1+1"))
    try expectNoTrace(of: secrets, in: bench.folder, except: ".csv")
  }

  private func expectNoTrace(of secrets: [String], in folder: URL, except suffix: String) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where !name.hasSuffix(suffix) {
      let data = try Data(contentsOf: folder.appending(path: name))
      for secret in secrets {
        #expect(data.range(of: Data(secret.utf8)) == nil, "\(secret) in \(name)")
      }
    }
  }

  @Test("a workspace file reads back as it was written; an unknown key is refused with its line")
  func configuration() throws {
    var configuration = World.configuration
    configuration.zones = [
      .init(code: "500107-G", name: "重庆“高新”区", parent: "500107", longitude: 106.4, latitude: 29.6)
    ]
    configuration.cards = [.init(room: "choice", name: "prior-2026")]
    #expect(try WorkspaceConfiguration(yaml: configuration.yaml) == configuration)
    let error = #expect(throws: LedgerError.self) {
      _ = try WorkspaceConfiguration(yaml: "name: x\nhome: [\"500153\"]\nhomes: 1\n")
    }
    #expect(error?.message.zh.contains("第 3 行") == true, "\(String(describing: error))")
  }
}
