import Atlas

/// A word of a card found in a text, with how it stands there. 提及
struct Mention: Sendable {
  var phrase: Int32
  var context: MentionContext
  var role: FirmRole
  /// How many members of the list come before it.
  var position: Int32
}

/// Reads one field of a firm: the product words in it, and what the firm does with each. 字段阅读
///
/// A product governed by 生产 is made, one governed by 销售 is traded; a list shares the roles
/// before it (生产A、B) or after it (A、B的生产). The reader keeps its memory from text to text.
struct FieldReader: Sendable {
  /// A run of role words: 研发、生产和销售.
  private struct Cluster {
    var start: Int
    var end: Int
    var sentence: Int32
    var clause: Int32
    var position: Int32
    var role: FirmRole
    var leads: Bool
    /// False for a lone 服务 or 设计 that only belongs to the last member: A、B服务.
    var governsList: Bool
    /// True when another word of the grammar stands right behind: 销售业务.
    var isFollowed = false
  }
  /// Where a mention stands.
  private struct Spot {
    var start: Int
    var sentence: Int32
    var clause: Int32
    var position: Int32
  }

  private var text: [UInt16] = []
  private var tokens: [PhraseAutomaton.Match] = []
  private var clusters: [Cluster] = []
  private var spots: [Spot] = []
  private(set) var mentions: [Mention] = []
  /// All roles of the field together.
  private(set) var roles: FirmRole = []

  init() {}

  /// Reads a text; the answer is in `mentions` and `roles`.
  mutating func read(_ raw: String, normaliser: Normaliser, lexicon: Lexicon) {
    text.removeAll(keepingCapacity: true)
    tokens.removeAll(keepingCapacity: true)
    clusters.removeAll(keepingCapacity: true)
    spots.removeAll(keepingCapacity: true)
    mentions.removeAll(keepingCapacity: true)
    roles = []
    if raw.isEmpty { return }
    normaliser.append(raw, to: &text)
    lexicon.automaton.appendLongest(in: text, to: &tokens)
    walk(lexicon)
    for index in clusters.indices { settle(&clusters[index]) }
    clusters.removeAll { $0.role.isEmpty }
    for index in mentions.indices where mentions[index].context != .negated {
      mentions[index].role = role(at: spots[index])
    }
    for cluster in clusters { roles.formUnion(cluster.role) }
  }

  /// One pass in text order: sentences, clauses, list positions, denials, fields of use.
  private mutating func walk(_ lexicon: Lexicon) {
    var sentence: Int32 = 0
    var clause: Int32 = 0
    var position: Int32 = 0
    var applied = false
    var denied = false
    // Brackets after a machine say which machine: 自动线系统(PCB系列).
    var specifies = false
    var opened = 0
    var cursor = 0
    for (index, token) in tokens.enumerated() {
      let start = Int(token.start)
      while cursor < start {
        let unit = text[cursor]
        cursor += 1
        if Glyph.endsSentence(unit) {
          sentence += 1
          clause += 1
          position = 0
          (applied, denied) = (false, false)
          opened = cursor
        } else if unit == Glyph.comma {
          clause += 1
          position += 1
          (applied, denied) = (false, false)
        } else if unit == Glyph.close {
          (denied, specifies) = (false, false)
        } else if unit == Glyph.open {
          opened = cursor
          specifies =
            index > 0 && Int(tokens[index - 1].end) == cursor - 1
            && lexicon.grammar[Int(tokens[index - 1].phrase)] == .otherThing
        } else if unit == Glyph.of {
          applied = false
        } else if unit == Glyph.listComma {
          position += 1
        }
      }
      cursor = Int(token.end)
      if let last = clusters.last, last.end == start, lexicon.grammar[Int(token.phrase)] != nil {
        clusters[clusters.count - 1].isFollowed = true
      }
      guard let word = lexicon.grammar[Int(token.phrase)] else {
        var context =
          denied ? .negated : applied ? .application : specifies ? .modifier : after(index, lexicon)
        if context == .head || context == .extended, index > 0,
          tokens[index - 1].end == token.start,
          lexicon.grammar[Int(tokens[index - 1].phrase)] == .waste
        {
          context = .waste
        }
        mentions.append(
          Mention(phrase: token.phrase, context: context, role: [], position: position))
        spots.append(Spot(start: start, sentence: sentence, clause: clause, position: position))
        continue
      }
      switch word {
      case .applies: applied = true
      case .sector: applied = false
      case .excludesNext: denied = true
      case .excludesUntilOuter: denied = hasOuter(from: cursor)
      case .excludesLast: deny(from: opened)
      default:
        let spot = Spot(start: start, sentence: sentence, clause: clause, position: position)
        if !word.role.isEmpty { extend(token, word.role, spot, index, lexicon) }
      }
    }
  }

  /// True when 外 closes what 除 opened, before the sentence ends.
  private func hasOuter(from start: Int) -> Bool {
    for unit in text[start...] {
      if unit == 0x5916 { return true }
      if Glyph.endsSentence(unit) { return false }
    }
    return false
  }

  private mutating func deny(from opened: Int) {
    for index in mentions.indices.reversed() {
      if spots[index].start < opened { return }
      mentions[index].context = .negated
    }
  }

