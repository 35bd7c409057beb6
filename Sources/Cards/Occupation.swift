import Atlas

/// A kind of work that a plant hires for. 工种
public struct Occupation: Sendable, Equatable {
  public let id: String
  public let name: Phrase
  /// True when a plant cannot run without it: the labour term looks at these. 关键工种
  public let critical: Bool
  /// Census occupation groups whose workers can do it, as the census prints them.
  public let census: [String]
  /// Weeks of training for a newcomer.
  public let trainingWeeks: Parameter
  /// Wage of the occupation over the place's average wage.
  public let wageFactor: Parameter
}

/// Reads the list of occupations of the labour model. 工种表
public func readOccupations(_ text: String, card: String) throws(CardError) -> [Occupation] {
  let root = try CardNode.parse(text, card: card)
  let fields = try root.fields(required: ["sources", "occupations"], optional: ["note"])
  var sources: [String: String] = [:]
  for (key, node) in try fields["sources"].entries() { sources[key] = try node.text() }
  var result: [Occupation] = []
  for node in try fields["occupations"].list() {
    let fields = try node.fields(
      required: ["id", "name", "critical", "census", "trainingWeeks", "wageFactor"])
    let id = try fields["id"].text()
    guard !result.contains(where: { $0.id == id }) else {
      throw fields["id"].failure(
        zh: "工种编号 \(id) 重复。", en: "occupation id \(id) is there twice.")
    }
    result.append(
      Occupation(
        id: id, name: try fields["name"].phrase(), critical: try fields["critical"].truth(),
        census: try fields["census"].texts(),
        trainingWeeks: try fields["trainingWeeks"].parameter(
          named: "trainingWeeks", unit: "周", sources: sources),
        wageFactor: try fields["wageFactor"].parameter(
          named: "wageFactor", unit: "倍", sources: sources)))
  }
  return result
}
