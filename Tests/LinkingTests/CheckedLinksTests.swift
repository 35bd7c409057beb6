import Expectations
import Foundation
import Testing

@testable import Linking

/// Real listed firms against judgements made by hand, from their own words; the fixture holds only
/// codes, segments, yes or no, and why.
@Suite struct CheckedLinksTests {
  struct Judgement {
    let stock: String
    let segment: String
    let linked: Bool
  }

  static let firmsFile = SharedData.file("firms/listed-firms-2020.csv")

  static func judgements() throws -> [Judgement] {
    let file = SharedData.packageRoot.appending(
      path: "Tests/LinkingTests/Fixtures/checked-links.csv")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map {
      let cells = $0.split(separator: ",", maxSplits: 3)
      return Judgement(
        stock: String(cells[0]), segment: String(cells[1]), linked: cells[2] == "yes")
    }
  }

  @Test("the hand-checked set is large enough and has hard negatives")
  func size() throws {
    let all = try Self.judgements()
    #expect(all.count >= 150)
    #expect(all.filter { !$0.linked }.count >= 60)
  }

  @Test(
    "of the hand-checked links at least 95 of 100 confirmed ones are right",
    .enabled(if: firmsFile != nil, Comment(rawValue: SharedData.absent)), arguments: [true, false])
  func precision(shippedCards: Bool) throws {
    guard let chains = shippedCards ? CardWords.chains() : [SampleChain.chain] else { return }
    let firms = try ListedFirms.read(#require(Self.firmsFile))
    let linker = Linker(chains: chains)
    var right = 0
    var wrong: [String] = []
    var missed: [String] = []
    var wanted = 0
    for judgement in try Self.judgements() {
      let firm = try #require(firms[judgement.stock])
      let confirmed = linker.links(of: firm).contains {
        $0.verdict == .confirmed && linker.segments[$0.segment].id == judgement.segment
      }
      let name = "\(judgement.stock) \(judgement.segment)"
      if judgement.linked { wanted += 1 }
      switch (confirmed, judgement.linked) {
      case (true, true): right += 1
      case (true, false): wrong.append(name)
      case (false, true): missed.append(name)
      case (false, false): break
      }
    }
    let precision = Double(right) / Double(max(1, right + wrong.count))
    let recall = Double(right) / Double(max(1, wanted))
    print("checked links, shipped cards \(shippedCards): precision \(precision), recall \(recall)")
    print("wrong \(wrong), missed \(missed)")
    #expect(precision >= 0.95, "wrong: \(wrong)")
    #expect(recall >= 0.85, "missed: \(missed)")
  }
}

/// The listed firms' words from the real data.
enum ListedFirms {
  static func read(_ url: URL) throws -> [String: FirmText] {
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    let header = cells(of: lines[0])
    func column(_ name: String) throws -> Int { try #require(header.firstIndex(of: name)) }
    let (code, name) = (try column("stock_code"), try column("full_name"))
    let (products, business) = (try column("product_type"), try column("main_business"))
    let industry = try column("industry")
    var firms: [String: FirmText] = [:]
    for line in lines.dropFirst() {
      let row = cells(of: line)
      guard row.count == header.count else { continue }
      firms[row[code]] = FirmText(
        name: row[name], products: row[products], mainBusiness: row[business],
        industries: [row[industry]])
    }
    return firms
  }

  /// Quoted cells may hold commas; quotes inside are doubled; no cell of this file has a line end.
  private static func cells(of line: Substring) -> [String] {
    var cells = [""]
    var quoted = false
    for character in line where character != "\r" {
      if character == "\"" {
        quoted.toggle()
      } else if character == ",", !quoted {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}
