import Atlas

/// Turns what a file writes for places, chains, segments and occupations into ids. 引用解析
struct ReferenceResolver {
  private let gazetteer: Gazetteer
  private var chains: [String: String] = [:]
  private var segments: [String: String] = [:]
  private var occupations: [String: String] = [:]
  private var places: [Int64: Gazetteer.Finding] = [:]

  init(gazetteer: Gazetteer, context: ImportContext) {
    self.gazetteer = gazetteer
    for chain in context.chains {
      for word in [chain.id, chain.name.zh, chain.name.en, chain.name.zh + "产业链"] {
        chains[ReferenceResolver.plain(word)] = chain.id
      }
    }
    var isAmbiguous: Set<String> = []
    for chain in context.chains {
      for segment in chain.segments {
        for word in [segment.name.zh, segment.name.en] {
          let key = ReferenceResolver.plain(word)
          if segments[key] != nil { isAmbiguous.insert(key) }
          segments[key] = segment.id
        }
      }
    }
    for word in isAmbiguous { segments[word] = nil }
    for chain in context.chains {
      for segment in chain.segments { segments[ReferenceResolver.plain(segment.id)] = segment.id }
    }
    for occupation in context.occupations {
      for word in occupation.words { occupations[ReferenceResolver.plain(word)] = occupation.id }
      occupations[ReferenceResolver.plain(occupation.id)] = occupation.id
    }
  }

  private static func plain(_ word: String) -> String {
    word.lowercased().filter { !$0.isWhitespace }
  }

  func chain(_ word: String) -> String? { chains[ReferenceResolver.plain(word)] }
  func segment(_ word: String) -> String? { segments[ReferenceResolver.plain(word)] }
  func occupation(_ word: String) -> String? { occupations[ReferenceResolver.plain(word)] }

  mutating func place(_ bytes: CellBytes, isCoarse: Bool) -> Gazetteer.Finding {
    // Files repeat few places many times.
    let key = FirmName.key(bytes)
    if let known = places[key] { return known }
    let finding = gazetteer.find(CellReading.text(bytes), isCoarse: isCoarse)
    if places.count > 100_000 { places.removeAll(keepingCapacity: true) }
    places[key] = finding
    return finding
  }

  mutating func place(inAddress address: String) -> Gazetteer.Finding {
    let start = String(address.prefix(24))
    let key = ~FirmName.key(start)
    if let known = places[key] { return known }
    let finding = gazetteer.find(inAddress: start)
    if places.count > 100_000 { places.removeAll(keepingCapacity: true) }
    places[key] = finding
    return finding
  }
}
