import Atlas

/// Says on which segments a firm sits, and why, from its own words. 挂链器
///
/// Rule: a word of a card counts with its field, the firm's role, its context and its place in the
/// list; within a field the best word counts and further ones add little; fields combine as
/// independent witnesses (1 − Π(1 − w)); words against a segment multiply the score down. It is
/// not a probability: the classes are cut by `LinkWeights`.
public struct Linker: Sendable {
  /// All segments of all chains, in the order of the cards. 环节
  public let segments: [Segment]
  public let weights: LinkWeights
  let normaliser: Normaliser
  let lexicon: Lexicon
  /// Rows of the segments that a normalised industry label names.
  private let industries: [String: [Int32]]
  /// True for segments that are a service: 检测, 贴装, 电镀加工, 回收.
  private let isService: [Bool]
  private let trained: TrainedLinker?
  /// Rows of the segments that each learned label speaks for.
  private let trainedRows: [String: [Int32]]

  /// - Parameter trained: what was learned here, on segment ids or on industry labels.
  public init(
    chains: [ChainModel], weights: LinkWeights = LinkWeights(), trained: TrainedLinker? = nil
  ) {
    let segments = chains.flatMap(\.segments)
    let normaliser = Normaliser()
    self.segments = segments
    self.weights = weights
    self.normaliser = normaliser
    lexicon = Lexicon(segments: segments, normaliser: normaliser)
    var rows: [String: [Int32]] = [:]
    for (row, segment) in segments.enumerated() {
      for label in segment.industries {
        let key = Self.industryKey(label, normaliser)
        if rows[key]?.last != Int32(row) { rows[key, default: []].append(Int32(row)) }
      }
    }
    industries = rows
    self.trained = trained
    var learned: [String: [Int32]] = [:]
    for label in trained?.labels ?? [] {
      if let row = segments.firstIndex(where: { $0.id == label }) {
        learned[label] = [Int32(row)]
      } else if let named = rows[Self.industryKey(label, normaliser)] {
        learned[label] = named
      }
    }
    trainedRows = learned
    isService = segments.map { segment in
      ["检测", "测试", "服务", "贴装", "贴片", "加工", "回收", "处理", "代工", "设计", "物流"]
        .contains { segment.name.zh.contains($0) }
    }
  }

