import Atlas

/// Reads the `parameters:` mapping of a card. 参数卡
///
/// Every parameter has value, low, high, unit, evidence and source, with low ≤ value ≤ high.
public func readParameters(_ text: String, card: String) throws(CardError) -> ParameterTable {
  let root = try CardNode.parse(text, card: card)
  let fields = try root.fields(
    required: ["parameters"], optional: ["card", "name", "version", "note"])
  if let name = fields.find("name") { _ = try name.phrase() }
  var entries: [(name: String, parameter: Parameter, line: Int)] = []
  for (name, node) in try fields["parameters"].entries() {
    entries.append((name, try node.parameter(named: name), node.line))
  }
  return ParameterTable(card: card, entries: entries)
}

extension CardNode {
  /// A parameter in its long form, a record of six fields.
  func parameter(named name: String) throws(CardError) -> Parameter {
    let fields = try fields(required: ["value", "low", "high", "unit", "evidence", "source"])
    let parameter = Parameter(
      value: try fields["value"].number(), low: try fields["low"].number(),
      high: try fields["high"].number(), unit: try fields["unit"].text(),
      source: try fields["source"].text(), evidence: try fields["evidence"].evidence())
    try checkRange(of: parameter, named: name)
    return parameter
  }

  /// A parameter in its short form `[value, low, high, evidence, source key]`, or in its long form
  /// with the unit that the field prescribes.
  func parameter(
    named name: String, unit: String, sources: [String: String]
  ) throws(CardError) -> Parameter {
    guard node.sequence != nil else {
      let parameter = try parameter(named: name)
      guard parameter.unit == unit else {
        throw .outOfRange(
          card: card, name: name, line: line,
          because: Phrase(
            zh: "单位应是“\(unit)”，却写了“\(parameter.unit)”。",
            en: "the unit has to be \(unit), not \(parameter.unit)."))
      }
      return parameter
    }
    let items = try list()
    guard items.count == 5 else {
      throw failure(
        zh: "\(name) 的简写应是 [值, 低, 高, 依据类别, 来源键] 五项。",
        en: "\(name) in short form is [value, low, high, evidence, source key], five items.")
    }
    let key = try items[4].text()
    guard let source = sources[key] else {
      throw failure(
        zh: "\(name) 的来源 \(key) 不在 sources 里，请补上来源。",
        en: "\(name): the source \(key) is not under sources; add it.")
    }
    let parameter = Parameter(
      value: try items[0].number(), low: try items[1].number(), high: try items[2].number(),
      unit: unit, source: source, evidence: try items[3].evidence())
    try checkRange(of: parameter, named: name)
    return parameter
  }

  private func checkRange(of parameter: Parameter, named name: String) throws(CardError) {
    guard parameter.low <= parameter.value, parameter.value <= parameter.high else {
      throw .outOfRange(
        card: card, name: name, line: line,
        because: Phrase(
          zh: "应有 low ≤ value ≤ high，却是 \(parameter.low)、\(parameter.value)、\(parameter.high)。",
          en:
            "low ≤ value ≤ high does not hold: \(parameter.low), \(parameter.value), \(parameter.high)."
        ))
    }
  }
}
