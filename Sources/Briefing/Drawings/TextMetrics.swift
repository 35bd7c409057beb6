/// How wide a line of text is in the font of the papers, so that no text leaves its box. 字宽
///
/// Units: widths in em thousandths; multiply by the font size.
/// Source: advance widths (`hmtx`) of Noto Sans CJK SC 2.004, Regular and Bold, read with
/// fontTools; Han, kana and fullwidth marks are exactly 1 em. What is not in the tables counts as
/// 1 em, a few wide signs as more: a text is never taken for narrower than it prints.
public enum TextMetrics {
  public enum Weight: String, Sendable, Hashable { case regular, bold }

  /// Ascent and descent that a line needs, in em; the font's own are larger by the line gap.
  public static let ascent = 0.88
  public static let descent = 0.24

  /// The width of a line at `size`, in the unit of `size`.
  public static func width(_ text: String, size: Double, weight: Weight = .regular) -> Double {
    var thousandths = 0
    for scalar in text.unicodeScalars { thousandths += advance(scalar.value, weight) }
    return Double(thousandths) * size / 1000
  }

  private static func advance(_ code: UInt32, _ weight: Weight) -> Int {
    let isBold = weight == .bold
    switch code {
    case 0x20...0x7E: return (isBold ? boldASCII : regularASCII)[Int(code - 0x20)]
    case 0xA0...0xFF: return (isBold ? boldLatin : regularLatin)[Int(code - 0xA0)]
    case 0x2012, 0x2013: return isBold ? 544 : 536
    case 0x2014: return isBold ? 908 : 894
    case 0x2212: return isBold ? 590 : 555
    case 0x2011: return isBold ? 370 : 347
    case 0x0300...0x036F, 0x200B...0x200F: return 0
    case 0x0400...0x04FF, 0x2116, 0xFB00...0xFB06: return 1100
    case 0x2E3A: return 1702
    case 0x2E3B: return 2496
    default: return 1000
    }
  }

  private static let regularASCII: [Int] = [
    224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392, 555, 555, 555,
    555, 555, 555, 555, 555, 555, 555, 278, 278, 555, 555, 555, 474, 946, 608, 657, 638, 688, 589,
    552, 689, 728, 293, 535, 646, 543, 812, 723, 742, 633, 742, 635, 596, 599, 721, 575, 878, 573,
    531, 603, 338, 392, 338, 555, 559, 606, 563, 618, 510, 620, 554, 325, 564, 607, 275, 275, 552,
    284, 926, 610, 606, 620, 620, 388, 468, 377, 607, 521, 802, 498, 521, 475, 338, 270, 338, 555,
  ]
  private static let boldASCII: [Int] = [
    227, 370, 574, 590, 590, 963, 740, 325, 378, 378, 507, 590, 325, 370, 325, 387, 590, 590, 590,
    590, 590, 590, 590, 590, 590, 590, 325, 325, 590, 590, 590, 514, 1007, 641, 681, 656, 714,
    615, 585, 717, 757, 330, 568, 686, 578, 853, 749, 770, 667, 770, 682, 624, 625, 748, 619, 915,
    627, 580, 613, 378, 387, 378, 590, 567, 626, 591, 644, 527, 644, 581, 372, 597, 640, 304, 306,
    604, 315, 964, 641, 626, 644, 644, 436, 495, 421, 637, 576, 863, 562, 574, 511, 378, 296, 378,
    590,
  ]
  private static let regularLatin: [Int] = [
    224, 323, 555, 555, 555, 555, 270, 1000, 606, 832, 386, 479, 555, 347, 473, 606, 370, 1000,
    411, 411, 606, 628, 1000, 1000, 606, 411, 407, 479, 873, 903, 889, 474, 608, 608, 608, 608,
    608, 608, 918, 638, 589, 589, 589, 589, 293, 293, 293, 293, 712, 723, 742, 742, 742, 742, 742,
    1000, 742, 721, 721, 721, 721, 531, 652, 643, 563, 563, 563, 563, 563, 563, 877, 510, 554,
    554, 554, 554, 275, 275, 275, 275, 608, 610, 606, 606, 606, 606, 606, 1000, 606, 607, 607,
    607, 607, 521, 620, 521,
  ]
  private static let boldLatin: [Int] = [
    227, 370, 590, 590, 590, 590, 296, 1000, 626, 849, 403, 529, 590, 370, 513, 626, 404, 1000,
    424, 424, 626, 664, 1000, 1000, 626, 424, 420, 529, 909, 948, 921, 514, 641, 641, 641, 641,
    641, 641, 951, 656, 615, 615, 615, 615, 330, 330, 330, 330, 742, 749, 770, 770, 770, 770, 770,
    1000, 770, 748, 748, 748, 748, 580, 690, 700, 591, 591, 591, 591, 591, 591, 891, 527, 581,
    581, 581, 581, 304, 304, 304, 304, 630, 641, 626, 626, 626, 626, 626, 1000, 626, 637, 637,
    637, 637, 574, 644, 574,
  ]
}
