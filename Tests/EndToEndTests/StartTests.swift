import Foundation
import Testing

extension EndToEnd {
  @Suite("The first hour")
  struct StartTests {
    @Test("a place name and a chain make a workspace with an estimated gap table")
    func starts() throws {
      let scratch = try Folder()
      let path = scratch.path("w")
      let made = try Program.run("start", "荣昌", "--chain", "电子电路", path)
      #expect(made.code == 0)
      #expect(made.text.contains("500153"))
      #expect(made.text.contains("估"))
      for sheet in ["企业.xlsx", "链条目标.xlsx", "载体.xlsx"] {
        #expect(made.text.contains(sheet))
        #expect(FileManager.default.fileExists(atPath: path + "/表样/" + sheet))
      }
      let gaps = try Program.run("gaps", "-w", path, "--chain", "pcb", "--format", "json").json()
      #expect(gaps["rows"].items.contains { $0["class"].text == "补链" })
      let target = try Program.run("doctor", "-w", path)
      #expect(target.text.contains("起步估算"))
    }

    @Test(
      "an ambiguous, an unknown place and a workspace that is there are refused, nothing is made")
    func refuses() throws {
      let scratch = try Folder()
      let ambiguous = try Program.run("start", "鼓楼区", scratch.path("a"))
      #expect(ambiguous.code == 64)
      #expect(ambiguous.errors.contains("BL0661"))
      #expect(ambiguous.errors.contains("350102"))
      let unknown = try Program.run("start", "没有这个地方", scratch.path("a"))
      #expect(unknown.code == 66)
      #expect(unknown.errors.contains("BL0660"))
      let chain = try Program.run("start", "荣昌", "--chain", "没有这条链", scratch.path("a"))
      #expect(chain.code == 66)
      #expect(!FileManager.default.fileExists(atPath: scratch.path("a") + "/bulian.yaml"))
      #expect(try Program.run("start", "荣昌", "--chain", "pcb", scratch.path("b")).code == 0)
      #expect(try Program.run("start", "荣昌", "--chain", "pcb", scratch.path("b")).code == 73)
    }

    @Test("every template's own example row imports without a word")
    func templatesImport() throws {
      let scratch = try Folder()
      let path = scratch.path("w")
      #expect(try Program.run("start", "荣昌", "--chain", "pcb", path).code == 0)
      // Firms and sites first: the other examples speak of them.
      let first = ["places", "sites", "firms"]
      let help = try Program.run("template", "--help").text
      // The list wraps at the width of the terminal; options follow after a blank line.
      let listed = help.components(separatedBy: "种类：").last?.components(separatedBy: "\n\n").first
      let kinds = (listed ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
      #expect(kinds.count >= 22)
      for kind in first + kinds.filter({ !first.contains($0) }) {
        let sheet = scratch.path("\(kind).xlsx")
        #expect(try Program.run("template", kind, "-o", sheet).code == 0)
        let answer = try Program.run("import", kind, sheet, "-w", path, "--format", "json")
        #expect(answer.code == 0, "\(kind): \(answer.said)")
        let result = try answer.json()
        #expect(result["rejected"].number == 0, "\(kind)")
        #expect((result["accepted"].number ?? 0) + (result["updated"].number ?? 0) == 1, "\(kind)")
        #expect(result["issues"].items.isEmpty, "\(kind): \(answer.text)")
      }
    }

    @Test("the walk through the afternoon runs all ten commands")
    func practises() throws {
      let scratch = try Folder()
      let walk = try Program.run("init", scratch.path("w"), "--sample", "--practise")
      #expect(walk.code == 0, "\(walk.said.suffix(400))")
      for step in 1...10 { #expect(walk.text.contains("[\(step)/10]")) }
      #expect(try Program.run("init", scratch.path("x"), "--practise").code == 64)
    }
  }
}
