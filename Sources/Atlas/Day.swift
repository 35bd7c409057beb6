/// A calendar day, counted from 1970-01-01 in the proleptic Gregorian calendar. 日期
public struct Day: Sendable, Hashable, Codable, Comparable {
  public let number: Int32

  public init(number: Int32) { self.number = number }

  /// The day of a year, month and day of month; nil when there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Day.length(of: month, in: year)
    else { return nil }
    // Days from civil (Howard Hinnant, "chrono-compatible low-level date algorithms").
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// Reads `2026-11-23`, `2026/11/23`, `20261123`, `2026年11月23日`; a month alone is its first day.
  public init?(_ text: some StringProtocol) {
    var parts: [Int] = []
    var digits = ""
    for character in text {
      if character.isASCII, character.isNumber {
        digits.append(character)
      } else if ["-", "/", ".", "年", "月", "日"].contains(character) {
        if !digits.isEmpty, let value = Int(digits) { parts.append(value) }
        digits = ""
      } else {
        return nil
      }
    }
    if !digits.isEmpty, let value = Int(digits) { parts.append(value) }
    if parts.count == 1, digits.count == 8 {
      parts = [parts[0] / 10_000, parts[0] / 100 % 100, parts[0] % 100]
    }
    guard parts.count == 2 || parts.count == 3, parts[0] >= 1000 else { return nil }
    self.init(year: parts[0], month: parts[1], day: parts.count == 3 ? parts[2] : 1)
  }

  /// Reads `2026-11-23` as bytes, and nothing else: for columns of a million days.
  public init?(iso bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else {
      return nil
    }
    func number(_ range: Range<Int>) -> Int? {
      var number = 0
      for position in range {
        guard (0x30...0x39).contains(bytes[position]) else { return nil }
        number = number * 10 + Int(bytes[position] - 0x30)
      }
      return number
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else {
      return nil
    }
    self.init(year: year, month: month, day: day)
  }

  public var civil: (year: Int, month: Int, day: Int) {
    let z = Int(number) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// The day as `2026-11-23`.
  public var iso: String {
    let (year, month, day) = civil
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let digits = String(year)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      + "-" + two(month) + "-" + two(day)
  }

  public func adding(days: Int) -> Day { Day(number: number + Int32(days)) }

  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }
  public static func - (left: Day, right: Day) -> Int { Int(left.number) - Int(right.number) }

  private static func length(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
