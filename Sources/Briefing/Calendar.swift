import Atlas

/// A calendar file that phones and mail programs open. 日历
///
/// Source: RFC 5545. Lines end with CRLF and are folded at 75 octets; texts are escaped.
public struct Calendar: Sendable, Equatable {
  /// One appointment. 日程
  public struct Event: Sendable, Equatable {
    /// The same in every edition of a trip, so that an update replaces it.
    public let id: String
    public let title: String
    public let place: String
    public let text: String
    public let day: Day
    /// Minutes after midnight in Shanghai.
    public let from: Double
    public let to: Double

    public init(
      id: String, title: String, place: String, text: String, day: Day, from: Double, to: Double
    ) {
      self.id = id
      self.title = title
      self.place = place
      self.text = text
      self.day = day
      self.from = from
      self.to = to
    }
  }
  public var name: String
  /// When the calendar was made, as `20261123T020000Z`.
  public var stamp: String
  public var events: [Event]

  public init(name: String, stamp: String, events: [Event]) {
    self.name = name
    self.stamp = stamp
    self.events = events
  }

  /// The file.
  public var text: String {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Bulian//Visits//ZH", "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH", "X-WR-CALNAME:" + Calendar.escaped(name), "X-WR-TIMEZONE:Asia/Shanghai",
    ]
    for event in events {
      lines += [
        "BEGIN:VEVENT", "UID:" + event.id, "DTSTAMP:" + stamp,
        "DTSTART:" + Calendar.instant(event.day, event.from),
        "DTEND:" + Calendar.instant(event.day, event.to),
        "SUMMARY:" + Calendar.escaped(event.title), "LOCATION:" + Calendar.escaped(event.place),
        "DESCRIPTION:" + Calendar.escaped(event.text), "END:VEVENT",
      ]
    }
    lines.append("END:VCALENDAR")
    return lines.map { Calendar.folded($0) + "\r\n" }.joined()
  }

  /// A time in Shanghai as UTC; China keeps one offset of eight hours.
  static func instant(_ day: Day, _ minute: Double) -> String {
    var minutes = Int(minute.rounded()) - 8 * 60
    var day = day
    while minutes < 0 {
      minutes += 1440
      day = day.adding(days: -1)
    }
    while minutes >= 1440 {
      minutes -= 1440
      day = day.adding(days: 1)
    }
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return day.iso.filter { $0 != "-" } + "T" + two(minutes / 60) + two(minutes % 60) + "00Z"
  }

  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": out += "\\\\"
      case ";": out += "\\;"
      case ",": out += "\\,"
      case "\n": out += "\\n"
      case "\r": continue
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// No line is longer than 75 octets, and no character is cut.
  static func folded(_ line: String) -> String {
    var out = ""
    var octets = 0
    for scalar in line.unicodeScalars {
      let size = UTF8.width(scalar)
      if octets + size > 75 {
        out += "\r\n "
        octets = 1
      }
      out.unicodeScalars.append(scalar)
      octets += size
    }
    return out
  }
}