  private static func industryKey(_ label: String, _ normaliser: Normaliser) -> String {
    var key = normaliser.text(of: label)
    // "GB/T 4754 3982" and "C3982" are 3982.
    if key.hasPrefix("gb"), let blank = key.lastIndex(of: " ") {
      key = String(key[key.index(after: blank)...])
    }
    while let last = key.last, "ⅠⅡⅢⅣ".contains(last) { key.removeLast() }
    if let first = key.first, first.isASCII, first.isLetter,
      key.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }), key.count > 1
    {
      key.removeFirst()
    }
    return key
  }

  /// The links of one firm, rejected ones included, best first, ties by segment.
  public func links(of firm: FirmText) -> [Link] {
    var scratch = LinkScratch()
    return links(of: firm, using: &scratch)
  }

  /// The same for many firms in turn, with memory that is kept. Complexity: O(length of the text).
  /// - Parameter rejected: false leaves rejected links out.
  public func links(
    of firm: FirmText, using scratch: inout LinkScratch, rejected: Bool = true
  ) -> [Link] {
    scratch.found.removeAll(keepingCapacity: true)
    scratch.labels.removeAll(keepingCapacity: true)
    gather(firm, &scratch)
    addIndustries(firm, &scratch)
    addLearned(firm, &scratch)
    if scratch.found.isEmpty { return [] }
    scratch.found.sort { ($0.segment, $0.order) < ($1.segment, $1.order) }
    var links: [Link] = []
    var first = 0
    while first < scratch.found.count {
      var last = first
      while last < scratch.found.count,
        scratch.found[last].segment == scratch.found[first].segment
      {
        last += 1
      }
      if let link = judge(scratch.found[first..<last], scratch.labels, rejected: rejected) {
        links.append(link)
      }
      first = last
    }
    links.sort { ($0.score, $1.segment) > ($1.score, $0.segment) }
    return links
  }

  private func gather(_ firm: FirmText, _ scratch: inout LinkScratch) {
    // What the firm does where the field itself does not say.
    var habit: FirmRole = []
    read(.mainBusiness, firm.mainBusiness, &habit, &scratch)
    read(.products, firm.products, &habit, &scratch)
    read(.businessScope, firm.businessScope, &habit, &scratch)
    read(.name, firm.name, &habit, &scratch)
  }

  private func read(
    _ field: TextField, _ text: String, _ habit: inout FirmRole, _ scratch: inout LinkScratch
  ) {
    if text.isEmpty { return }
    scratch.reader.read(text, normaliser: normaliser, lexicon: lexicon)
    if habit.isEmpty || field == .name { habit.formUnion(scratch.reader.roles) }
    for mention in scratch.reader.mentions { add(mention, field, habit, &scratch) }
  }

  private func add(
    _ mention: Mention, _ field: TextField, _ habit: FirmRole, _ scratch: inout LinkScratch
  ) {
    let role = mention.role.isEmpty ? habit : mention.role
    for meaning in lexicon.meanings(of: mention.phrase) {
      let segment = Int(meaning.segment)
      var weight = base(meaning.kind, field)
      if meaning.kind != .negative {
        weight *= factor(of: role, service: isService[segment]) * factor(of: mention.context)
        if field == .products || field == .mainBusiness {
          let late = Double(max(0, mention.position - 3))
          weight *= max(weights.positionFloor, 1 - weights.positionLoss * late)
        }
      }
      scratch.found.append(
        LinkScratch.Found(
          segment: meaning.segment, order: Int32(scratch.found.count), phrase: mention.phrase,
          kind: meaning.kind, field: field, role: role, context: mention.context, weight: weight))
    }
  }

  private func addIndustries(_ firm: FirmText, _ scratch: inout LinkScratch) {
    for label in firm.industries where !label.isEmpty {
      guard let rows = industries[industryKey(label, &scratch)] else { continue }
      let weight = weights.industry / Double(rows.count).squareRoot()
      for row in rows {
        // A label that many segments share starts no link of its own.
        if rows.count > 3, !scratch.found.contains(where: { $0.segment == row }) { continue }
        scratch.found.append(
          LinkScratch.Found(
            segment: row, order: Int32(scratch.found.count), phrase: -1,
            label: scratch.add(label: label), kind: .industry, weight: weight))
      }
    }
  }

  /// The key of a label; a registry has few labels, so that each is folded once.
  private func industryKey(_ label: String, _ scratch: inout LinkScratch) -> String {
    if let known = scratch.industryKeys[label] { return known }
    if scratch.industryKeys.count > 4096 { scratch.industryKeys.removeAll() }
    let key = Self.industryKey(label, normaliser)
    scratch.industryKeys[label] = key
    return key
  }

  private func addLearned(_ firm: FirmText, _ scratch: inout LinkScratch) {
    guard let trained, !trainedRows.isEmpty else { return }
    var memory = scratch.trained ?? TrainedScratch(options: trained.options)
    scratch.trained = nil
    for prediction in trained.predictions(for: firm, top: 3, using: &memory) {
      guard let rows = trainedRows[prediction.label] else { continue }
      let weight = weights.learned * prediction.probability / Double(rows.count).squareRoot()
      for row in rows {
        if rows.count > 3, !scratch.found.contains(where: { $0.segment == row }) { continue }
        scratch.found.append(
          LinkScratch.Found(
            segment: row, order: Int32(scratch.found.count), phrase: -2,
            label: scratch.add(label: prediction.label), kind: .learned, weight: weight))
      }
    }
    scratch.trained = memory
  }

  private func base(_ kind: EvidenceKind, _ field: TextField) -> Double {
    switch (kind, field) {
    case (.alias, .products): weights.aliasInProducts
    case (.alias, .mainBusiness): weights.aliasInMainBusiness
    case (.alias, .businessScope): weights.aliasInScope
    case (.alias, _): weights.aliasInName
    case (.keyword, .products): weights.keywordInProducts
    case (.keyword, .mainBusiness): weights.keywordInMainBusiness
    case (.keyword, .businessScope): weights.keywordInScope
    case (.keyword, _): weights.keywordInName
    default: 1 - weights.negative
    }
  }

  private func factor(of role: FirmRole, service: Bool) -> Double {
    if role.contains(.makes) { return 1 }
    if role.isEmpty { return weights.roleUnknown }
    if service, role.contains(.serves) { return 1 }
    if role.contains(.designs) { return weights.designedOnly }
    return role.contains(.trades) ? weights.tradedOnly : weights.servedOnly
  }

  private func factor(of context: MentionContext) -> Double {
    switch context {
    case .head: 1
    case .extended: weights.extended
    case .modifier: weights.modifier
    case .application: weights.application
    case .waste: weights.waste
    case .negated: 0
    }
  }

  /// All evidence of one segment in one score.
  private func judge(
    _ found: ArraySlice<LinkScratch.Found>, _ labels: [String], rejected: Bool
  ) -> Link? {
    var missed = 1.0
    var keywordsMissed = 1.0
    var against = 1.0
    var named = false
    for field in Self.fields {
      var best = 0.0
      var further = 0
      for (index, item) in zip(found.indices, found) where item.field == field {
        let weight = item.weight
        let repeated = found[found.startIndex..<index].contains {
          $0.phrase == item.phrase && $0.field == field
        }
        switch item.kind {
        case .alias:
          if item.context == .head || item.context == .extended { named = true }
          if best > 0, weight > 0, !repeated { further = min(2, further + 1) }
          best = max(best, weight)
        case .keyword: if !repeated { keywordsMissed *= 1 - weight }
        case .negative: if !repeated, item.context != .negated { against *= 1 - weight }
        case .industry, .learned: missed *= 1 - weight
        }
      }
      for _ in 0..<further { best += (1 - best) * weights.furtherAlias * best }
      missed *= 1 - best
    }
    missed *= 1 - min(weights.keywordCeiling, 1 - keywordsMissed)
    // Where the firm names the product outright, a word against it mostly names a second product.
    let score = (1 - missed) * (named ? against.squareRoot().squareRoot() : against)
    if missed >= 1, !found.contains(where: { $0.context == .negated }) { return nil }
    let verdict: LinkVerdict =
      score >= weights.confirmedFrom && named
      ? .confirmed : score >= weights.uncertainFrom ? .uncertain : .rejected
    if verdict == .rejected, !rejected { return nil }
    return Link(
      segment: Int(found[found.startIndex].segment), score: score, verdict: verdict,
      evidence: found.sorted { $0.weight > $1.weight }.map { item in
        LinkEvidence(
          kind: item.kind, field: item.field,
          words: item.phrase >= 0 ? lexicon.text[Int(item.phrase)] : labels[Int(item.label)],
          role: item.role, context: item.context, weight: item.weight)
      })
  }

  private static let fields = TextField.allCases
}

/// Memory that the linker keeps from firm to firm; holds nothing that an answer depends on.
public struct LinkScratch: Sendable {
  /// Evidence before it is put into words.
  struct Found: Sendable {
    var segment: Int32
    var order: Int32
    /// Negative where a label speaks, and not a word of the card.
    var phrase: Int32
    /// Row of `labels`.
    var label: Int32 = -1
    var kind: EvidenceKind
    var field: TextField = .industry
    var role: FirmRole = []
    var context: MentionContext = .head
    var weight: Double
  }
  var reader = FieldReader()
  var found: [Found] = []
  /// Labels of industries, stated and learned, that speak for this firm.
  var labels: [String] = []
  /// Keys of the industry labels met so far.
  var industryKeys: [String: String] = [:]
  var trained: TrainedScratch?

  public init() {}

  mutating func add(label: String) -> Int32 {
    labels.append(label)
    return Int32(labels.count - 1)
  }
}
