import Foundation
import Testing

extension EndToEnd {
  /// contract.md section 4: columns that hold natural persons or their contacts never enter.
  @Suite("Personal data")
  struct PersonalDataTests {
    static let needles: [(name: String, value: String)] = [
      ("法定代表人", "欧阳不应入库"), ("联系人", "司徒不应入库"), ("电话", "023-46738219"),
      ("手机", "13983746512"), ("邮箱", "never.kept@example.org"),
      ("身份证", "500226198803127719"),
    ]

    @Test("planted names, phones, mails and identity numbers leave no byte behind")
    func noByte() throws {
      let workspace = try PlainWorkspace()
      for table in SmallTable.all {
        let text =
          table.adding(Self.needles)
          // A row that is refused: its excerpt must not carry them either.
          + String(repeating: ",", count: table.header.filter { $0 == "," }.count)
          + Self.needles.map { "," + $0.value }.joined() + "\n"
        let file = try workspace.folder.file("\(table.kind).csv", text)
        let answer = try workspace.importFile(
          table.kind, file, "--issues", workspace.path + "/inbox/\(table.kind)-issues.csv")
        #expect(answer.code == 0, "\(answer.testDescription)")
        for needle in Self.needles { #expect(!answer.said.contains(needle.value)) }
      }
      #expect(try Program.run("rank", "-w", workspace.path).code == 0)
      #expect(try Program.run("doctor", "-w", workspace.path).code == 0)
      let files = listFiles(URL(fileURLWithPath: workspace.path))
      #expect(files.contains { $0.lastPathComponent == "bulian.sqlite" })
      for file in files {
        let bytes = try Data(contentsOf: file)
        for needle in Self.needles {
          #expect(
            bytes.range(of: Data(needle.value.utf8)) == nil,
            "\(needle.name) stands in \(file.lastPathComponent)")
        }
      }
    }

    @Test("the control: a product does stand in the ledger")
    func control() throws {
      let workspace = try PlainWorkspace.filled()
      let bytes = try Data(contentsOf: workspace.ledger)
      #expect(bytes.range(of: Data("电子电路铜箔".utf8)) != nil)
    }

    @Test("the workspace belongs to its owner alone")
    func rights() throws {
      let folder = try Folder()
      let made = folder.path("fresh")
      try #require(try Program.run("init", made).code == 0)
      for (path, wanted) in [("", 0o700), ("/bulian.sqlite", 0o600), ("/bulian.yaml", 0o600)] {
        let found = try FileManager.default.attributesOfItem(atPath: made + path)
        #expect((found[.posixPermissions] as? NSNumber)?.intValue == wanted, "\(path)")
      }
    }
  }
}
