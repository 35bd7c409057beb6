import Atlas

/// All words of all loaded chains and of the grammar, compiled for one pass over a text. 词库
struct Lexicon: Sendable {
  /// What a word of a card says for or against a segment.
  struct Meaning: Sendable, Equatable {
    let segment: Int32
    let kind: EvidenceKind
  }

  let automaton: PhraseAutomaton
  /// The phrase as text, for evidence.
  let text: [String]
  /// The role of a phrase in the sentence; nil for words of the cards.
  let grammar: [GrammarWord?]
  private let meaningOffset: [Int32]
  private let meaningRows: [Meaning]

  init(segments: [Segment], normaliser: Normaliser) {
    var entries: [[UInt16]: (grammar: GrammarWord?, meanings: [Meaning])] = [:]
    func add(_ word: String, _ kind: EvidenceKind, _ row: Int) {
      let units = normaliser.units(of: word)
      guard !units.isEmpty else { return }
      let meaning = Meaning(segment: Int32(row), kind: kind)
      var entry = entries[units] ?? (nil, [])
      if !entry.meanings.contains(where: { $0.segment == meaning.segment }) {
        entry.meanings.append(meaning)
      }
      entries[units] = entry
    }
    for (row, segment) in segments.enumerated() {
      // A name such as 专用设备 is a label of its chain; only a card without aliases means it.
      if segment.aliases.isEmpty { add(segment.name.zh, .alias, row) }
      for word in segment.aliases { add(word, .alias, row) }
      for word in segment.negativeKeywords { add(word, .negative, row) }
      for word in segment.keywords { add(word, .keyword, row) }
    }
    for (kind, list) in Grammar.words {
      for word in list.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        let units = normaliser.units(of: String(word))
        if entries[units] == nil { entries[units] = (kind, []) }
      }
    }
    let phrases = entries.keys.sorted { $0.lexicographicallyPrecedes($1) }
    var text: [String] = []
    var grammar: [GrammarWord?] = []
    var offset: [Int32] = [0]
    var rows: [Meaning] = []
    for phrase in phrases {
      guard let entry = entries[phrase] else { continue }
      text.append(String(decoding: phrase, as: UTF16.self))
      grammar.append(entry.meanings.isEmpty ? entry.grammar : nil)
      rows += entry.meanings
      offset.append(Int32(rows.count))
    }
    automaton = PhraseAutomaton(phrases: phrases)
    self.text = text
    self.grammar = grammar
    meaningOffset = offset
    meaningRows = rows
  }

  func meanings(of phrase: Int32) -> ArraySlice<Meaning> {
    meaningRows[Int(meaningOffset[Int(phrase)])..<Int(meaningOffset[Int(phrase) + 1])]
  }

  /// True when both phrases speak for one segment.
  func agree(_ left: Int32, _ right: Int32) -> Bool {
    for one in meanings(of: left) where one.kind != .negative {
      for other in meanings(of: right)
      where other.segment == one.segment && other.kind != .negative {
        return true
      }
    }
    return false
  }
}
