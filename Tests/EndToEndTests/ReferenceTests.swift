import Expectations
import Foundation
import Testing

extension EndToEnd {
  @Suite("Whole tables: road network, input-output table")
  struct ReferenceTests {
    private func workspace() throws -> (folder: Folder, path: String) {
      let folder = try Folder()
      let path = folder.path("w")
      try FileManager.default.copyItem(atPath: try Sample.require().path, toPath: path)
      return (folder, path)
    }

    /// A road of 140 pieces from 荣昌 to the city, each said to be `km` long.
    private func roads(_ folder: Folder, km: Double) throws -> (nodes: String, edges: String) {
      var nodes = "node_id,lat,lon\n"
      var edges = "from_node,to_node,length_km\n"
      for index in 0...140 {
        let share = Double(index) / 140
        nodes += "n\(index),\(29.405 + share * 0.16),\(105.594 + share * 0.954)\n"
        if index > 0 { edges += "n\(index - 1),n\(index),\(km)\n" }
      }
      return (try folder.file("nodes.csv", nodes), try folder.file("edges.csv", edges))
    }

    private func roadKm(_ path: String) throws -> Double {
      let answer = try Program.run(
        "freight", "荣昌区", "重庆市", "--tonnes", "100", "--value", "5000", "--modes", "road",
        "--format", "json", "-w", path
      ).json()
      return answer["path"].items.reduce(0) { $0 + ($1["km"].number ?? .nan) }
    }

    @Test("an imported road network is computed once, used by every lane, and named as the source")
    func network() throws {
      let (folder, path) = try workspace()
      let before = try roadKm(path)
      let (nodes, edges) = try roads(folder, km: 2)
      let done = try Program.run("import", "road-network", edges, nodes, "-w", path)
      #expect(done.code == 0, "\(done.said)")
      let after = try roadKm(path)
      // 140 pieces of 2 km and the ways to the first and last node.
      #expect(after > 279 && after < 300 && before < 200, "\(before) → \(after)")
      let again = try Program.run(
        "import", "road-network", nodes, edges, "--format", "json", "-w", path
      ).json()
      #expect(again["accepted"].number == 0 && again["unchanged"].number == 1)
      let run = try Program.run("rank", "--format", "json", "-w", path).json()
      #expect(run["isNew"] == .bool(true))
      let replayed = try Program.run("replay", try #require(run["run"].text), "-w", path)
      #expect(replayed.code == 0, "\(replayed.said)")
      #expect(try Program.run("doctor", "-w", path).code == 0)
    }

    @Test("a road network that cannot be used changes nothing and says why")
    func badNetwork() throws {
      let (folder, path) = try workspace()
      let (nodes, edges) = try roads(folder, km: 2)
      let before = try Program.run("doctor", "-w", path).text
      let torn = try folder.file(
        "torn.csv", "from_node,to_node,length_km\n" + (0..<50).map { "x\($0),n1,3\n" }.joined())
      let negative = try folder.file(
        "negative.csv",
        try String(contentsOfFile: edges, encoding: .utf8).replacing(",2.0", with: ",-2"))
      let abroad = try folder.file(
        "abroad.csv",
        "node_id,lat,lon\n" + (0...140).map { "n\($0),47.9,\(106 + Double($0) / 200)\n" }.joined())
      for (files, code) in [
        ([nodes, nodes], "BL0290"), ([nodes, torn], "BL0291"), ([nodes, negative], "BL0291"),
        ([abroad, edges], "BL0292"), ([nodes, folder.path("nothing.csv")], "BL02"),
      ] {
        let answer = try Program.run(["import", "road-network"] + files + ["-w", path])
        #expect(answer.code == 65 || answer.code == 66)
        #expect(answer.said.contains(code), "\(answer.said)")
      }
      #expect(try Program.run("import", "road-network", nodes, "-w", path).code == 64)
      #expect(try Program.run("doctor", "-w", path).text == before)
    }

    /// Three sectors whose accounts close; `spoil` may change a cell before it is written.
    private func accounts(
      split: Bool = false, spoil: (inout [[String]]) -> Void = { _ in }
    ) -> String {
      let names = ["电子元器件", "基础化学原料", "批发"]
      let use: [[Double]] = [[300, 20, 10], [150, 200, 30], [60, 40, 50]]
      let imports: [Double] = [80, 40, 0]
      let output: [Double] = [1000, 700, 400]
      var rows = [
        ["code", "description_zh"] + (split ? ["origin"] : []) + ["01", "02", "03", "TFU"]
      ]
      rows[0] += split ? ["GO"] : ["IM", "GO"]
      for sector in 0..<3 {
        let final = output[sector] + imports[sector] - use[sector].reduce(0, +)
        var row = ["0\(sector + 1)", names[sector]] + (split ? ["Domestic"] : [])
        // In a split table a tenth of every use is imported.
        let part = split ? imports[sector] / (output[sector] + imports[sector]) : 0
        row += use[sector].map { "\($0 * (1 - part))" } + ["\(final * (1 - part))"]
        row += split ? ["\(output[sector])"] : ["\(imports[sector])", "\(output[sector])"]
        rows.append(row)
      }
      if split {
        for sector in 0..<3 {
          let final = output[sector] + imports[sector] - use[sector].reduce(0, +)
          let part = imports[sector] / (output[sector] + imports[sector])
          rows.append(
            ["0\(sector + 1)", names[sector], "Imports"] + use[sector].map { "\($0 * part)" }
              + ["\(final * part)", "\(imports[sector])"])
        }
      }
      let added = (0..<3).map { column in output[column] - use.reduce(0) { $0 + $1[column] } }
      rows.append(
        ["TVA", "增加值合计"] + (split ? ["TOT"] : []) + added.map { "\($0)" } + ["", ""]
          + (split ? [] : [""]))
      spoil(&rows)
      return rows.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
    }

    @Test("a table that balances closes the chains' matrices, split by origin or not")
    func inputOutput() throws {
      let (folder, path) = try workspace()
      func priorities() throws -> [Double?] {
        let answer = try Program.run("gaps", "--chain", "pcb", "--format", "json", "-w", path)
          .json()
        return answer["rows"].items.map { $0["backward"].number }
      }
      let assumed = try priorities()
      #expect(
        try Program.run("gaps", "--chain", "pcb", "-w", path).text.contains("import input-output"))
      let one = try folder.file("表2020.csv", accounts())
      #expect(try Program.run("import", "input-output", one, "-w", path).code == 0)
      let measured = try priorities()
      #expect(measured != assumed)
      let text = try Program.run("gaps", "--chain", "pcb", "-w", path).text
      #expect(text.contains("2020 年") && text.contains("3 个部门"))
      let again = try Program.run(
        "import", "input-output", one, "--format", "json", "-w", path
      ).json()
      #expect(again["unchanged"].number == 1)
      let two = try folder.file("表2020-分.csv", accounts(split: true))
      #expect(try Program.run("import", "input-output", two, "-w", path).code == 0)
      for (left, right) in zip(try priorities(), measured) {
        #expect(abs((left ?? 0) - (right ?? 0)) < 1e-9)
      }
      #expect(try Program.run("doctor", "-w", path).code == 0)
    }

