import Foundation
import Testing

extension EndToEnd {
  @Suite("Learning from outcomes")
  struct CalibrateTests {
    private struct Asked {
      let name: String
      let site: String
    }

    private func workspace() throws -> (folder: Folder, path: String, firms: [Asked]) {
      let folder = try Folder()
      let path = folder.path("w")
      try FileManager.default.copyItem(atPath: try Sample.require().path, toPath: path)
      var firms: [Asked] = []
      for answer in [try Sample.require().electronics, try Sample.require().shoes] {
        firms += try answer.json()["entries"].items.compactMap { entry in
          guard let name = entry["firm"]["name"].text, let site = entry["site"]["id"].text
          else { return nil }
          return Asked(name: name, site: site)
        }
      }
      return (folder, path, firms)
    }

    /// A table of visits with what came of them; `signs` says who signed.
    private func outcomes(_ firms: [Asked], signs: (Int) -> Bool) -> String {
      var text = "企业,载体,结果,日期,原因\n"
      for (index, firm) in firms.enumerated() {
        let month = 1 + index % 9
        text += "\(firm.name),\(firm.site),走访,2026-0\(month)-12,\n"
        text +=
          "\(firm.name),\(firm.site),\(signs(index) ? "签约" : "谢绝"),2026-0\(month)-26,示例\n"
      }
      return text
    }

    @Test("a card is made of visits, names what it rests on, and ranks when an office names it")
    func makesCard() throws {
      let (folder, path, firms) = try workspace()
      // Without an outcome there is nothing to learn, and it is said.
      #expect(try Program.run("calibrate", "-w", path).code == 65)
      let file = try folder.file("结果.csv", outcomes(firms) { $0 % 3 == 0 })
      #expect(try Program.run("import", "outcomes", file, "-w", path).code == 0)
      let shown = try Program.run("calibrate", "--dry-run", "--format", "json", "-w", path).json()
      #expect(shown["written"].text == nil)
      #expect(try #require(shown["cases"].number) > 20)
      let rate = try #require(shown["coefficients"].items.first)
      #expect(rate["name"].text == "baseSignRate")
      // Every third signed, far more than the card believed: the rate has to rise.
      #expect(
        try #require(rate["estimate"].number) > (try #require(rate["prior"].number)))
      // A term that no firm's alternatives differ in keeps its prior to the digit; others move.
      for item in shown["coefficients"].items {
        let move = abs((item["estimate"].number ?? .nan) - (item["prior"].number ?? .nan))
        #expect((item["events"].number == 0) == (move < 1e-12), "\(item)")
      }
      let made = try Program.run(
        "calibrate", "--name", "office-test", "--format", "json", "-w", path)
      #expect(made.code == 0, "\(made.said)")
      let card = try String(contentsOfFile: path + "/cards/office-test.yaml", encoding: .utf8)
      #expect(card.contains("measured") && card.contains("prior-2026"))
      // A card is never changed.
      #expect(try Program.run("calibrate", "--name", "office-test", "-w", path).code == 73)
      try
        ("cards: {choice: office-test}\n"
        + String(contentsOfFile: path + "/bulian.yaml", encoding: .utf8)).write(
          toFile: path + "/bulian.yaml", atomically: true, encoding: .utf8)
      let run = try Program.run("rank", "--format", "json", "-w", path).json()
      #expect(run["model"].text == "office-test")
      #expect(run["isNew"] == .bool(true))
      // The approval of another card is not the approval of this one.
      #expect(
        try Program.run(
          "model", "approve", "office-test", "--by", "LJ", "--document", "示例〔2026〕1号", "-w", path
        ).code == 0)
    }

    @Test("a name in bulian.yaml without a card stops with a sentence")
    func unknownCard() throws {
      let (folder, path, _) = try workspace()
      defer { _ = folder }
      try
        ("cards: {choice: nothing}\n"
        + String(contentsOfFile: path + "/bulian.yaml", encoding: .utf8)).write(
          toFile: path + "/bulian.yaml", atomically: true, encoding: .utf8)
      let answer = try Program.run("rank", "-w", path)
      #expect(answer.code == 65 && answer.said.contains("BL0520"))
    }

