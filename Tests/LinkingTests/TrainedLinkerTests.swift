import Atlas
import Expectations
import Foundation
import Testing

@testable import Linking

@Suite struct TrainedLinkerTests {
  /// Invented firms of four trades in two groups, words drawn by seed.
  private func invented(_ count: Int, seed: UInt64) -> [LabelledFirm] {
    let trades = [
      ("a.shoe", "运动鞋 鞋底 鞋面 皮鞋 橡胶底"), ("a.cloth", "运动服 针织 面料 服装 印花"),
      ("b.board", "电路板 覆铜 钻孔 线路 阻焊"), ("b.chip", "芯片 晶圆 封装 集成电路 光刻"),
    ]
    var generator = Generator(seed: seed)
    return (0..<count).map { row in
      let (label, words) = trades[Int.random(in: 0..<4, using: &generator)]
      let list = words.split(separator: " ")
      let chosen = (0..<3).map { _ in list[Int.random(in: 0..<list.count, using: &generator)] }
      return LabelledFirm(
        firm: FirmText(name: "企业\(row)", products: chosen.joined(separator: "、")), label: label)
    }
  }

  @Test("what was learned is found again in firms never seen")
  func learns() {
    let quality = TrainedLinker.crossValidate(invented(120, seed: 3))
    #expect(quality.recallAt1 >= 0.95)
    #expect(quality.recallAt5 == 1)
    #expect(quality.byLabel.map(\.support).reduce(0, +) == 120)
  }

  @Test("shuffled labels are not found: the cross-validation does not leak")
  func noLeak() {
    let rows = invented(200, seed: 5)
    let labels = invented(200, seed: 99).map(\.label)
    let shuffled = zip(rows, labels).map { LabelledFirm(firm: $0.firm, label: $1) }
    #expect(TrainedLinker.crossValidate(shuffled).recallAt1 < 0.45)
  }

  @Test("the same rows give the same bytes, and bytes give the same linker")
  func bytes() throws {
    let rows = invented(60, seed: 1)
    let linker = TrainedLinker(learning: rows)
    #expect(TrainedLinker(learning: rows).bytes == linker.bytes)
    let again = try TrainedLinker(bytes: linker.bytes)
    #expect(again == linker)
    for row in rows {
      #expect(
        again.predictions(for: row.firm, top: 3) == linker.predictions(for: row.firm, top: 3))
    }
  }

  @Test("bytes that are cut, changed in kind or foreign are refused, never trusted")
  func refuses() {
    let bytes = TrainedLinker(learning: invented(30, seed: 2)).bytes
    #expect(throws: TrainedLinkerError.notALinker) { try TrainedLinker(bytes: [1, 2, 3]) }
    for length in stride(from: 4, to: bytes.count, by: 97) {
      #expect(throws: TrainedLinkerError.self) {
        try TrainedLinker(bytes: Array(bytes.prefix(length)))
      }
    }
    var newer = bytes
    newer[4] = 9
    #expect(throws: TrainedLinkerError.newerVersion(9)) { try TrainedLinker(bytes: newer) }
  }

  @Test("probabilities are in order and sum to at most one")
  func probabilities() {
    let linker = TrainedLinker(learning: invented(80, seed: 4))
    let found = linker.predictions(for: FirmText(name: "", products: "电路板、芯片"), top: 4)
    #expect(found.count == 4)
    #expect(found.map(\.probability).reduce(0, +) <= 1.000_1)
    for (left, right) in zip(found, found.dropFirst()) {
      #expect(left.probability >= right.probability)
    }
  }

  @Test("no rows and no words predict nothing")
  func empty() {
    #expect(TrainedLinker(learning: []).predictions(for: FirmText(name: "甲"), top: 3).isEmpty)
    #expect(
      TrainedLinker(learning: invented(20, seed: 1)).predictions(for: FirmText(name: ""), top: 3)
        .isEmpty)
  }

  @Test("a learned label is evidence beside the words, and alone never confirms")
  func evidence() throws {
    let rows =
      (0..<6).map {
        LabelledFirm(firm: FirmText(name: "甲\($0)", products: "厚铜基材加工"), label: "pcb.laminate")
      }
      + (0..<6).map {
        LabelledFirm(firm: FirmText(name: "乙\($0)", products: "花卉种植"), label: "pcb.ink")
      }
    let linker = Linker(
      chains: [SampleChain.chain], trained: TrainedLinker(learning: rows))
    let link = try #require(
      linker.links(of: FirmText(name: "丙", products: "厚铜基材加工")).first)
    #expect(linker.segments[link.segment].id == "pcb.laminate")
    #expect(link.verdict == .uncertain)
    #expect(link.evidence.contains { $0.kind == .learned })
  }

  @Test(
    "on real listed firms the label is found first for half, and among five for three quarters",
    .enabled(if: CheckedLinksTests.firmsFile != nil, Comment(rawValue: SharedData.absent)))
  func listedFirms() throws {
    let firms = try ListedFirms.read(#require(CheckedLinksTests.firmsFile))
    let url = try #require(SharedData.file("chains/firm-industries.csv"))
    var labels: [String: String] = [:]
    for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",")
      let code = String(cells[0].prefix(6))
      if labels[code] == nil { labels[code] = String(cells[1]) }
    }
    let rows = labels.keys.sorted().compactMap { code -> LabelledFirm? in
      guard let firm = firms[code], let label = labels[code] else { return nil }
      return LabelledFirm(firm: firm, label: label)
    }
    var options = TrainingOptions()
    options.readsName = false
    options.industryWeight = 0
    let words = TrainedLinker.crossValidate(rows, options: options)
    #expect(words.recallAt1 >= 0.49)
    #expect(words.recallAt5 >= 0.78)
    let all = TrainedLinker.crossValidate(rows)
    #expect(all.recallAt1 >= 0.58)
    #expect(all.recallAt5 >= 0.86)
  }
}
