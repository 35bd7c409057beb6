import Foundation
import Testing

extension EndToEnd {
  @Suite("The night", .serialized)
  struct NightlyTests {
    /// A copy of the sample that prints HTML alone, so that a night takes a second.
    private func workspace(formats: String = "\"html\"") throws -> (folder: Folder, path: String) {
      let folder = try Folder()
      let path = folder.path("w")
      try FileManager.default.copyItem(atPath: try Sample.require().path, toPath: path)
      let file = URL(fileURLWithPath: path + "/bulian.yaml")
      let text = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        .map { $0.hasPrefix("formats:") ? "formats: [\(formats)]" : String($0) }
      try (text.joined(separator: "\n") + "\nnight: {keep: 3, contact: \"信息科\"}\n").write(
        to: file, atomically: true, encoding: .utf8)
      return (folder, path)
    }

    private func night(_ path: String, _ more: String..., with extra: [String: String] = [:]) throws
      -> Answer
    {
      try Program.run(
        ["nightly", "-w", path, "--settle", "0.2"] + more, with: extra)
    }

    /// Digests of the delivered papers by path.
    private func papers(_ path: String) throws -> [String: String] {
      let data = try Data(contentsOf: URL(fileURLWithPath: path + "/outbox/latest/manifest.json"))
      return Dictionary(
        uniqueKeysWithValues: try JSON(data)["papers"].items.map {
          ($0["path"].text ?? "", $0["sha256"].text ?? "")
        }.filter { !$0.0.hasSuffix(".xlsx") })
    }

    private func status(_ path: String) throws -> String {
      try String(contentsOfFile: path + "/outbox/STATUS.txt", encoding: .utf8)
    }

    @Test(
      "a night delivers lists, panoramas, briefs and a binder; the next has nothing to do and says so"
    )
    func twoNights() throws {
      let (folder, path) = try workspace()
      _ = folder
      let plan = try night(path, "--dry-run", "--format", "json").json().items
      #expect(
        plan.map { $0["stage"].text } == [
          "backup", "import", "link", "freeze", "match", "publish", "compose", "deliver", "report",
        ])
      #expect(plan.first { $0["stage"].text == "compose" }?["run"] == .bool(true))
      #expect(!FileManager.default.fileExists(atPath: path + "/outbox/latest"))
      let first = try night(path)
      #expect(first.code == 0, "\(first.said)")
      let made = try papers(path)
      #expect(made.keys.contains("index.html") && made.keys.contains("夜间变化.html"))
      for chain in ["电子电路", "运动鞋服"] {
        #expect(made.keys.contains("\(chain)/全景图.html"))
        #expect(made.keys.contains("\(chain)/招商目标清单.csv"))
        #expect(made.keys.filter { $0.hasPrefix("\(chain)/briefs/") }.count == 10)
      }
      let binder = try String(contentsOfFile: path + "/outbox/latest/index.html", encoding: .utf8)
      for piece in binder.components(separatedBy: "href=\"./").dropFirst() {
        let link = String(piece.prefix { $0 != "\"" }).removingPercentEncoding ?? ""
        #expect(FileManager.default.fileExists(atPath: path + "/outbox/latest/" + link), "\(link)")
      }
      #expect(try status(path).contains("信息科"))
      #expect(try status(path).hasPrefix("资料旧了"))
      let again = try night(path, "--format", "json")
      #expect(again.code == 0)
      #expect(try again.json()["isNew"] == .bool(false))
      let stages = try again.json()["diary"]["stages"].items
      #expect(stages.allSatisfy { $0["skipped"] == .bool(true) }, "\(again.text)")
      #expect(try papers(path) == made)
      #expect(try status(path).contains("相同"))
      #expect(try night(path, "--dry-run").text.contains("跳过"))
    }