    @Test("rows that became known later change no figure of a back-test")
    func blindToTheFuture() throws {
      let (folder, path, firms) = try workspace()
      let file = try folder.file("结果.csv", outcomes(firms) { $0 % 2 == 0 })
      #expect(try Program.run("import", "outcomes", file, "-w", path).code == 0)
      let words = [
        "backtest", "--from", "2026-01-01", "--to", "2026-07-01", "--every", "3", "--format",
        "json", "-w", path,
      ]
      let before = try Program.run(words).json()
      #expect(try #require(before["lists"].number) >= 2)
      let later = try folder.file(
        "企业.csv",
        "企业名称,所在地,主营产品,营业收入（万元）\n"
          + firms.prefix(12).map { "\($0.name),广东省惠州市,多层板,90000\n" }.joined()
          + "后来示例电路有限公司,广东省惠州市,多层板,88000\n")
      #expect(
        try Program.run("import", "firms", later, "--known-on", "2026-10-01", "-w", path).code == 0)
      let signals = try folder.file("信号.csv", "企业,类别,日期\n\(firms[0].name),扩产,2026-09-10\n")
      #expect(
        try Program.run("import", "signals", signals, "--known-on", "2026-10-01", "-w", path).code
          == 0)
      #expect(try Program.run(words).json() == before)
      #expect(
        try Program.run(
          "backtest", "--from", "2026-05-01", "--to", "2026-01-01", "--every", "3", "-w", path
        ).code == 64)
    }

    @Test("why one firm before another: terms add up to the log-odds, factors to the value")
    func against() throws {
      let path = try Sample.require().path
      let entries = try Sample.require().electronics.json()["entries"].items
      let names = entries.prefix(2).compactMap { $0["firm"]["name"].text }
      let page = try Program.run(
        "explain", names[1], "--against", names[0], "--format", "json", "-w", path
      ).json()
      func logit(_ side: String) throws -> Double {
        let p = try #require(page[side]["likelihood"].number)
        return log(p / (1 - p))
      }
      let sum = page["terms"].items.reduce(0.0) { $0 + ($1["difference"].number ?? .nan) }
      #expect(abs(sum - (try logit("first") - logit("second"))) < 1e-9)
      let parts = ["likelihood", "worth", "visitCost"].compactMap { page["parts"][$0].number }
      let gap =
        try #require(page["first"]["expectedValue"].number)
        - (try #require(page["second"]["expectedValue"].number))
      #expect(parts.count == 3 && abs(parts.reduce(0, +) - gap) < 1e-6)
      #expect(
        try Program.run("explain", names[0], "--against", Article.shoe, "-w", path).code == 66)
    }

    @Test("a project's places: every prefecture once, home among them, utilities falling")
    func everywhere() throws {
      let path = try Sample.require().path
      let page = try Program.run(
        "explain", Article.board, "--everywhere", "--format", "json", "-w", path
      ).json()
      let places = page["places"].items
      #expect(places.count > 330)
      #expect(Set(places.compactMap { $0["code"].text }).count == places.count)
      let utilities = places.compactMap { $0["utility"].number }
      #expect(utilities == utilities.sorted(by: >))
      for place in places {
        let sum = ["annualCost", "sameSegment", "marketPotential", "distance"].reduce(0.0) {
          $0 + (place["terms"][$1].number ?? 0)
        }
        #expect(abs(sum - (place["utility"].number ?? .nan)) < 1e-9)
      }
    }

    @Test("plain methods beside the list: weights, ranks and tau agree with independent figures")
    func crossCheck() throws {
      let path = try Sample.require().path
      let list = try #require(
        try Program.run(
          "shortlist", "--cross-check", "--chain", "pcb", "--format", "json", "-w", path
        ).json()["lists"].items.first)
      let methods = list["methods"].items
      #expect(
        methods.compactMap { $0["method"].text } == [
          "weightedSum", "entropy", "analyticHierarchy", "topsis",
        ])
      for method in methods {
        #expect(abs(method["weights"].numbers.reduce(0, +) - 1) < 1e-9)
        let ranks = method["ranks"].numbers
        #expect(ranks.min() == 1)
        // Kendall's tau-b by counting pairs; the list itself has no ties.
        let order = list["firms"].items.compactMap { $0["rank"].number }
        var (agree, differ, tied) = (0.0, 0.0, 0.0)
        for i in order.indices {
          for j in order.indices where j > i {
            let product = (order[i] - order[j]) * (ranks[i] - ranks[j])
            if product > 0 { agree += 1 } else if product < 0 { differ += 1 } else { tied += 1 }
          }
        }
        let tau = (agree - differ) / ((agree + differ + tied) * (agree + differ)).squareRoot()
        #expect(abs(tau - (method["tau"].number ?? .nan)) < 1e-9)
      }
      // The principal eigenvector of the shipped judgements, from a linear algebra package.
      let expected = [0.34087586, 0.19309838, 0.19309838, 0.10627857, 0.10627857, 0.06037024]
      for (weight, known) in zip(methods[2]["weights"].numbers, expected) {
        #expect(abs(weight - known) < 1e-7)
      }
      #expect(abs((list["consistencyRatio"].number ?? .nan) - 0.0035661644) < 1e-9)
    }
  }
}
