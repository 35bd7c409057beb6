/// Headers that hold natural persons or their contacts: such columns are dropped before anything
/// is written, in whatever file they occur. 个人信息列
///
/// Source: contract.md section 4; Personal Information Protection Law, article 6 (least scope).
enum PersonalColumns {
  private static let fragments = [
    "法定代表", "法人代表", "法人姓名", "法人电话", "负责人", "联系人", "联系方式", "电话", "手机", "邮箱", "邮件", "传真", "微信",
    "经营者", "投资人", "董事长", "总经理", "董秘", "秘书", "姓名", "身份证", "证件号", "高管", "股东", "监事", "董事", "住址",
    "opername", "operinfo", "contactnumber", "tellist", "emaillist", "email", "e-mail", "mobile",
    "phone", "telephone", "chairman", "manager", "secretary", "legalperson", "legal_person",
    "idcard", "id_card", "contactperson", "contact_person", "wechat",
  ]
  private static let whole = ["法人", "tel", "fax", "qq", "contact", "联系"]

  static func contains(_ header: String) -> Bool {
    let plain = header.lowercased().filter { !$0.isWhitespace }
    return whole.contains(plain) || fragments.contains { plain.contains($0) }
  }

  /// The text with telephone numbers, identity numbers and mail addresses blacked out.
  ///
  /// - Returns: nil when there was nothing to black out.
  static func redacted(_ cell: CellBytes) -> [UInt8]? {
    guard mayHoldPerson(cell) else { return nil }
    var bytes = Array(cell)
    return redact(&bytes, from: 0) ? bytes : nil
  }

  /// False for a text without a mail sign and without seven digits in a row, blanks and hyphens
  /// between them not counted: most cells.
  static func mayHoldPerson(_ cell: CellBytes) -> Bool {
    var digits = 0
    for byte in cell {
      if (0x30...0x39).contains(byte) {
        digits += 1
        if digits >= 7 { return true }
      } else if byte == 0x40 {
        return true
      } else if byte != 0x2D, byte != 0x20 {
        digits = 0
      }
    }
    return false
  }

  /// Blacks out telephone numbers, identity numbers and mail addresses of a text that begins at `first`.
  ///
  /// - Returns: true when there was any.
  static func redact(_ bytes: inout [UInt8], from first: Int) -> Bool {
    var changed = false
    func isDigit(_ index: Int) -> Bool {
      index >= first && index < bytes.count && (0x30...0x39).contains(bytes[index])
    }
    func blackOut(_ range: Range<Int>) {
      for index in range { bytes[index] = 0x2A }
      changed = true
    }
    var index = first
    while index < bytes.count {
      if bytes[index] == 0x40 {
        var start = index
        while start > first, isMailByte(bytes[start - 1]) { start -= 1 }
        var end = index + 1
        while end < bytes.count, isMailByte(bytes[end]) { end += 1 }
        if start < index, end > index + 1 { blackOut(start..<end) }
        index = max(end, index + 1)
        continue
      }
      guard isDigit(index), !isDigit(index - 1) else {
        index += 1
        continue
      }
      var number = LongNumber()
      var end = index
      while end < bytes.count,
        isDigit(end) || ((bytes[end] == 0x2D || bytes[end] == 0x20) && isDigit(end + 1))
      {
        if isDigit(end) { number.append(bytes[end]) }
        end += 1
      }
      let precedesLetter = index > first && isLetter(bytes[index - 1])
      let followedByX = end < bytes.count && (bytes[end] == 0x58 || bytes[end] == 0x78)
      if !precedesLetter,
        number.isPersonal(followedByX: followedByX, isBroken: end - index > number.count)
      {
        blackOut(index..<(number.count == 17 ? end + 1 : end))
      }
      index = end
    }
    return changed
  }

  /// How long a number is, and its first eight digits.
  private struct LongNumber {
    private(set) var count = 0
    private var head: UInt64 = 0

    mutating func append(_ digit: UInt8) {
      if count < 8 { head |= UInt64(digit) << UInt64(8 * count) }
      count += 1
    }

    private func digit(_ place: Int) -> UInt8 {
      UInt8(truncatingIfNeeded: head >> UInt64(8 * place))
    }

    /// A mobile number, an identity number, or a landline with its area code.
    func isPersonal(followedByX: Bool, isBroken: Bool) -> Bool {
      switch count {
      case 11:
        if digit(0) == 0x31, digit(1) >= 0x33 { return true }
        return digit(0) == 0x30 && isBroken
      case 10, 12: return digit(0) == 0x30 && isBroken
      case 13: return digit(0) == 0x38 && digit(1) == 0x36 && digit(2) == 0x31
      case 17: return followedByX && (0x31...0x38).contains(digit(0))
      case 18:
        // Six digits of place, a birthday of 19xx or 20xx.
        return (digit(6) == 0x31 && digit(7) == 0x39) || (digit(6) == 0x32 && digit(7) == 0x30)
      default: return false
      }
    }
  }

  private static func isMailByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || (0x30...0x39).contains(byte) || byte == 0x2E || byte == 0x2D || byte == 0x5F
      || byte == 0x2B
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
