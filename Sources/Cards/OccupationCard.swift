import Atlas

/// One row of the labour model's list of occupations. 工种
public struct OccupationCard: Sendable, Equatable {
  public let id: String
  public let name: Phrase
  /// True when a plant cannot run without it: the labour term looks at these. 关键工种
  public let critical: Bool
  /// The census group that counts its people, as the census prints it; nil when none does.
  public let group: String?
  /// This occupation's part of the group.
  public let shareOfGroup: Parameter?
  /// Weeks of training for a newcomer.
  public let trainingWeeks: Parameter
  /// Wage of the occupation over the place's average wage.
  public let wageFactor: Parameter
}

/// Reads the list of occupations of the labour model. 工种表
///
/// The shares of the occupations of one group sum to at most 1, so that nobody is counted twice.
public func readOccupations(_ text: String, card: String) throws(CardError) -> [OccupationCard] {
  let root = try CardNode.parse(text, card: card)
  let fields = try root.fields(required: ["sources", "occupations"], optional: ["note"])
  var sources: [String: String] = [:]
  for (key, node) in try fields["sources"].entries() { sources[key] = try node.text() }
  var result: [OccupationCard] = []
  for node in try fields["occupations"].list() {
    let fields = try node.fields(
      required: ["id", "name", "critical", "trainingWeeks", "wageFactor"],
      optional: ["group", "shareOfGroup"])
    let id = try fields["id"].text()
    guard !result.contains(where: { $0.id == id }) else {
      throw fields["id"].failure(
        zh: "工种编号 \(id) 重复。", en: "occupation id \(id) is there twice.")
    }
    let group = try fields.find("group")?.text()
    let share = try fields.find("shareOfGroup")?.parameter(
      named: "shareOfGroup", unit: "share", sources: sources)
    guard (group == nil) == (share == nil) else {
      throw node.failure(
        zh: "工种 \(id) 的 group 和 shareOfGroup 要么都写，要么都不写。",
        en: "occupation \(id): write both group and shareOfGroup, or neither.")
    }
    let taken = result.filter { $0.group == group }.reduce(0) { $0 + ($1.shareOfGroup?.high ?? 0) }
    if let group, let share, taken + share.high > 1 + 1e-9 {
      throw node.failure(
        zh: "“\(group)”各工种份额的上限合计超过 1，同一批人会被算两次。",
        en: "the shares of \(group) sum to more than 1 at their high: people would count twice.")
    }
    result.append(
      OccupationCard(
        id: id, name: try fields["name"].phrase(), critical: try fields["critical"].truth(),
        group: group, shareOfGroup: share,
        trainingWeeks: try fields["trainingWeeks"].parameter(
          named: "trainingWeeks", unit: "周", sources: sources),
        wageFactor: try fields["wageFactor"].parameter(
          named: "wageFactor", unit: "倍", sources: sources)))
  }
  return result
}
