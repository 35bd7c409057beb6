import Atlas
import Testing

@testable import Linking

@Suite("before firms are compared")
struct SameFirmSieveTests {
  private struct Row {
    var name: String
    var place: String?
    var hasCode: Bool
  }

  private static let places = ["深圳市", "苏州市", "昆山市", "荣昌区", "大足区", "张家界市", "张家港市"]
  private static let pieces =
    places + [
      "深圳", "苏州", "重庆", "重庆市", "中国", "广西壮族自治区", "（", "）", "(", ")", "（深圳）", "(苏州市)", " ", "-", "兴达",
      "华鑫",
      "电子", "有限公司", "有限责任公司", "股份有限公司", "集团", "厂", "总厂", "公司", "有限合伙", "分公司", "合作社", "錦銅", "ＡＢ",
      "*",
    ]

  @Test("names taken apart on arrays are the names taken apart as texts")
  func names() {
    let plain = PlainFirmNameReader(places: Self.places)
    let reader = FirmNameReader(places: Self.places)
    var random = RandomTexts(seed: 3)
    var placed = 0
    for round in 0..<8000 {
      let pieces = round % 4 == 0 ? Self.pieces + RandomTexts.awkward : Self.pieces
      let name = random.text(of: pieces, upTo: 8)
      let found = reader.read(name)
      #expect(found == plain.read(name), "\(name.debugDescription)")
      if !found.places.isEmpty, !found.form.isEmpty { placed += 1 }
    }
    #expect(placed > 500)
  }

  /// The rule in plain words, on names taken apart as texts.
  private func plain(_ rows: [Row], _ reader: PlainFirmNameReader) -> [Int] {
    let names = rows.map { reader.read($0.name) }
    return rows.indices.filter { row in
      let twins = rows.indices.filter { $0 != row }
      if let place = rows[row].place {
        let seat = twins.filter { rows[$0].place == place && names[$0].core == names[row].core }
        if !seat.isEmpty, !rows[row].hasCode || seat.contains(where: { !rows[$0].hasCode }) {
          return true
        }
      }
      let named = twins.filter { names[$0].whole == names[row].whole }
      return !named.isEmpty
        && (rows[row].place == nil || named.contains { rows[$0].place == nil })
    }
  }

  @Test("the rows that are kept are those that the plain rule keeps", arguments: 0..<60)
  func random(seed: Int) {
    let plain = PlainFirmNameReader(places: Self.places)
    let reader = FirmNameReader(places: Self.places)
    var random = RandomTexts(seed: UInt64(seed))
    let withoutCode = [0.0, 0.1, 0.9][seed % 3]
    let withoutPlace = [0.0, 0.05, 0.5, 0.0][seed % 4]
    let rows = (0..<120).map { _ in
      Row(
        name: random.text(of: Self.pieces, upTo: 3),
        place: random.generator.uniform() < withoutPlace
          ? nil : ["500153", "440300", "320500"].randomElement(using: &random.generator),
        hasCode: random.generator.uniform() >= withoutCode)
    }
    var sieve = SameFirmSieve(reader: reader)
    for row in rows where row.place == nil || !row.hasCode {
      sieve.open(place: row.place, hasCode: row.hasCode)
    }
    let kept = self.plain(rows, plain)
    if sieve.isIdle {
      #expect(kept.isEmpty)
      return
    }
    for row in rows { sieve.add(name: row.name, place: row.place, hasCode: row.hasCode) }
    #expect(sieve.candidates() == kept)
  }

  @Test("a registry of firms with codes and places needs no name")
  func idle() {
    let sieve = SameFirmSieve(reader: FirmNameReader(places: []))
    #expect(sieve.isIdle && sieve.candidates().isEmpty)
  }
}
