public import Atlas
import Crypto
public import Freight
public import Matching

extension ModelLibrary {
  /// The models that a run stands on, with the freight network over a gazetteer. 模型组
  ///
  /// - Parameter choice: name of the choice card; nil for the last one.
  public func matchingModels(
    choice name: String? = nil, places: Places, roadKm: RoadMatrix? = nil
  ) throws(CardError) -> MatchingModels {
    let card = name.flatMap(findChoice) ?? choices.last
    guard let card else { throw .missing(card: "Choice", name: name ?? "*.yaml") }
    return MatchingModels(
      choice: try MatchModel(
        id: card.card.replacing("Choice/", with: "").replacing(".yaml", with: ""),
        behaviourDigest: behaviourDigest, parameters: card),
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

  /// One digest over the behaviour of every card.
  public var behaviourDigest: String {
    let text = cards.map { "\($0.path) \($0.digest.behaviour)" }.joined(separator: "\n")
    return SHA256.hash(data: Array(text.utf8)).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
