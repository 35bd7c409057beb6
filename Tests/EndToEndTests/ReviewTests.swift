import Foundation
import Testing

extension EndToEnd {
  @Suite("The review of doubtful links", .plainWorkspace)
  struct ReviewTests {
    /// Columns of the sheet of single links.
    private static let (firm, evidence, decision, segment) = (2, 4, 5, 12)

    /// Firms that only trade in a board, or only use it: neither is taken without a person.
    private static let firms = """
      企业名称,所在地,主营产品,主营业务,营业收入
      复核示例贸易有限公司,440300,多层线路板,多层线路板销售,30000
      复核示例整机有限公司,440300,线路板钻孔机,线路板钻孔机的制造,20000
      """

    private func review(_ workspace: PlainWorkspace) throws -> [[String]] {
      let file = workspace.folder.path("待核.csv")
      let answer = try Program.run("link", "-w", workspace.path, "--review", file, "--all")
      try #require(answer.code == 0, "\(answer.testDescription)")
      let text = try String(contentsOfFile: file, encoding: .utf8)
      return text.split(whereSeparator: \.isNewline).dropFirst().map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    }

    @Test("every doubtful link says in which field which words speak for it; a decision settles it")
    func evidence() throws {
      let (workspace, _) = try PlainScope.copy()
      let file = try workspace.folder.file("review.csv", Self.firms)
      try #require(try workspace.importFile("firms", file).code == 0)
      let lines = try review(workspace).filter { $0[Self.firm].hasPrefix("复核示例") }
      try #require(!lines.isEmpty)
      for line in lines {
        #expect(line[Self.evidence].contains("「") && line[Self.evidence].contains("线路板"), "\(line)")
      }
      let trade = try #require(lines.first { $0[Self.firm].contains("贸易") })
      #expect(trade[Self.evidence].contains("贸易"), "\(trade)")

      // The sheet goes back with one answer.
      var answered = trade
      answered[Self.decision] = "否"
      let header = "组号,企业编号,企业名称,环节名称,依据,决定,理由,得分,所在地,营业收入,员工,影响名单,环节"
      let back = try workspace.folder.file(
        "回.csv", header + "\n" + answered.joined(separator: ",") + "\n")
      let taken = try Program.run("link", "-w", workspace.path, "--accept", back, "--by", "LJ")
      #expect(taken.code == 0, "\(taken.testDescription)")
      let after = try review(workspace)
      #expect(
        !after.contains {
          $0[Self.firm] == trade[Self.firm] && $0[Self.segment] == trade[Self.segment]
        })
    }
  }
}
