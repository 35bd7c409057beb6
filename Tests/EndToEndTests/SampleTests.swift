import Foundation
import Testing

extension EndToEnd {
  @Suite("The sample district")
  struct SampleTests {
    let sample: Sample

    init() throws { sample = try Sample.require() }

    @Test("init --sample makes a ranked workspace without a word on standard error")
    func makes() throws {
      #expect(sample.made.code == 0)
      #expect(sample.firstRank.code == 0)
      #expect(sample.made.errors.isEmpty)
      #expect(sample.made.text.contains("示例"))
      let rank = try sample.firstRank.json()
      #expect(rank["run"].text?.isEmpty == false)
      #expect(rank["asOf"].text?.count == 10)
      #expect(rank["snapshotDigest"].text?.count == 64)
      #expect(rank["model"].text != nil)
      #expect((rank["pairings"].number ?? 0) > 0)
      #expect((rank["excluded"].number ?? 0) > 0)
    }

    @Test("rank twice gives the same digest and the same run, and says that nothing changed")
    func ranksTwice() throws {
      let first = try sample.firstRank.json()
      let again = try Program.run(
        "rank", "-w", sample.path, "--as-of", first["asOf"].text ?? "")
      #expect(again.code == 0)
      #expect(again.text.contains(first["run"].text ?? "?"))
      #expect(again.text.contains("输入未变"))
    }

    @Test("two workspaces made from the sample have the same digest and the same run")
    func twins() throws {
      let first = try sample.firstRank.json()
      let twin = sample.folder.path("twin")
      #expect(try Program.run("init", twin, "--sample").code == 0)
      let rank = try Program.run(
        "rank", "-w", twin, "--as-of", first["asOf"].text ?? "", "--format", "json"
      ).json()
      #expect(rank["snapshotDigest"] == first["snapshotDigest"])
      #expect(rank["run"] == first["run"])
    }

    @Test("shortlist twice gives the same bytes")
    func sameBytes() throws {
      let again = try Program.run(
        "shortlist", "-w", sample.path, "--chain", "pcb", "--format", "json")
      #expect(again.code == 0)
      #expect(again.bytes == sample.electronics.bytes)
    }

    @Test("an entry has every field of the contract")
    func fields() throws {
      for list in [try sample.electronics.json(), try sample.shoes.json()] {
        for name in ["run", "asOf", "model", "entries"] { #expect(list[name].isThere, "\(name)") }
        #expect(!list["entries"].items.isEmpty)
        for entry in list["entries"].items {
          let firm = entry["firm"]["name"].text ?? "?"
          for name in [
            "rank", "rankLow", "rankHigh", "verdict", "firm", "segment", "remedy", "site",
            "expectedValue", "likelihood", "worth", "freight", "labour", "localSourcing",
            "readings", "project", "alsoAt", "warnings", "unknowns",
          ] { #expect(entry[name].isThere, "\(firm) has no \(name)") }
          for (group, names) in [
            ("firm", ["id", "name", "place"]), ("segment", ["id", "name"]),
            ("site", ["id", "name"]),
            ("freight", ["inboundSaving", "outboundSaving"]),
            ("labour", ["occupation", "needed", "available", "fillProbability"]),
            ("localSourcing", ["share", "matched", "needed"]),
            ("project", ["kind", "output", "tonnesIn", "tonnesOut", "heads"]),
          ] {
            for name in names {
              #expect(entry[group][name].isThere, "\(firm) has no \(group).\(name)")
            }
          }
          for bill in ["inboundSaving", "outboundSaving"] {
            for part in ["low", "base", "high"] { #expect(entry["freight"][bill][part].isThere) }
          }
          for reading in entry["readings"].items {
            for name in ["term", "utility", "value", "unit", "grade"] {
              #expect(reading[name].isThere, "\(firm) has no reading.\(name)")
            }
            #expect(reading["because"].isThere != reading["missing"].isThere)
          }
        }
      }
    }

    @Test("an entry lists its evidence")
    func evidence() throws {
      let entries = try sample.electronics.json()["entries"].items
      #expect(entries.allSatisfy { $0["evidence"].isThere })
    }

    @Test("each firm appears once, in the order of its rank")
    func onceEach() throws {
      var ranged = 0
      for list in [try sample.electronics.json(), try sample.shoes.json()] {
        let names = list["entries"].items.compactMap { $0["firm"]["name"].text }
        #expect(names.count == Set(names).count)
        let ranks = list["entries"].items.compactMap { $0["rank"].number }
        #expect(ranks == Array(1...ranks.count).map(Double.init))
        let values = list["entries"].items.compactMap { $0["expectedValue"].number }
        #expect(values == values.sorted(by: >))
        for entry in list["entries"].items {
          let rank = try #require(entry["rank"].number)
          guard let low = entry["rankLow"].number, let high = entry["rankHigh"].number else {
            #expect(entry["rankLow"] == .null && entry["rankHigh"] == .null)
            continue
          }
          #expect(low <= rank && rank <= high)
          ranged += 1
        }
      }
      #expect(ranged >= 20)
    }

    @Test("the readings of every firm add up to the logit of its likelihood")
    func addsUp() throws {
      var counted = 0
      for list in [try sample.electronics.json(), try sample.shoes.json()] {
        for entry in list["entries"].items {
          guard let p = entry["likelihood"].number else { continue }
          let sum = entry["readings"].items.reduce(0) { $0 + ($1["utility"].number ?? 0) }
          #expect(abs(sum - log(p / (1 - p))) < 1e-9, "\(entry["firm"]["name"])")
          counted += 1
        }
      }
      #expect(counted > 20)
    }

    @Test("unknown is null, never zero, and no number is infinite")
    func unknownIsNull() throws {
      for answer in [sample.electronics, sample.shoes] {
        let list = try answer.json()
        #expect(list.numbers.allSatisfy { $0.isFinite })
        #expect(!answer.text.contains("NaN") && !answer.text.lowercased().contains("infinity"))
        for reading in list["entries"].items.flatMap({ $0["readings"].items })
        where reading["grade"].text == "unknown" {
          #expect(reading["value"] == .null)
          #expect(reading["utility"] == .null)
          #expect(reading["missing"].text?.isEmpty == false)
        }
      }
      let unknownPlace = try sample.electronics.json()["entries"].items.first {
        $0["firm"]["name"].text == "脏数据示例无此地有限公司"
      }
      let entry = try #require(unknownPlace)
      #expect(entry["firm"]["place"] == .null)
      #expect(entry["freight"]["inboundSaving"]["base"] == .null)
    }

    @Test("JSON prints Han unescaped")
    func unescaped() throws {
      #expect(sample.electronics.text.contains(Article.board))
      #expect(!sample.electronics.text.contains("\\u5"))
    }

    @Test("the sample says 示例数据 on the list, which is no ground for rewards")
    func saysSample() throws {
      let list = try Program.run("shortlist", "-w", sample.path, "--chain", "shoes")
      #expect(list.text.contains("示例数据"))
      #expect(list.text.contains("本名单仅用于安排走访，不作为奖补、资格认定或准入依据"))
    }
  }
}
