/// A number without decimals and with thousands separators, for sentences. 整数写法
public func whole(_ value: Double) -> String {
  let rounded = value.rounded()
  guard abs(rounded) < 9e15 else { return "\(rounded)" }
  let digits = String(Int64(abs(rounded)))
  var grouped = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { grouped.append(",") }
    grouped.append(digit)
  }
  return (rounded < 0 ? "-" : "") + grouped
}

/// A number with one decimal, for sentences. 一位小数
func oneDecimal(_ value: Double) -> String {
  let tenths = Int64((abs(value) * 10).rounded())
  return (value < 0 && tenths != 0 ? "-" : "") + "\(tenths / 10).\(tenths % 10)"
}
