import Atlas
import Expectations
import Foundation
import GRDB
import Testing

@testable import Ledger

@Suite struct ImportTests {
  @Test("a row with everything in Chinese headers and odd spelling lands in the right cells")
  func readsOwnLayout() throws {
    let bench = try Workbench()
    let code = World.creditCode(1)
    let result = try bench.importText(
      "firms",
      "企业名称,统一社会信用代码,所在地,员工人数,营业收入（元）,注册资本,成立日期,登记状态,主营产品\r\n"
        + "示例电路有限公司,\"=\"\"\(code)\"\"\",广东省深圳市南山区,\"1,234\",\"250,000,000\",50万美元,2019年3月5日,存续（在营、开业、在册）,多层板，HDI板\r\n"
    )
    #expect(result.accepted == 1)
    #expect(result.issueCount == 0, "\(result.issues)")
    let snapshot = try bench.freeze()
    #expect(snapshot.firms.count == 1)
    #expect(snapshot.firms.creditCode[0] == code)
    #expect(snapshot.firms.seat[0].map { snapshot.places.code[Int($0)] } == "440305")
    #expect(snapshot.firms.employees[0] == 1234)
    #expect(snapshot.firms.revenue[0] == 25_000)
    #expect(snapshot.firms.established[0]?.iso == "2019-03-05")
    #expect(snapshot.firms.status[0] == .active)
    var texts: [FirmText] = []
    try bench.ledger.forEachFirmText { texts.append($0) }
    #expect(texts.map(\.products) == ["多层板、HDI板"])
    let capital = try bench.ledger.read {
      try Row.fetchOne(
        $0, sql: "SELECT registeredCapitalWan, registeredCapitalCurrency FROM firmFact")
    }
    #expect(capital?[0] == 50.0)
    #expect(capital?[1] == "USD")
  }

  @Test("importing the same file twice changes nothing")
  func idempotent() throws {
    let bench = try Workbench()
    let path = try bench.file(
      "firms.csv",
      "name,credit_code,city\n甲厂,\(World.creditCode(1)),深圳市\n乙厂,,鹤岗市\n坏厂,91440300MA00000019,深圳市\n")
    let first = try bench.ledger.importFile(path, kind: "firms", context: World.context())
    #expect((first.accepted, first.rejected) == (2, 1))
    let before = try bench.contents()
    let digest = try bench.freeze().digest
    let second = try bench.ledger.importFile(path, kind: "firms", context: World.context())
    #expect((second.accepted, second.updated, second.unchanged, second.rejected) == (0, 0, 2, 1))
    #expect(second.batch == nil)
    #expect(try bench.contents() == before)
    #expect(try bench.freeze().digest == digest)
  }

  @Test("a row that stayed out is taken when the missing fact has arrived, and only that row")
  func retries() throws {
    let bench = try Workbench()
    _ = try bench.importText("firms", "name\n甲厂\n")
    let path = try bench.file("plants.csv", "firm,place,product\n甲厂,深圳市,板\n乙厂,深圳市,板\n")
    let first = try bench.ledger.importFile(path, kind: "plants", context: World.context())
    #expect((first.accepted, first.rejected) == (1, 1))
    #expect(first.issues.map(\.kind) == ["BL0310"])
    _ = try bench.importText("firms", "name\n乙厂\n")
    let second = try bench.ledger.importFile(path, kind: "plants", context: World.context())
    #expect((second.accepted, second.rejected, second.unchanged) == (1, 0, 1))
  }

