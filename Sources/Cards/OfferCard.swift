public import Atlas
import Foundation

/// The table of offers that papers may print, and words that none may. 承诺依据表
///
/// Every basis has to be confirmed by a lawyer; the table itself says so.
public struct OfferCard: Sendable, Equatable {
  public struct Offer: Sendable, Equatable {
    public let id: String
    public let offer: Phrase
    public let words: [String]
    public let basis: Phrase
  }
  public struct Forbidden: Sendable, Equatable {
    public let words: [String]
    public let because: Phrase
  }
  public let status: Phrase
  public let offers: [Offer]
  public let forbidden: [Forbidden]
}

/// Reads `Press/permitted-offers.yaml`.
public func readOffers(_ text: String, card: String) throws(CardError) -> OfferCard {
  let root = try CardNode.parse(text, card: card).fields(
    required: ["status", "offers", "forbidden"])
  var offers: [OfferCard.Offer] = []
  for node in try root["offers"].list() {
    let fields = try node.fields(required: ["id", "offer", "words", "basis"])
    offers.append(
      OfferCard.Offer(
        id: try fields["id"].text(), offer: try fields["offer"].phrase(),
        words: try fields["words"].texts(), basis: try fields["basis"].phrase()))
  }
  var forbidden: [OfferCard.Forbidden] = []
  for node in try root["forbidden"].list() {
    let fields = try node.fields(required: ["words", "because"])
    forbidden.append(
      OfferCard.Forbidden(
        words: try fields["words"].texts(), because: try fields["because"].phrase()))
  }
  return OfferCard(status: try root["status"].phrase(), offers: offers, forbidden: forbidden)
}

extension ModelLibrary {
  /// The offers of a library folder.
  public static func loadOffers(folder: URL) throws(LibraryError) -> OfferCard {
    let path = "Press/permitted-offers.yaml"
    guard let text = try? String(contentsOf: folder.appending(path: path), encoding: .utf8)
    else { throw .unreadable(path: path) }
    do { return try readOffers(text, card: path) } catch { throw .card(error) }
  }
}
