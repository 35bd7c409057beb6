/// A stock of a mainland exchange, however it was written. 股票代码
public struct StockCode: Sendable, Hashable {
  /// Six digits.
  public let digits: String
  /// SH, SZ or BJ.
  public let exchange: Exchange

  /// 交易所
  public enum Exchange: String, Sendable, Codable {
    case shanghai = "SH"
    case shenzhen = "SZ"
    case beijing = "BJ"
  }

  /// Reads 600373SH, 600373.SH, sh600373, 600373; a bare number gets the exchange of its range.
  ///
  /// - Returns: nil when the text is no such code, or its exchange contradicts its number.
  public init?(_ raw: String) {
    let text = foldCode(raw)
    let digits = text.filter(\.isNumber)
    guard digits.count == 6, text.contains(digits), let natural = Self.exchange(of: digits) else {
      return nil
    }
    let letters = text.filter(\.isLetter)
    let stated: Exchange? =
      switch letters {
      case "SH", "SS", "XSHG", "SSE": .shanghai
      case "SZ", "XSHE", "SZSE": .shenzhen
      case "BJ", "BSE": .beijing
      default: nil
      }
    guard letters.isEmpty || stated == natural else { return nil }
    self.digits = digits
    exchange = natural
  }

  /// 600373SH, the form that is compared.
  public var text: String { digits + exchange.rawValue }

  private static func exchange(of digits: String) -> Exchange? {
    switch digits.prefix(1) {
    case "6": .shanghai
    case "9": digits.hasPrefix("92") ? .beijing : .shanghai
    case "0", "2", "3": .shenzhen
    case "4", "8": .beijing
    default: nil
    }
  }
}