    @Test(
      "the inbox: good files are taken without persons, poisoned ones are put aside, the rest goes on"
    )
    func inbox() throws {
      let (folder, path) = try workspace()
      _ = folder
      let inbox = path + "/inbox"
      try FileManager.default.createDirectory(
        atPath: inbox + "/signals", withIntermediateDirectories: true)
      try "企业名称,所在地,联系人,手机\n夜批示例有限公司,广东省深圳市,赵某甲,13700000001\n".write(
        toFile: inbox + "/企业-十一月.csv", atomically: true, encoding: .utf8)
      try "企业,类别,日期\n夜批示例有限公司,扩产,2026-11-20\n".write(
        toFile: inbox + "/signals/x.csv", atomically: true, encoding: .utf8)
      try Data([0x50, 0x4B, 3, 4, 9, 9, 9]).write(
        to: URL(fileURLWithPath: inbox + "/企业-坏.xlsx"))
      try "a,b\n1,2\n".write(toFile: inbox + "/不知道.csv", atomically: true, encoding: .utf8)
      try "half".write(toFile: inbox + "/企业.csv.part", atomically: true, encoding: .utf8)
      let answer = try night(path, "--format", "json")
      #expect(answer.code == 0, "\(answer.said)")
      #expect(try answer.json()["imported"].number == 2)
      #expect(try answer.json()["problems"].items.count == 2)
      let left = listFiles(URL(fileURLWithPath: inbox)).map(\.lastPathComponent).sorted()
      #expect(left.count == 5)
      #expect(left.contains("企业.csv.part"))
      for file in listFiles(URL(fileURLWithPath: path)) {
        let data = try Data(contentsOf: file)
        #expect(data.range(of: Data("赵某甲".utf8)) == nil, "\(file.path)")
        #expect(data.range(of: Data("13700000001".utf8)) == nil, "\(file.path)")
      }
      #expect(try status(path).contains("！"))
      let found = try Program.run("explain", "夜批示例有限公司", "-w", path)
      #expect(found.said.contains("夜批示例有限公司"))
    }

    private static let table = "企业名称,所在地,主营产品\n夜批示例铜箔有限公司,广东省惠州市,电子铜箔\n"

    /// What a night that nothing disturbed delivers, made once.
    private static let calm = Result<[String: String], any Error> {
      let tests = NightlyTests()
      let (folder, path) = try tests.workspace()
      _ = folder
      try table.write(toFile: path + "/inbox/企业.csv", atomically: true, encoding: .utf8)
      try #require(try tests.night(path).code == 0)
      return try tests.papers(path)
    }

    @Test(
      "killed anywhere, the next night completes and equals one that was never disturbed",
      arguments: [
        "backup:1", "import:1", "link:1", "link:2", "match:0", "publish:1", "compose:0",
        "compose:20",
        "deliver:1", "deliver:2", "report:0",
      ])
    func killed(point: String) throws {
      let (folder, path) = try workspace()
      _ = folder
      let calm = try Self.calm.get()
      try Self.table.write(toFile: path + "/inbox/企业.csv", atomically: true, encoding: .utf8)
      let broken = try night(path, with: ["BULIAN_STOP_AFTER": point])
      #expect(broken.crashed, "\(point): \(broken.said.suffix(300))")
      let next = try night(path)
      #expect(next.code == 0, "\(point): \(next.said.suffix(300))")
      #expect(try papers(path) == calm)
      let partial = try FileManager.default.contentsOfDirectory(atPath: path + "/outbox").filter {
        $0.hasSuffix(".partial")
      }
      #expect(partial.isEmpty)
      #expect(try Program.run("doctor", "-w", path).code == 0)
    }

