import Atlas

/// How a leg of a trip is travelled. 交通方式
public enum VisitMode: String, Sendable, Codable, CaseIterable {
  case road, rail, air

  public var label: Phrase {
    switch self {
    case .road: Phrase(zh: "公路", en: "road")
    case .rail: Phrase(zh: "高铁", en: "rail")
    case .air: Phrase(zh: "飞机", en: "air")
    }
  }
}

/// One way from a place to another. 路段
public struct VisitLeg: Sendable, Equatable {
  /// Rows of `Places`.
  public let from: Int
  public let to: Int
  public let mode: VisitMode
  /// Great circle.
  public let km: Double
  /// Without the buffer.
  public let minutes: Double
}

/// The assumed numbers of a trip, read from its card. 行程参数
///
/// Units: minutes, and minutes after midnight.
public struct VisitRules: Sendable, Equatable {
  public let table: ParameterTable
  public let citySpeed, roadSpeed, roadCircuity, railSpeed, railAccess, railFrom: Double
  public let airSpeed, airAccess, airFrom, nextDoor, buffer, service: Double
  public let opens, closes, lunchFrom, lunchTo, setsOff, isHome, eveningTravel: Double
  public let segmentFactor: Double
  public let perDay, restDays: Int

  /// Throws: when the card lacks a number or has one that nobody knows.
  public init(_ table: ParameterTable) throws(CardError) {
    func value(_ name: String) throws(CardError) -> Double { try table.require(name).value }
    self.table = table
    citySpeed = try value("citySpeed")
    roadSpeed = try value("roadSpeed")
    roadCircuity = try value("roadCircuity")
    railSpeed = try value("railSpeed")
    railAccess = try value("railAccess")
    railFrom = try value("railFrom")
    airSpeed = try value("airSpeed")
    airAccess = try value("airAccess")
    airFrom = try value("airFrom")
    nextDoor = try value("nextDoor")
    buffer = try value("buffer")
    service = try value("service")
    opens = try value("opens")
    closes = try value("closes")
    lunchFrom = try value("lunchFrom")
    lunchTo = try value("lunchTo")
    setsOff = try value("setsOff")
    isHome = try value("isHome")
    eveningTravel = try value("eveningTravel")
    segmentFactor = try value("segmentFactor")
    perDay = Int(try value("perDay"))
    restDays = Int(try value("restDays"))
    for (name, speed) in [
      ("citySpeed", citySpeed), ("roadSpeed", roadSpeed), ("railSpeed", railSpeed),
      ("airSpeed", airSpeed),
    ] where speed <= 0 {
      throw .outOfRange(
        card: table.card, name: name, line: 0,
        because: Phrase(zh: "速度须大于零。", en: "a speed is above zero."))
    }
    try table.refuseUnknown(known: [
      "citySpeed", "roadSpeed", "roadCircuity", "railSpeed", "railAccess", "railFrom", "airSpeed",
      "airAccess", "airFrom", "nextDoor", "buffer", "service", "opens", "closes", "lunchFrom",
      "lunchTo", "setsOff", "isHome", "eveningTravel", "perDay", "segmentFactor", "restDays",
    ])
  }

  /// The fastest way between two places; nil when the position of one is unknown.
  public func leg(from: Int, to: Int, _ places: Places) -> VisitLeg? {
    guard from != to else {
      return VisitLeg(from: from, to: to, mode: .road, km: 0, minutes: nextDoor)
    }
    guard let start = VisitRules.position(of: from, places),
      let end = VisitRules.position(of: to, places)
    else { return nil }
    let km = start.greatCircleKm(to: end)
    let speed = places.prefecture(of: from) == places.prefecture(of: to) ? citySpeed : roadSpeed
    var best = VisitLeg(
      from: from, to: to, mode: .road, km: km,
      minutes: max(nextDoor, km * roadCircuity / speed * 60))
    for (mode, least, speed, access) in [
      (VisitMode.rail, railFrom, railSpeed, railAccess), (.air, airFrom, airSpeed, airAccess),
    ] where km > least {
      let minutes = km / speed * 60 + access
      if minutes < best.minutes {
        best = VisitLeg(from: from, to: to, mode: mode, km: km, minutes: minutes)
      }
    }
    return best
  }

  /// A place's position, or that of the nearest place around it that has one.
  static func position(of row: Int, _ places: Places) -> Position? {
    var current = row
    while places.position[current] == nil {
      let up = Int(places.parent[current])
      if up == current { return nil }
      current = up
    }
    return places.position[current]
  }
}