  /// What stands after a product word decides whether it is the thing itself.
  private func after(_ index: Int, _ lexicon: Lexicon) -> MentionContext {
    let phrase = tokens[index].phrase
    var cursor = Int(tokens[index].end)
    var next = index + 1
    var unknown = 0
    var governed = false
    while cursor < text.count {
      while next < tokens.count, Int(tokens[next].start) < cursor { next += 1 }
      if next < tokens.count, Int(tokens[next].start) == cursor {
        let token = tokens[next]
        guard let word = lexicon.grammar[Int(token.phrase)] else {
          if !lexicon.agree(phrase, token.phrase) { return governed ? .head : .modifier }
          cursor = Int(token.end)
          continue
        }
        switch word {
        case .otherThing, .madeFor: return .modifier
        case .sector: return .application
        case .andOthers:
          // What follows names the kind of the list, or the trade that it serves: 等领域.
          guard next + 1 < tokens.count, tokens[next + 1].start == token.end,
            lexicon.grammar[Int(tokens[next + 1].phrase)] == .sector
          else { return unknown > 0 ? .extended : .head }
          return .application
        case .filler: break
        case .applies, .opens, .ignored, .excludesNext, .excludesLast, .excludesUntilOuter, .waste:
          return unknown > 0 ? .extended : .head
        default: governed = true
        }
        cursor = Int(token.end)
        continue
      }
      let unit = text[cursor]
      if unit == Glyph.open {
        while cursor < text.count, text[cursor] != Glyph.close { cursor += 1 }
        cursor += 1
        continue
      }
      if unit == Glyph.close || unit == Glyph.hyphen {
        cursor += 1
        continue
      }
      if unknown == 0, !governed, unit == Glyph.and || unit == Glyph.alsoAnd || unit == Glyph.with,
        isMadeFor(from: cursor + 1, next, lexicon)
      {
        return .modifier
      }
      if Glyph.joins(unit) || Glyph.endsSentence(unit) || unit == Glyph.of || unit == Glyph.colon {
        break
      }
      if !governed { unknown += 1 }
      cursor += 1
      if cursor > Int(tokens[index].end) + 12 { break }
    }
    return unknown > 0 ? .extended : .head
  }

  /// True when the next member of a list is only what something else is for: 晶圆制造及封装用清洗液.
  private func isMadeFor(from start: Int, _ next: Int, _ lexicon: Lexicon) -> Bool {
    for token in tokens[next...] where Int(token.start) >= start {
      let gap = text[start..<Int(token.start)]
      if gap.count > 10 || gap.contains(where: { Glyph.joins($0) || Glyph.endsSentence($0) }) {
        return false
      }
      guard let word = lexicon.grammar[Int(token.phrase)] else { continue }
      return word == .madeFor
    }
    return false
  }

  private mutating func extend(
    _ token: PhraseAutomaton.Match, _ role: FirmRole, _ spot: Spot, _ index: Int,
    _ lexicon: Lexicon
  ) {
    let start = Int(token.start)
    if let last = clusters.last, last.sentence == spot.sentence,
      text[last.end..<start].allSatisfy({ Glyph.joins($0) || $0 == Glyph.hyphen })
    {
      clusters[clusters.count - 1].end = Int(token.end)
      clusters[clusters.count - 1].role.formUnion(role)
      clusters[clusters.count - 1].governsList = true
      return
    }
    var leads = start == 0
    if start > 0 {
      let before = text[start - 1]
      leads =
        Glyph.endsSentence(before) || before == Glyph.comma || before == Glyph.open
        || before == Glyph.colon
      if index > 0, tokens[index - 1].end == token.start,
        let word = lexicon.grammar[Int(tokens[index - 1].phrase)],
        word == .opens || word == .ignored
      {
        leads = true
      }
    }
    let afterOf = start > 0 && text[start - 1] == Glyph.of
    clusters.append(
      Cluster(
        start: start, end: Int(token.end), sentence: spot.sentence, clause: spot.clause,
        position: spot.position, role: role, leads: leads,
        governsList: afterOf || role.contains(.makes) || role.contains(.trades)))
  }

  /// A run leads when it stands first and something follows for it to govern; one that neither
  /// leads nor ends its phrase is a part of a compound: 测试板, 设计软件.
  private func settle(_ cluster: inout Cluster) {
    guard cluster.end < text.count else {
      cluster.leads = false
      return
    }
    let next = text[cluster.end]
    let ends =
      Glyph.endsSentence(next) || Glyph.joins(next) || next == Glyph.close || next == Glyph.of
      || next == Glyph.open
    if cluster.leads {
      cluster.leads = !ends
    } else if !ends, next != Glyph.colon, !cluster.role.contains(.makes), !cluster.isFollowed {
      cluster.role = []
    }
  }

  /// The role of the run that governs a spot: in its own clause first, then in its sentence.
  private func role(at spot: Spot) -> FirmRole {
    var found: (rank: Int, role: FirmRole) = (4, [])
    for cluster in clusters where cluster.sentence == spot.sentence {
      let sameClause = cluster.clause == spot.clause
      if cluster.leads, cluster.start < spot.start {
        // The last leading run before the spot governs it.
        let rank = sameClause ? 0 : 2
        if rank <= found.rank { found = (rank, cluster.role) }
      } else if !cluster.leads, cluster.start > spot.start {
        // The first trailing run after the spot governs it.
        if !cluster.governsList, cluster.position != spot.position { continue }
        let rank = sameClause ? 1 : 3
        if rank < found.rank { found = (rank, cluster.role) }
      }
    }
    return found.role
  }
}