    @Test("a table that does not balance is refused with the sector named, whatever was spoilt")
    func imbalance() throws {
      let (folder, path) = try workspace()
      let before = try Program.run("doctor", "-w", path).text
      let spoilt: [(String, String, (inout [[String]]) -> Void)] = [
        ("BL0296", "基础化学原料", { $0[2][5] = "9" }), ("BL0296", "电子元器件", { $0[1][3] = "900" }),
        ("BL0296", "批发", { $0[4][4] = "-5000" }), ("BL0295", "第 3 行", { $0[2][3] = "三百" }),
        ("BL0289", "TVA", { $0.removeLast() }), ("BL0299", "GO", { $0[0][7] = "XX" }),
        ("BL0294", "code", { $0[0][0] = "xx" }),
      ]
      for (index, (code, word, spoil)) in spoilt.enumerated() {
        let file = try folder.file("坏表\(index).csv", accounts(spoil: spoil))
        let answer = try Program.run("import", "input-output", file, "-w", path)
        #expect(answer.code == 65)
        #expect(
          answer.said.contains(code) && answer.said.contains(word), "\(index): \(answer.said)")
      }
      #expect(try Program.run("doctor", "-w", path).text == before)
    }

    @Test(
      "the national tables of 2020 are read and balance",
      .enabled(if: SharedData.isPresent, "the real data is not beside this checkout: skipped"))
    func realTables() throws {
      let (folder, path) = try workspace()
      defer { _ = folder }
      for (name, count) in [("china-2020-153.csv", 153), ("china-2020-42.csv", 42)] {
        let file = try #require(SharedData.file("io/" + name)?.path)
        let answer = try Program.run("import", "input-output", file, "-w", path)
        #expect(answer.code == 0 && answer.said.contains("\(count) 个部门"), "\(answer.said)")
      }
    }
  }
}
