public import Atlas

/// What carrying goods costs: parameters, terminals and corridors, checked. 物流模型
public struct FreightModel: Sendable {
  /// Everything the card assumes, in the card's order of names; papers print it.
  public let parameters: ParameterTable
  public let terminals: [Terminal]
  public let corridors: [Corridor]
  private let values: [Parameter]
  /// By scenario, the number of every parameter in the order of its cases.
  private let numbers: ByScenario<[Double]>

  /// - Throws: `CardError` naming the first parameter that is missing, unknown or out of range, or
  ///   the first terminal or corridor that cannot be used.
  public init(
    parameters: ParameterTable, terminals: [Terminal], corridors: [Corridor]
  ) throws(CardError) {
    var values: [Parameter] = []
    for name in FreightParameter.allCases {
      let parameter = try parameters.require(name.name)
      try FreightModel.check(parameter, name: name.name, of: parameters)
      values.append(parameter)
    }
    try parameters.refuseUnknown(known: Set(FreightParameter.allCases.map(\.name)))
    self.values = values
    numbers = ByScenario { scenario in
      FreightParameter.allCases.map { name in
        let parameter = values[name.rawValue]
        return switch (scenario, name.cheapensFreight) {
        case (.base, _): parameter.value
        case (.low, false), (.high, true): parameter.low
        case (.low, true), (.high, false): parameter.high
        }
      }
    }
    self.parameters = parameters
    self.terminals = terminals
    self.corridors = corridors
    try checkTerminals()
    try checkCorridors()
  }

  /// The parameter of a name.
  public subscript(name: FreightParameter) -> Parameter { values[name.rawValue] }

  /// The number used in a scenario: the cheap end of its range under `.low`, the dear under `.high`.
  public func value(_ name: FreightParameter, _ scenario: Scenario) -> Double {
    numbers[scenario][name.rawValue]
  }

  /// Capital and loss per day, plus what a day's delay costs a time-sensitive cargo; share of value.
  func holdingPerDay(_ scenario: Scenario) -> Double {
    (value(.capitalRate, scenario) + value(.lossInsuranceRate, scenario)) / 365
      + value(.timeSensitivity, scenario) / 100
  }

  /// The same model with some parameters replaced: sensitivities and what-if questions.
  public func replacing(
    _ changes: [(name: FreightParameter, parameter: Parameter)]
  ) throws(CardError) -> FreightModel {
    var entries = parameters.entries
    for change in changes {
      if let row = entries.firstIndex(where: { $0.name == change.name.name }) {
        entries[row].parameter = change.parameter
      }
    }
    return try FreightModel(
      parameters: ParameterTable(card: parameters.card, entries: entries),
      terminals: terminals, corridors: corridors)
  }

  /// Foreign terminals as places, one per code, so that a lane may start or end at them. 境外口岸
  public var gateways: [Places.Entry] {
    var seen: Set<String> = []
    return terminals.filter { terminal in
      !Territory(code: terminal.placeCode).isDomestic && seen.insert(terminal.placeCode).inserted
    }.map {
      Places.Entry(code: $0.placeCode, name: $0.name, level: .prefecture, position: $0.position)
    }
  }

  /// True when a plant's logistics cost is too large a part of its revenue to be believed.
  ///
  /// - Parameters:
  ///   - cost: total logistics cost, in the unit of `revenue`.
  ///   - revenue: of the plant; a plant without revenue is not judged.
  public func isImplausible(cost: Double, revenue: Double) -> Bool {
    revenue > 0 && cost / revenue * 100 > self[.tlcFlagShare].value
  }

  private static func check(
    _ parameter: Parameter, name: String, of table: ParameterTable
  ) throws(CardError) {
    let line = table.entries.first { $0.name == name }?.line ?? 0
    guard parameter.low.isFinite, parameter.value.isFinite, parameter.high.isFinite else {
      throw .outOfRange(
        card: table.card, name: name, line: line,
        because: Phrase(zh: "不是有限的数。", en: "not a finite number."))
    }
    guard parameter.low <= parameter.value, parameter.value <= parameter.high else {
      throw .outOfRange(
        card: table.card, name: name, line: line,
        because: Phrase(zh: "应当 low ≤ value ≤ high。", en: "low ≤ value ≤ high must hold."))
    }
    let divides: Set<String> = [
      "truckSpeed", "railSpeed", "waterSpeed", "oceanSpeed", "tonnesPerTeu", "tonnesPerFeu",
      "truckTonnes",
    ]
    if parameter.low < 0 || (divides.contains(name) && parameter.low == 0) {
      throw .outOfRange(
        card: table.card, name: name, line: line,
        because: Phrase(zh: "不能为负，速度和装载量不能为零。", en: "negative, or a zero speed or load."))
    }
  }