  @Test("a correction is a new version; a past day still sees the old one")
  func versions() throws {
    let bench = try Workbench()
    let early = try #require(Day("2024-01-10"))
    let late = try #require(Day("2024-06-10"))
    _ = try bench.importText(
      "firms", "name,employees,revenue\n甲厂,100,5000\n", options: .init(knownOn: early))
    let second = try bench.importText(
      "firms", "name,employees\n甲厂,150\n", options: .init(knownOn: late))
    #expect(second.updated == 1)
    let then = try bench.freeze(asOf: early.adding(days: 1))
    let now = try bench.freeze(asOf: late)
    #expect(then.firms.employees[0] == 100)
    #expect(now.firms.employees[0] == 150)
    #expect(now.firms.revenue[0] == 5000, "a blank cell does not erase what was known")
    #expect(try bench.freeze(asOf: early.adding(days: -1)).firms.count == 0)
    #expect(now.firms.provenance[0].line == 2)
    #expect(throws: LedgerError.self) {
      try bench.ledger.write { try $0.execute(sql: "UPDATE firmFact SET employees = 1") }
    }
  }

  @Test("the same firm is found by credit code, stock code, then name in its prefecture")
  func identity() throws {
    let bench = try Workbench()
    let code = World.creditCode(7)
    _ = try bench.importText("firms", "name,city\n（深圳）甲电子有限公司,深圳市\n甲电子有限公司,鹤岗市\n")
    #expect(try bench.freeze().firms.count == 2, "one name in two prefectures is two firms")
    let adopted = try bench.importText(
      "firms", "name,credit_code,city,stock_code\n(深圳)甲电子有限公司,\(code),南山区,\n",
      options: .init(knownOn: nil))
    #expect(adopted.issueCount == 1, "南山区 alone is ambiguous")
    let renamed = try bench.importText(
      "firms", "name,credit_code,stock_code\n甲新名有限公司,\(code),600001.SH\n")
    #expect(renamed.updated == 1)
    _ = try bench.importText("firms", "name,stock_code,employees\n甲新名,600001,42\n")
    let snapshot = try bench.freeze()
    #expect(snapshot.firms.count == 2)
    #expect(snapshot.firms.name[0] == "甲新名")
    #expect(snapshot.firms.creditCode[0] == code)
    #expect(snapshot.firms.stockCode[0] == "600001")
    #expect(snapshot.firms.employees[0] == 42)
  }

  @Test("every kind takes its facts to the snapshot")
  func allKinds() throws {
    let bench = try Workbench()
    func good(_ kind: String, _ text: String) throws {
      let result = try bench.importText(kind, text)
      #expect(result.accepted >= 1 && result.rejected == 0, "\(kind): \(result.issues)")
    }
    try good("firms", "name,city,revenue\n甲厂,深圳市,10000\n乙厂,荣昌区,2000\n")
    try good("places", "code,name,longitude,latitude,parent\n500153-Z,荣昌高新区,105.6,29.4,500153\n")
    try good("sites", "id,name,place,land\ns1,电子电路产业园,荣昌高新区,200亩\n")
    try good("firm-segments", "firm,segment,share\n甲厂,多层板,60%\n甲厂,pcb.laminate,\n")
    try good("plants", "firm,place,product,share,lease_end\n甲厂,广东省深圳市南山区,多层板,0.7,2026/03/31\n")
    try good("projects", "firm,kind,output,heads,land\n甲厂,搬迁,3亿元,400,50\n")
    try good("firm-lanes", "firm,direction,other place,tonnes\n甲厂,进,鹤岗,1.2万吨\n")
    try good("labour", "place,occupation,persons,wage,year\n荣昌,普工,3000,4200,2023\n")
    try good("vacancies", "place,occupation,persons\n荣昌,操作工,120\n")
    try good("ties", "firm,kind,count,status,consent\n甲厂,同乡管理人员,2,已联系,是\n")
    try good("signals", "firm,kind,date,strength\n甲厂,租约到期,2024-05-01,0.8\n")
    try good("outcomes", "firm,site,kind,date,due\n甲厂,s1,走访,2024-06-01,2024-07-01\n")
    try good("claims", "firm,district,since\n甲厂,别区,2024-01-01\n")
    try good(
      "factors", "firm,site,factor,need or have,quantity,unit\n甲厂,,土地,需要,50,亩\n,s1,能源,具备,20,兆瓦\n")
    try good("assets", "place,kind,name,segments\n荣昌,检测,示例检测站,多层板、覆铜板\n")
    try good("chain-targets", "place,chain,planned output,year\n荣昌区,电子电路,80亿元,2027\n")
    try good("atlas", "district,chain,role\n荣昌区,电子电路,主导\n")
    try good("leaders", "role,days available\n区领导,2024-10-08、2024-10-09\n")
    try good("offers", "offer,legal basis\n标准厂房租金公示价,公平竞争审查条例第八条\n")
    try good("hosts", "firm,role,consent\n甲厂,总经理,是\n")
    let s = try bench.freeze()
    #expect(s.sites.map(\.id) == ["s1"])
    #expect(s.sites[0].landMu == 200)
    #expect(s.postings.offset == [0, 1, 2])
    #expect(abs(s.postings.share[0] - 0.4) < 1e-6 && s.postings.shareKnown == [false, true])
    #expect(s.plants[0].first?.leaseEnd?.iso == "2026-03-31")
    #expect(s.projects[0].first?.output == 30_000)
    #expect(s.projects[0].first?.kind == .relocation)
    #expect(s.lanes[0].first?.tonnes == 12_000)
    #expect(s.labour.first?.occupation == "operator")
    #expect(s.ties[0].first?.consent == true)
    #expect(s.signals[0].count == 1 && s.outcomes[0].count == 1 && s.claims[0].count == 1)
    #expect(s.factors.count == 2 && s.factors.contains { !$0.isNeed && $0.site == "s1" })
    #expect(s.assets.first?.segments == [0, 1] || s.assets.first?.segments == [1, 0])
    #expect(s.targets.first?.plannedOutput == 800_000)
    #expect(s.targets.first?.year == 2027)
    #expect(s.atlas.count == 1)
    #expect(s.sources.count == 20)
    #expect(s.district.home.map { s.places.code[$0] } == ["500153"])
  }

  @Test("each bad value has its own code, and what was in the ledger is unchanged")
  func badRows() throws {
    let bench = try Workbench()
    _ = try bench.importText("firms", "name,city\n甲厂,深圳市\n")
    let before = try bench.contents()
    let cases: [(String, String, String)] = [
      ("firms", "name,credit_code\n丙厂,91440300MA00000019\n", "BL0306"),
      ("firms", "name,employees\n丙厂,-5\n", "BL0303"),
      ("firms", "name,city\n,深圳市\n", "BL0301"),
      ("firm-segments", "firm,segment\n甲厂,不存在的环节\n", "BL0312"),
      ("chain-targets", "place,chain,planned_output\n荣昌,没有的链,5\n", "BL0313"),
      ("plants", "firm,place\n甲厂,南山区\n", "BL0309"),
      ("plants", "firm,place\n甲厂,乌有市\n", "BL0308"),
      ("plants", "firm,place\n不在册,深圳市\n", "BL0310"),
      ("places", "code,name,longitude,latitude\n999,某地,,30\n", "BL0317"),
      ("places", "code,name,longitude,latitude\n999,某地,400,30\n", "BL0323"),
      ("places", "code,name,longitude,latitude\n440305,南山区,130.3,47.3\n", "BL0318"),
      ("signals", "firm,kind,date\n甲厂,租约,改日\n", "BL0305"),
      ("projects", "firm,kind\n甲厂,观望\n", "BL0307"),
      ("labour", "place,occupation,persons\n荣昌,普工,很多\n", "BL0302"),
      ("labour", "place,occupation,persons\n荣昌,普工,30斤\n", "BL0304"),
      ("factors", "firm,site,factor,need or have,quantity,unit\n,,土地,需要,5,亩\n", "BL0320"),
      ("wages", "place,year,wage,wage_bill,employees\n深圳市,2020,500000,1000,200\n", "BL0322"),
    ]
    for (kind, text, code) in cases {
      let result = try bench.importText(kind, text)
      #expect(result.rejected == 1 && result.accepted == 0, "\(code) \(text)")
      #expect(result.issues.first?.kind == code, "\(text) \(result.issues)")
      #expect(result.issues.first?.isRejection == true)
      #expect(result.batch == nil)
      #expect(try bench.contents() == before, "\(code)")
    }
  }

  @Test("a credit code twice in one file: one firm, and two names are one too many")
  func duplicates() throws {
    let bench = try Workbench()
    let code = World.creditCode(3)
    let result = try bench.importText(
      "firms", "name,credit_code,employees\n甲厂,\(code),10\n乙厂,\(code),20\n甲厂,\(code),30\n")
    #expect((result.accepted, result.updated, result.rejected) == (1, 1, 1))
    #expect(result.issues.map(\.kind) == ["BL0314", "BL0315"])
    #expect(try bench.freeze().firms.employees[0] == 30)
  }

  @Test("files that are no table are refused with a sentence, and nothing changes")
  func badFiles() throws {
    let bench = try Workbench()
    _ = try bench.importText("firms", "name\n甲厂\n")
    let before = try bench.contents()
    let cases: [(String, Data, String)] = [
      ("empty.csv", Data(), "BL0212"),
      ("blank.csv", Data("\n\n".utf8), "BL0212"),
      ("old.csv", Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]), "BL0213"),
      ("paper.csv", Data("%PDF-1.7".utf8), "BL0214"),
      ("page.xls", Data("<html><table></table></html>".utf8), "BL0214"),
      ("wrong.csv", Data([0x61, 0x2C, 0xFF, 0xFF, 0x0A, 0x81]), "BL0215"),
      ("cut.xlsx", Data([0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 7, count: 400)), "BL0216"),
      ("cut.csv.gz", Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B]), "BL0220"),
      ("columns.csv", Data("甲,乙\n1,2\n".utf8), "BL0221"),
      ("quote.csv", Data("name\n\"甲厂\n乙厂\n".utf8), "BL0219"),
    ]
    for (name, data, code) in cases {
      let path = try bench.file(name, data)
      let error = #expect(throws: LedgerError.self, "\(name)") {
        _ = try bench.ledger.importFile(path, kind: "firms", context: World.context())
      }
      #expect(error?.code == code, "\(name): \(String(describing: error))")
      #expect(error?.exitCode == 65)
      #expect(error?.message.zh.isEmpty == false && error?.message.en.isEmpty == false)
      #expect(try bench.contents() == before)
    }
    let missing = #expect(throws: LedgerError.self) {
      _ = try bench.ledger.importFile("/nowhere/x.csv", kind: "firms", context: World.context())
    }
    #expect(missing?.exitCode == 66)
    let unknown = #expect(throws: LedgerError.self) {
      _ = try bench.ledger.importFile("/nowhere/x.csv", kind: "nonsense", context: World.context())
    }
    #expect(unknown?.code == "BL0222" && unknown?.exitCode == 64)
  }

  @Test("GB18030, UTF-16, a byte-order mark, tabs and gzip all give the same facts")
  func encodings() throws {
    let text = "企业名称,所在地\n甲厂,深圳市\n"
    var digests: Set<Int64> = []
    let gb = CFGB18030.encode(text)
    let files: [(String, Data)] = [
      ("plain.csv", Data(text.utf8)), ("bom.csv", Data([0xEF, 0xBB, 0xBF]) + Data(text.utf8)),
      ("gb.csv", gb),
      ("utf16.csv", Data([0xFF, 0xFE]) + (text.data(using: .utf16LittleEndian) ?? Data())),
      ("tab.txt", Data(text.replacingOccurrences(of: ",", with: "\t").utf8)),
      ("cr.csv", Data(text.replacingOccurrences(of: "\n", with: "\r\n").utf8)),
    ]
    for (name, data) in files {
      let bench = try Workbench()
      let path = try bench.file(name, data)
      let result = try bench.ledger.importFile(path, kind: "firms", context: World.context())
      #expect(result.accepted == 1, "\(name) \(result.issues)")
      let digest = try bench.ledger.read {
        try Int64.fetchOne($0, sql: "SELECT digest FROM firmFact")
      }
      digests.insert(try #require(digest))
    }
    #expect(digests.count == 1)
  }
}

/// GB18030 bytes of a text, by the C library.
enum CFGB18030 {
  static func encode(_ text: String) -> Data {
    let converter = iconv_open("GB18030", "UTF-8")
    defer { iconv_close(converter) }
    var input = Array(text.utf8)
    var output = [UInt8](repeating: 0, count: input.count * 4)
    var left = input.count
    var room = output.count
    input.withUnsafeMutableBytes { source in
      output.withUnsafeMutableBytes { target in
        var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
        var into = target.baseAddress?.assumingMemoryBound(to: CChar.self)
        _ = iconv(converter, &from, &left, &into, &room)
      }
    }
    return Data(output[..<(output.count - room)])
  }
}