    @Test(
      "a full disk at any stage delivers nothing half, says so with 73, and the next night completes",
      arguments: ["backup", "import", "publish", "compose", "deliver"])
    func fullDisk(stage: String) throws {
      let (folder, path) = try workspace()
      _ = folder
      #expect(try night(path).code == 0)
      let before = try papers(path)
      try "企业名称,所在地,主营产品\n夜批示例铜箔有限公司,广东省惠州市,电子铜箔\n".write(
        toFile: path + "/inbox/企业.csv", atomically: true, encoding: .utf8)
      #expect(
        try Program.run(
          "override", Article.board, "--rank", "2", "--because", "试", "--by", "A", "-w", path
        ).code == 0)
      let failed = try night(path, with: ["BULIAN_FAIL_WRITE": stage])
      #expect(failed.code == 73, "\(failed.said.suffix(300))")
      #expect(failed.errors.contains("BL0561"))
      #expect(try papers(path) == before)
      #expect(try status(path).contains("没有完成"))
      #expect(try night(path).code == 0)
      #expect(try papers(path) != before)
    }

    @Test("a second night at the same time does nothing, exits 75 and names the first")
    func busy() throws {
      let (folder, path) = try workspace()
      _ = folder
      try FileManager.default.createDirectory(
        atPath: path + "/.night", withIntermediateDirectories: true)
      let holder = Process()
      holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      holder.arguments = [
        "python3", "-c",
        """
        import fcntl, sys, time
        f = open(sys.argv[1], "w")
        fcntl.flock(f, fcntl.LOCK_EX)
        f.write('{"pid": 4711, "host": "other", "start": "2026-11-25T01:00:00Z"}')
        f.flush()
        print("held", flush=True)
        time.sleep(60)
        """, path + "/.night/lock",
      ]
      let pipe = Pipe()
      holder.standardOutput = pipe
      try holder.run()
      _ = pipe.fileHandleForReading.availableData
      defer { holder.terminate() }
      let answer = try night(path)
      #expect(answer.code == 75)
      #expect(answer.errors.contains("4711") && answer.errors.contains("other"))
      #expect(!FileManager.default.fileExists(atPath: path + "/outbox/latest"))
    }

    @Test("a damaged ledger is refused, the newest backup is named, and restoring it works")
    func damaged() throws {
      let (folder, path) = try workspace()
      _ = folder
      #expect(try night(path).code == 0)
      let ledger = URL(fileURLWithPath: path + "/bulian.sqlite")
      var bytes = try Data(contentsOf: ledger)
      for index in 8192..<bytes.count / 2 { bytes[index] = 0x5A }
      try bytes.write(to: ledger)
      for suffix in ["-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + "/bulian.sqlite" + suffix)
      }
      let answer = try night(path)
      #expect(answer.code == 65, "\(answer.said.suffix(300))")
      let backup = try #require(
        try FileManager.default.contentsOfDirectory(atPath: path + "/backups").first)
      #expect(try status(path).contains(backup))
      #expect(try Program.run("restore", path + "/backups/" + backup, "-w", path).code == 0)
      #expect(try night(path).code == 0)
    }

    @Test(
      "a clock that was moved back is said and hides nothing; a missing program leaves the rest delivered"
    )
    func clockAndPrograms() throws {
      let (folder, path) = try workspace(formats: "\"html\", \"pdf\"")
      #expect(try night(path, with: ["BULIAN_TODAY": "2026-11-24"]).code == 0)
      let back = try night(path, with: ["BULIAN_TODAY": "2020-11-20"])
      #expect(back.code == 0)
      #expect(try status(path).contains("早于上一批次"))
      // A copy of the program far from its tools, and something new to print.
      #expect(
        try Program.run(
          "override", Article.board, "--rank", "3", "--because", "试", "--by", "A", "-w", path
        ).code == 0)
      let lonely = folder.path("bin")
      try FileManager.default.createDirectory(atPath: lonely, withIntermediateDirectories: true)
      let binary = try #require(Program.binary)
      try FileManager.default.copyItem(atPath: binary.path, toPath: lonely + "/bulian")
      let process = Process()
      process.executableURL = URL(fileURLWithPath: lonely + "/bulian")
      process.arguments = ["nightly", "-w", path, "--as-of", "2026-11-26"]
      process.environment = [
        "PATH": lonely, "HOME": folder.path("home"), "BULIAN_MODELS": Program.models.path,
      ]
      process.standardError = Pipe()
      process.standardOutput = Pipe()
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 69)
      #expect(try papers(path).keys.contains("电子电路/招商目标清单.csv"))
      #expect(try papers(path).keys.contains("index.html"))
      #expect(try status(path).contains("typst"))
    }

    @Test("what changed is said with its cause: an outcome overnight moves its own firm")
    func changes() throws {
      let (folder, path) = try workspace()
      #expect(try night(path, "--as-of", "2026-11-24").code == 0)
      let quiet = try night(path, "--as-of", "2026-11-25", "--format", "json")
      #expect(quiet.code == 0)
      // Another date alone is no news: the order is the same, nothing is published.
      #expect(try quiet.json()["isNew"] == .bool(false))
      #expect(
        try Program.run("runs", "-w", path, "--format", "json").json().items.first?["sameAs"].text
          != nil)
      let names = try Program.run("shortlist", "-w", path, "--chain", "pcb", "--format", "json")
        .json()["entries"].items.compactMap { $0["firm"]["name"].text }
      let first = try #require(names.first)
      let table = try folder.file(
        "拟投项目.csv", "企业,类型,年产值\n\(first),搬迁,1000\n")
      try FileManager.default.copyItem(atPath: table, toPath: path + "/inbox/拟投项目.csv")
      let moved = try night(path, "--as-of", "2026-11-26", "--format", "json")
      #expect(moved.code == 0, "\(moved.said.suffix(300))")
      let page = try String(
        contentsOfFile: path + "/outbox/latest/夜间变化.html", encoding: .utf8)
      #expect(page.contains(first))
      #expect(page.contains("数据"))
    }

    @Test(
      "after random edits, night after night, the lists are those of a ledger that was read at once"
    )
    func incremental() throws {
      let (folder, path) = try workspace()
      let whole = folder.path("whole")
      try FileManager.default.copyItem(atPath: path, toPath: whole)
      var random: UInt64 = 20_261_125
      func next(_ count: Int) -> Int {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((random >> 33) % UInt64(count))
      }
      let places = ["广东省惠州市", "江苏省苏州市", "福建省泉州市", "重庆市永川区"]
      let products = ["电子铜箔", "覆铜板", "挠性板", "运动鞋整鞋", "多层板"]
      let day = ["BULIAN_TODAY": "2026-11-25"]
      for round in 0..<4 {
        var tables: [(name: String, text: String)] = []
        var firms = "企业名称,所在地,主营产品,营业收入（万元）\n"
        for _ in 0..<(1 + next(3)) {
          firms +=
            "夜改示例\(next(5))号有限公司,\(places[next(4)]),\(products[next(5)]),\(1000 * (1 + next(90)))\n"
        }
        tables.append(("企业-\(round).csv", firms))
        if next(2) == 0 {
          tables.append(
            ("拟投项目-\(round).csv", "企业,类型,年产值\n\(Article.board),搬迁,\(5000 + 100 * next(400))\n"))
        }
        if next(2) == 0 {
          tables.append(
            ("信号-\(round).csv", "企业,类别,日期\n\(Article.shoe),扩产,2026-11-\(10 + next(15))\n"))
        }
        for table in tables {
          try table.text.write(
            toFile: path + "/inbox/" + table.name, atomically: true, encoding: .utf8)
          let kind =
            table.name.hasPrefix("企业")
            ? "firms" : table.name.hasPrefix("拟投") ? "projects" : "signals"
          let file = try folder.file(table.name, table.text)
          #expect(try Program.run(["import", kind, file, "-w", whole], with: day).code == 0)
        }
        #expect(try night(path, with: day).code == 0)
      }
      #expect(try Program.run(["link", "-w", whole], with: day).code == 0)
      #expect(try Program.run(["rank", "-w", whole], with: day).code == 0)
      for chain in ["pcb", "shoes"] {
        let words = ["--chain", chain, "--format", "json"]
        let night = try Program.run(["shortlist", "-w", path] + words, with: day).json()
        let once = try Program.run(["shortlist", "-w", whole] + words, with: day).json()
        func plain(_ entries: JSON) -> [[JSON]] {
          entries.items.map {
            [
              $0["rank"], $0["verdict"], $0["firm"]["name"], $0["expectedValue"], $0["likelihood"],
              $0["worth"], $0["rankLow"], $0["rankHigh"], $0["freight"], $0["labour"],
            ]
          }
        }
        #expect(plain(night["entries"]) == plain(once["entries"]))
        #expect(!night["entries"].items.isEmpty)
      }
    }
  }
}