  private func checkTerminals() throws(CardError) {
    var seen: Set<String> = []
    for terminal in terminals where !seen.insert(terminal.id).inserted {
      throw .malformed(
        card: parameters.card, line: 0,
        because: Phrase(
          zh: "场站 \(terminal.id) 出现两次：请删去一行。",
          en: "terminal \(terminal.id) appears twice: delete one row."))
    }
  }

  private func checkCorridors() throws(CardError) {
    let known = Set(terminals.map(\.id))
    for corridor in corridors {
      for stop in corridor.stops {
        guard known.contains(Terminal.id(corridor.mode, stop.terminal)), stop.km.isFinite else {
          throw .malformed(
            card: parameters.card, line: 0,
            because: Phrase(
              zh: "通道 \(corridor.id) 的站点 \(stop.terminal) 不在场站表中（方式 \(corridor.mode.rawValue)）。",
              en:
                "corridor \(corridor.id): stop \(stop.terminal) is no \(corridor.mode.rawValue) terminal."
            ))
        }
      }
    }
  }
}

/// Where cargo changes between road and another mode. 场站
public struct Terminal: Sendable, Hashable {
  public let name: String
  /// The other mode: rail, water, ocean or air.
  public let mode: Mode
  /// Code of the place it lies in; a foreign terminal has a code that is no Chinese division code.
  public let placeCode: String
  public let position: Position
  public let source: String

  public init(name: String, mode: Mode, placeCode: String, position: Position, source: String) {
    precondition(mode != .road && mode != .transfer, "a terminal serves a mode other than road")
    self.name = name
    self.mode = mode
    self.placeCode = placeCode
    self.position = position
    self.source = source
  }

  /// One terminal per name and mode; the same name under two modes is one yard.
  public var id: String { Terminal.id(mode, name) }
  static func id(_ mode: Mode, _ name: String) -> String { "\(mode.rawValue):\(name)" }
}

/// A line of terminals with distances of its own: a river, a train service, a sea route. 通道
public struct Corridor: Sendable, Hashable {
  public let id: String
  public let name: Phrase
  public let mode: Mode
  /// In order of `km` from the first stop.
  public let stops: [Stop]
  /// Yuan per tonne-km; nil for the mode's own.
  public let rate: Parameter?
  /// Yuan per tonne and trip; nil for the mode's own.
  public let fixed: Parameter?
  /// Multiplies rate and fixed part.
  public let factor: Parameter?
  /// US dollars per 40-foot box and trip; goes before rate and fixed part.
  public let dollarsPerFeu: Parameter?
  /// Days of the whole trip; goes before speed and terminal days.
  public let tripDays: Parameter?
  /// Km per day; nil for the mode's own.
  public let speed: Parameter?
  /// Days per trip besides sailing or running; nil for the mode's own.
  public let terminalDays: Parameter?
  public let waits: [Wait]
  public let source: String

  /// A terminal on the corridor.
  public struct Stop: Sendable, Hashable {
    public let terminal: String
    public let km: Double
    public init(terminal: String, km: Double) {
      self.terminal = terminal
      self.km = km
    }
  }

  /// Waiting at a lock or a border that a trip passes, in hours.
  public struct Wait: Sendable, Hashable {
    public let name: Phrase
    public let km: Double
    public let hours: Parameter
    public init(name: Phrase, km: Double, hours: Parameter) {
      self.name = name
      self.km = km
      self.hours = hours
    }
  }

  public init(
    id: String, name: Phrase, mode: Mode, stops: [Stop], rate: Parameter? = nil,
    fixed: Parameter? = nil, factor: Parameter? = nil, dollarsPerFeu: Parameter? = nil,
    tripDays: Parameter? = nil, speed: Parameter? = nil,
    terminalDays: Parameter? = nil, waits: [Wait] = [], source: String
  ) {
    self.id = id
    self.name = name
    self.mode = mode
    self.stops = stops
    self.rate = rate
    self.fixed = fixed
    self.factor = factor
    self.dollarsPerFeu = dollarsPerFeu
    self.tripDays = tripDays
    self.speed = speed
    self.terminalDays = terminalDays
    self.waits = waits
    self.source = source
  }
}
