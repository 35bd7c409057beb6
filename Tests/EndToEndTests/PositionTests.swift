import Foundation
import Testing

extension EndToEnd {
  @Suite("Position and resilience")
  struct PositionTests {
    @Test("every chain of the library has three reasons for, three against and a stop condition")
    func positions() throws {
      let path = try Sample.require().path
      let answer = try Program.run("position", "-w", path, "--format", "json").json()
      let chains = answer["chains"].items
      #expect(chains.count == 16)
      for chain in chains {
        #expect(chain["for"].items.count == 3 && chain["against"].items.count == 3)
        #expect(chain["stop"].text?.isEmpty == false)
        #expect(["lead", "join", "leave", "unknown"].contains(chain["role"].text ?? ""))
      }
      let boards = chains.first { $0["chain"].text == "pcb" }
      #expect(boards?["role"].text == "lead")
      #expect(chains.first?["chain"].text == "pcb")
      #expect(chains.contains { $0["role"].text == "leave" })
    }

    @Test("a place where nothing is recorded is told that it should lead none of them")
    func noneOfThese() throws {
      let path = try Sample.require().path
      let text = try Program.run("position", "-w", path, "--place", "500110").text
      #expect(text.contains("没有一条链适合"))
      #expect(try Program.run("position", "-w", path, "--place", "没有的地方").code == 66)
    }

    @Test("the article's question: who stands still in how many days, for the office alone")
    func disrupts() throws {
      let path = try Sample.require().path
      let answer = try Program.run(
        "gaps", "-w", path, "--disrupt", "pcb.laminate", "--format", "json"
      ).json()
      #expect(answer["classification"].text == "内部")
      #expect(answer["isSingleSource"] == .bool(true))
      let stops = answer["stops"].items
      #expect(stops.count >= 2)
      let days = stops.compactMap { $0["days"]["base"].number }
      #expect(days == days.sorted())
      for stop in stops {
        #expect((stop["days"]["low"].number ?? 9) <= (stop["days"]["high"].number ?? 0))
      }
      #expect(try Program.run("gaps", "-w", path, "--disrupt", "没有").code == 66)
    }

    @Test("a bundle counts worth once and takes each follower once")
    func bundles() throws {
      let path = try Sample.require().path
      let bundles = try Program.run("shortlist", "-w", path, "--bundle", "--format", "json").json()[
        "bundles"
      ].items
      #expect(!bundles.isEmpty)
      var seen: Set<String> = []
      for bundle in bundles {
        let members = [bundle["anchor"]] + bundle["followers"].items
        #expect(bundle["followers"].items.count <= 4)
        let alone = members.compactMap { $0["worth"].number }.reduce(0, +)
        #expect((bundle["worth"].number ?? .infinity) <= alone + 1e-6)
        for member in members {
          #expect(seen.insert(member["firm"]["id"].text ?? "").inserted)
        }
      }
    }
  }
}
