import Atlas
import Testing

@testable import Linking

@Suite struct PhraseAutomatonTests {
  private func found(_ phrases: [String], _ text: String) -> [String] {
    let normaliser = Normaliser()
    let automaton = PhraseAutomaton(phrases: phrases.map { normaliser.units(of: $0) })
    var kept: [PhraseAutomaton.Match] = []
    automaton.appendLongest(in: normaliser.units(of: text), to: &kept)
    return kept.map { "\(phrases[Int($0.phrase)])@\($0.start)" }
  }

  @Test("the longest of overlapping phrases wins and is found once")
  func longest() {
    #expect(found(["电路板", "柔性电路板", "板"], "柔性电路板和电路板") == ["柔性电路板@0", "电路板@6"])
    #expect(found(["铜箔", "锂电铜箔"], "锂电铜箔") == ["锂电铜箔@0"])
  }

  @Test("a Latin word is not found inside a longer one")
  func latin() {
    #expect(found(["pcb"], "pcba与pcb,xpcb,PCB2") == ["pcb@5", "pcb@14"])
    #expect(found(["4g"], "14g 4g") == ["4g@4"])
  }

  @Test("what is kept is what a slow search keeps, in order and without overlap")
  func againstOracle() {
    var generator = Generator(seed: 7)
    let letters: [UInt16] = [0x677F, 0x94DC, 0x7B94, 0x8986]
    for _ in 0..<300 {
      var phrases: [[UInt16]] = []
      for _ in 0..<6 {
        let phrase = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
          letters[Int.random(in: 0..<4, using: &generator)]
        }
        if !phrases.contains(phrase) { phrases.append(phrase) }
      }
      let text = (0..<20).map { _ in letters[Int.random(in: 0..<4, using: &generator)] }
      var kept: [PhraseAutomaton.Match] = []
      PhraseAutomaton(phrases: phrases).appendLongest(in: text, to: &kept)
      var all: [PhraseAutomaton.Match] = []
      for (row, phrase) in phrases.enumerated() {
        for start in 0...(text.count - phrase.count)
        where Array(text[start..<start + phrase.count]) == phrase {
          let end = Int32(start + phrase.count)
          all.append(.init(start: Int32(start), end: end, phrase: Int32(row)))
        }
      }
      all.sort { $0.length == $1.length ? $0.start < $1.start : $0.length > $1.length }
      var slow: [PhraseAutomaton.Match] = []
      for match in all where !slow.contains(where: { $0.start < match.end && match.start < $0.end })
      { slow.append(match) }
      #expect(kept == slow.sorted { $0.start < $1.start })
    }
  }
}
