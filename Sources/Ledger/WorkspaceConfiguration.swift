public import Atlas

/// `bulian.yaml`: the district, what it leads, whom it competes with, how it speaks. 工作区配置
public struct WorkspaceConfiguration: Sendable, Equatable {
  /// An office-made place: a development zone with a parent. 开发区
  public struct Zone: Sendable, Equatable {
    public var code: String
    public var name: String
    public var parent: String
    public var longitude: Double
    public var latitude: Double

    public init(code: String, name: String, parent: String, longitude: Double, latitude: Double) {
      self.code = code
      self.name = name
      self.parent = parent
      self.longitude = longitude
      self.latitude = latitude
    }
  }

  /// A chain that the district leads, and the role of its chief; never a person's name.
  public struct Lead: Sendable, Equatable {
    public var chain: String
    public var chief: String

    public init(chain: String, chief: String) {
      self.chain = chain
      self.chief = chief
    }
  }

  /// Name of the district as printed.
  public var name: String
  /// Codes of the places that make up the district.
  public var home: [String]
  public var zones: [Zone]
  public var leads: [Lead]
  /// Codes of rival places.
  public var rivals: [String]
  public var language: Language
  /// True when the workspace holds illustrative data.
  public var isSample: Bool
  /// Names of the cards to use, by room: `choice`, `freight`, `labour`.
  public var cards: [Card]
  /// Formats of papers, such as `html`, `pdf`, `docx`, `json`.
  public var formats: [String]
  /// Folder of the office's own print templates, in the workspace; nil for those of the models.
  public var templates: String?

  /// How the unattended night behaves.
  public var night = Night()

  /// What the unattended night keeps, when it calls data old, whom to call. 夜批设置
  public struct Night: Sendable, Equatable {
    /// Deliveries and backups that are kept.
    public var keep = 14
    /// Days after which a source counts as old.
    public var staleDays = 90
    /// Whom to call, as printed in STATUS.txt; an office, never a person.
    public var contact = ""
    /// A shell command that is run when the night fails; empty for none.
    public var onFailure = ""

    public init() {}
  }

  /// The card of one room. 卡片
  public struct Card: Sendable, Equatable {
    public var room: String
    public var name: String

    public init(room: String, name: String) {
      self.room = room
      self.name = name
    }
  }

  public init(
    name: String, home: [String], zones: [Zone] = [], leads: [Lead] = [], rivals: [String] = [],
    language: Language = .zhHans, isSample: Bool = false, cards: [Card] = [],
    formats: [String] = ["html", "pdf"]
  ) {
    self.name = name
    self.home = home
    self.zones = zones
    self.leads = leads
    self.rivals = rivals
    self.language = language
    self.isSample = isSample
    self.cards = cards
    self.formats = formats
  }

  /// The office-made places as entries of the gazetteer.
  public var zoneEntries: [Places.Entry] {
    zones.map {
      Places.Entry(
        code: $0.code, name: $0.name, level: .zone, parent: $0.parent,
        position: Position(longitude: $0.longitude, latitude: $0.latitude))
    }
  }

  /// Reads the text of a `bulian.yaml`.
  /// - Throws: `BL0224` with file and line; unknown keys are refused.
  public init(yaml text: String, file: String = "bulian.yaml") throws(LedgerError) {
    let map = try YamlMap(text: text, file: file)
    try map.refuseUnknown([
      "name", "home", "zones", "leads", "rivals", "language", "sample", "cards", "formats",
      "night", "templates",
    ])
    name = try map.requireString("name")
    home = try map.strings("home") ?? []
    guard !home.isEmpty else {
      throw .profile(
        file, line: map.line, zh: "home 要列出本区的地点代码", en: "home must list the codes of the district")
    }
    rivals = try map.strings("rivals") ?? []
    formats = try map.strings("formats") ?? ["html", "pdf"]
    isSample = try map.flag("sample") ?? false
    templates = map.string("templates")
    let word = map.string("language") ?? "zh-Hans"
    guard let language = Language(rawValue: word) else {
      throw .profile(
        file, line: map.line(of: "language"), zh: "语言只能是 zh-Hans 或 en",
        en: "language is zh-Hans or en")
    }
    self.language = language
    zones = []
    for zone in try map.maps("zones") {
      try zone.refuseUnknown(["code", "name", "parent", "longitude", "latitude"])
      guard let longitude = try zone.number("longitude"),
        let latitude = try zone.number("latitude"),
        Position(longitude: longitude, latitude: latitude) != nil
      else {
        throw .profile(
          file, line: zone.line, zh: "开发区需要经度和纬度", en: "a zone needs longitude and latitude")
      }
      zones.append(
        Zone(
          code: try zone.requireString("code"), name: try zone.requireString("name"),
          parent: try zone.requireString("parent"), longitude: longitude, latitude: latitude))
    }
    leads = []
    for lead in try map.maps("leads") {
      try lead.refuseUnknown(["chain", "chief"])
      leads.append(
        Lead(chain: try lead.requireString("chain"), chief: lead.string("chief") ?? "链长"))
    }
    if let chosen = try map.map("night") {
      try chosen.refuseUnknown(["keep", "stale", "contact", "onFailure"])
      for (key, path) in [("keep", \Night.keep), ("stale", \Night.staleDays)] {
        guard let number = try chosen.number(key) else { continue }
        guard number >= 1, number <= 3650, number.rounded() == number else {
          throw .profile(
            file, line: chosen.line(of: key), zh: "night 的 \(key) 是 1 到 3650 的整数",
            en: "\(key) of night is a whole number from 1 to 3650")
        }
        night[keyPath: path] = Int(number)
      }
      night.contact = chosen.string("contact") ?? ""
      night.onFailure = chosen.string("onFailure") ?? ""
    }
    cards = []
    if let chosen = try map.map("cards") {
      for key in chosen.keys { cards.append(Card(room: key, name: chosen.string(key) ?? "")) }
    }
  }

  /// The text of a `bulian.yaml` that reads back as the same configuration.
  public var yaml: String {
    func quoted(_ text: String) -> String {
      "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
    }
    func list(_ items: [String]) -> String { "[" + items.map(quoted).joined(separator: ", ") + "]" }
    var lines = [
      "name: \(quoted(name))", "home: \(list(home))", "rivals: \(list(rivals))",
      "language: \(language.rawValue)", "sample: \(isSample)", "formats: \(list(formats))",
    ]
    if let templates { lines.append("templates: \(quoted(templates))") }
    if !leads.isEmpty {
      lines.append("leads:")
      for lead in leads {
        lines.append("  - {chain: \(quoted(lead.chain)), chief: \(quoted(lead.chief))}")
      }
    }
    if !zones.isEmpty {
      lines.append("zones:")
      for zone in zones {
        lines.append(
          "  - {code: \(quoted(zone.code)), name: \(quoted(zone.name)), parent: \(quoted(zone.parent)),"
            + " longitude: \(zone.longitude), latitude: \(zone.latitude)}")
      }
    }
    if night != Night() {
      lines.append(
        "night: {keep: \(night.keep), stale: \(night.staleDays), contact: \(quoted(night.contact)), onFailure: \(quoted(night.onFailure))}"
      )
    }
    if !cards.isEmpty {
      lines.append("cards:")
      for card in cards { lines.append("  \(quoted(card.room)): \(quoted(card.name))") }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
