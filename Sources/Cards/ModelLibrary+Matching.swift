public import Atlas
import Crypto
public import Freight
public import Matching

extension ModelLibrary {
  /// The models that a run stands on, with the freight network over a gazetteer. 模型组
  ///
  /// - Parameter choice: name of the choice card; nil for the last one of the library.
  public func matchingModels(
    choice name: String? = nil, places: Places, roadKm: RoadMatrix? = nil
  ) throws(CardError) -> MatchingModels {
    let card = name == nil ? choices.last : name.flatMap(findChoice)
    guard let card else { throw .missing(card: "Choice", name: (name ?? "*") + ".yaml") }
    return MatchingModels(
      choice: try matchModel(card),
      labour: try LabourModel(
        labour,
        occupations: occupations.map {
          Occupation(
            id: $0.id, name: $0.name, group: $0.group, shareOfGroup: $0.shareOfGroup,
            critical: $0.critical)
        }),
      suppliers: try SupplierModel(labour), signals: try SignalModel(labour),
      freight: FreightNetwork(model: try freightModel(), places: places, roadKm: roadKm))
  }

  /// The choice model of one of the library's cards, or of an office's own.
  public func matchModel(_ card: ParameterTable) throws(CardError) -> MatchModel {
    let isOwn = officeChoices.contains(card)
    return try MatchModel(
      id: String(card.card.dropFirst(isOwn ? "cards/".count : "Choice/".count).dropLast(5)),
      behaviourDigest: isOwn
        ? sha256(behaviourDigest + " " + CardDigest(card).behaviour) : behaviourDigest,
      parameters: card, sectors: sectors)
  }

  /// One digest over the behaviour of every card of the library.
  public var behaviourDigest: String {
    let text = cards.map { "\($0.path) \($0.digest.behaviour)" }.joined(separator: "\n")
    return SHA256.hash(data: Array(text.utf8)).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
