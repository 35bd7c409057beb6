/// The letters and digits of a code as people type it: width and case folded, blanks, hyphens, dots
/// and invisible characters dropped; anything else is kept, so that it is seen to be wrong.
func foldCode(_ raw: String) -> String {
  var code = ""
  for scalar in raw.unicodeScalars {
    let value = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
    switch value {
    case 0...0x20, 0x2D, 0x2E, 0xA0, 0x2010...0x2015, 0x200B...0x200F, 0x202A...0x202E, 0x3000,
      0xFEFF:
      continue
    case 0x61...0x7A: code.unicodeScalars.append(Unicode.Scalar(UInt8(value - 0x20)))
    default: if let kept = Unicode.Scalar(value) { code.unicodeScalars.append(kept) }
    }
  }
  return code
}
