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
    var digits = 0
    var suspicious = false
    for byte in cell {
      if (0x30...0x39).contains(byte) {
        digits += 1
        if digits >= 7 { suspicious = true }
      } else if byte == 0x40 {
        suspicious = true
      } else if byte != 0x2D, byte != 0x20 {
        digits = 0
      }
    }
    guard suspicious else { return nil }
    var bytes = Array(cell)
    var changed = false
    func blackOut(_ range: Range<Int>) {
      for index in range { bytes[index] = 0x2A }
      changed = true
    }
    func isDigit(_ index: Int) -> Bool {
      index >= 0 && index < bytes.count && (0x30...0x39).contains(bytes[index])
    }
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x40 {
        var start = index
        while start > 0, isMailByte(bytes[start - 1]) { start -= 1 }
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
      var end = index
      var positions: [Int] = []
      while end < bytes.count,
        isDigit(end) || ((bytes[end] == 0x2D || bytes[end] == 0x20) && isDigit(end + 1))
      {
        if isDigit(end) { positions.append(end) }
        end += 1
      }
      let number = positions.map { bytes[$0] }
      let precedesLetter = index > 0 && isLetter(bytes[index - 1])
      let followedByX = end < bytes.count && (bytes[end] == 0x58 || bytes[end] == 0x78)
      if !precedesLetter,
        isPersonalNumber(number, followedByX: followedByX, isBroken: end - index > number.count)
      {
        blackOut(index..<(number.count == 17 ? end + 1 : end))
      }
      index = end
    }
    return changed ? bytes : nil
  }

  /// A mobile number, an identity number, or a landline with its area code.
  private static func isPersonalNumber(_ number: [UInt8], followedByX: Bool, isBroken: Bool) -> Bool
  {
    switch number.count {
    case 11:
      if number[0] == 0x31, number[1] >= 0x33 { return true }
      return number[0] == 0x30 && isBroken
    case 10, 12: return number[0] == 0x30 && isBroken
    case 13: return number.starts(with: [0x38, 0x36, 0x31])
    case 17: return followedByX && (0x31...0x38).contains(number[0])
    case 18:
      // Six digits of place, a birthday of 19xx or 20xx.
      return (number[6] == 0x31 && number[7] == 0x39) || (number[6] == 0x32 && number[7] == 0x30)
    default: return false
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
