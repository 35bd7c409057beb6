import Atlas

/// The published cards: a published card is never changed, a correction is a new card. 已发布卡片
///
/// The file `Models/PUBLISHED` has one line per card: behaviour digest, two spaces, path. Lines that
/// begin with `#` are notes.
public struct PublishedCards: Sendable, Equatable {
  public let entries: [(digest: String, path: String, line: Int)]

  public init(_ text: String, card: String = "PUBLISHED") throws(CardError) {
    var entries: [(digest: String, path: String, line: Int)] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
      let fields = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
      guard fields.count == 2, fields[0].count == 64 else {
        throw .malformed(
          card: card, line: index + 1,
          because: Phrase(
            zh: "应是“指纹  路径”两项。", en: "expected \"digest  path\"."))
      }
      let path = String(fields[1].drop { $0 == " " })
      entries.append((String(fields[0]), path, index + 1))
    }
    self.entries = entries
  }

  /// The line that publishes a card as it is now.
  public static func line(for card: CardSummary) -> String {
    "\(card.digest.behaviour)  \(card.path)"
  }

  /// The published cards that were edited or removed since, in file order.
  public func findEdited(in library: ModelLibrary) -> [EditedCard] {
    entries.compactMap { entry in
      let found = library.cards.first { $0.path == entry.path }?.digest.behaviour
      return found == entry.digest
        ? nil : EditedCard(path: entry.path, published: entry.digest, found: found)
    }
  }

  public static func == (left: PublishedCards, right: PublishedCards) -> Bool {
    left.entries.elementsEqual(right.entries) { $0 == $1 }
  }
}

/// A published card that is no longer what was published. 被改动的卡片
public struct EditedCard: Sendable, Equatable {
  public let path: String
  public let published: String
  /// Nil when the card is gone.
  public let found: String?

  /// What is wrong, where, what to do.
  public var message: Phrase {
    if let found {
      Phrase(
        zh:
          "已发布的卡片 \(path) 被改动（指纹 \(found.prefix(12))，发布时 \(published.prefix(12))）：请恢复原文件，把更正另存为新卡片。",
        en:
          "the published card \(path) was edited (digest \(found.prefix(12)), published \(published.prefix(12))): restore it and put the correction into a new card."
      )
    } else {
      Phrase(
        zh: "已发布的卡片 \(path) 不见了：请恢复原文件。",
        en: "the published card \(path) is gone: restore it.")
    }
  }
}
