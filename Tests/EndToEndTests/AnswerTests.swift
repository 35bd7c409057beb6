import Foundation
import Testing

extension EndToEnd {
  @Suite("Machine-readable answers")
  struct AnswerTests {
    let sample: Sample

    init() throws { sample = try Sample.require() }

    @Test("gaps has every field of the contract, for every segment of the chain")
    func gaps() throws {
      let answer = try #require(sample.gaps["pcb"])
      #expect(answer.code == 0)
      let table = try answer.json()
      #expect(table["chain"].text == "pcb")
      let rows = table["rows"].items
      #expect(rows.count == 22)
      for row in rows {
        for name in [
          "segment", "place", "class", "demand", "supply", "coverage", "capableFirms", "hhi",
          "backward", "forward", "extraction", "betweenness", "density", "priority", "because",
        ] { #expect(row[name].isThere, "\(row["segment"]["id"]) has no \(name)") }
        #expect(["补链", "强链", "延链", "稳链", "无关", "未知"].contains(row["class"].text ?? "?"))
        #expect(row["because"].text?.isEmpty == false)
        if let demand = row["demand"].number, let supply = row["supply"].number, demand > 0,
          let coverage = row["coverage"].number
        {
          #expect(abs(coverage - supply / demand) < 1e-9)
        }
      }
      #expect(table.numbers.allSatisfy { $0.isFinite })
      let foil = rows.first { $0["segment"]["name"].text == "电子铜箔" }
      #expect(foil?["class"].text == "补链")
    }

    @Test("explain tells every term of both firms of the article")
    func explain() throws {
      for (firm, list) in [(Article.board, sample.electronics), (Article.shoe, sample.shoes)] {
        let answer = try Program.run("explain", firm, "-w", sample.path, "--format", "json")
        #expect(answer.code == 0)
        let told = try answer.json()["entries"].items
        let listed = try list.json()["entries"].items.first { $0["firm"]["name"].text == firm }
        #expect(told.first?["readings"] == listed?["readings"])
        #expect((told.first?["readings"].items.count ?? 0) >= 8)
        #expect(told.first?["levers"].items.isEmpty == false)
      }
    }

    @Test("explain says in one sentence why a firm is out")
    func explainExcluded() throws {
      let answer = try Program.run("explain", "深圳示例失信铜箔有限公司", "-w", sample.path)
      #expect(answer.code == 0)
      #expect(answer.text.contains("失信"))
    }

    @Test("the parts of a freight bill add up, and low ≤ base ≤ high")
    func freight() throws {
      for (value, more) in [("120000", []), ("800", ["--modes", "rail,road"]), ("0", [])] {
        let answer = try Program.run(
          ["freight", "荣昌区", "广州市", "--tonnes", "5000", "--value", value, "--format", "json"]
            + more)
        #expect(answer.code == 0)
        let bill = try answer.json()
        #expect(!bill["path"].items.isEmpty)
        for leg in bill["path"].items {
          for name in ["mode", "from", "to", "km", "days", "cost"] { #expect(leg[name].isThere) }
        }
        for level in ["low", "base", "high"] {
          let parts = ["freight", "handling", "inTransit", "cycleStock", "safetyStock", "loss"]
            .compactMap { bill[$0][level].number }
          let total = try #require(bill["total"][level].number)
          #expect(parts.count == 6)
          #expect(abs(parts.reduce(0, +) - total) <= 1e-9 * total)
          #expect(abs(try #require(bill["perTonne"][level].number) * 5_000 - total) <= 1e-9 * total)
        }
        for name in ["freight", "handling", "inTransit", "cycleStock", "total", "perTonne", "days"]
        {
          let low = try #require(bill[name]["low"].number)
          let base = try #require(bill[name]["base"].number)
          let high = try #require(bill[name]["high"].number)
          #expect(low <= base && base <= high, "\(name)")
          #expect(low >= 0)
        }
      }
    }

    @Test("a lane costs the same in both directions where the roads are the same")
    func symmetry() throws {
      let there = try Program.run(
        "freight", "荣昌区", "遂宁市", "--tonnes", "100", "--value", "1000", "--modes", "road",
        "--format", "json"
      ).json()
      let back = try Program.run(
        "freight", "遂宁市", "荣昌区", "--tonnes", "100", "--value", "1000", "--modes", "road",
        "--format", "json"
      ).json()
      let one = try #require(there["total"]["base"].number)
      let two = try #require(back["total"]["base"].number)
      #expect(abs(one - two) <= 1e-9 * one)
    }

    @Test("a segment nobody knows is told, not answered with an empty list")
    func unknownGap() throws {
      let answer = try Program.run(
        "shortlist", "-w", sample.path, "--chain", "pcb", "--gap", "pcb.nosuch", "--format", "json")
      #expect(answer.code == 66)
    }
  }
}
