import Atlas
import Testing

@testable import Linking

@Suite struct CreditCodeTests {
  /// A valid code made from its first eight characters and an organisation body, by the standard.
  private func code(_ head: String, _ body: String) -> String {
    let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
    let weights = [3, 7, 9, 10, 5, 8, 4, 2]
    let letters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    var sum = 0
    for (character, weight) in zip(body, weights) {
      sum += (letters.firstIndex(of: character) ?? 0) * weight
    }
    let rest = 11 - sum % 11
    let organisation = body + (rest == 10 ? "X" : rest == 11 ? "0" : String(rest))
    let all = head + organisation
    var total = 0
    var power = 1
    for character in all {
      total += (alphabet.firstIndex(of: character) ?? 0) * power
      power = power * 3 % 31
    }
    return all + String(alphabet[(31 - total % 31) % 31])
  }

  @Test(
    "codes printed in public documents check",
    arguments: ["91350100M000100Y43", "91110000600037341L", "91440300708461136T"])
  func published(text: String) {
    #expect(CreditCode(text) != nil, "\(CreditCode.check(text))")
  }

  @Test("a code survives blanks, width and case, and says its place and organisation")
  func typed() throws {
    let plain = code("91440300", "MA5D1234")
    let read = try #require(CreditCode(" \(plain.lowercased().prefix(9)) \(plain.dropFirst(9))"))
    #expect(read.text == plain)
    #expect(read.place == "440300")
    #expect(read.organisation == String(plain.dropFirst(8).prefix(9)))
    #expect(OrganisationCode.isValid(read.organisation))
  }

  @Test("one wrong character anywhere is noticed")
  func wrong() {
    let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
    var generator = Generator(seed: 11)
    for round in 0..<200 {
      let body = (0..<8).map { _ in
        String(alphabet[Int.random(in: 0..<31, using: &generator)])
      }.joined()
      var text = Array(code("91500105", body))
      #expect(CreditCode(String(text)) != nil)
      let place = round % 18
      let other = alphabet[Int.random(in: 0..<31, using: &generator)]
      if other == text[place] { continue }
      text[place] = other
      #expect(CreditCode(String(text)) == nil)
    }
  }

  @Test("what is wrong is said")
  func said() {
    #expect(CreditCode.check("9144") == .wrongLength(4))
    #expect(CreditCode.check("9I440300708461136T") == .wrongCharacter("I"))
    #expect(CreditCode.check("91440300708461136A") == .wrongCheckDigit(expected: "T"))
  }
}

@Suite struct StockCodeTests {
  @Test(
    "a stock is the same however it is written",
    arguments: ["600373SH", "600373.SH", "sh600373", "600373", " ６００３７３ｓｈ ", "SH.600373"])
  func same(text: String) { #expect(StockCode(text)?.text == "600373SH") }

  @Test(
    "exchanges follow the number",
    arguments: [
      ("000001", "000001SZ"), ("300476", "300476SZ"), ("688700", "688700SH"),
      ("830799", "830799BJ"), ("920001", "920001BJ"),
    ])
  func exchange(text: String, whole: String) { #expect(StockCode(text)?.text == whole) }

  @Test(
    "what is no stock is not read",
    arguments: ["", "60037", "6003733", "600373SZ", "700001", "600373XX", "12SH3456"])
  func refused(text: String) { #expect(StockCode(text) == nil) }
}

@Suite struct FirmNameTests {
  let reader = FirmNameReader(places: ["深圳市", "东莞市", "苏州市", "昆山市", "大足区", "璧山区"])

  @Test(
    "brackets, width, traditional forms and legal forms do not matter",
    arguments: [
      ("深圳市某某电子有限公司", "某某电子"), ("深圳某某電子有限責任公司", "某某电子"), ("某某电子（深圳）有限公司", "某某电子"),
      ("某某电子(深圳)股份有限公司", "某某电子"), ("广东省东莞市某某电子厂", "某某电子"), ("某某电子集团有限公司", "某某电子"),
      ("重庆市璧山区某某电子有限公司", "某某电子"),
    ])
  func core(name: String, core: String) { #expect(reader.read(name).core == core) }

  @Test("a name that is nothing but a place keeps its words")
  func bare() {
    #expect(!reader.read("深圳有限公司").core.isEmpty)
    #expect(reader.read("").core == "")
  }

  @Test("a branch is known as a branch")
  func branch() { #expect(reader.read("某某电子有限公司苏州分公司").isBranch) }
}

@Suite struct SameFirmTests {
  let reader = FirmNameReader(places: ["深圳市", "苏州市"])

  private func row(
    _ id: Int64, _ name: String, credit: String? = nil, stock: String? = nil, place: Int32? = nil
  ) -> FirmIdentity {
    FirmIdentity(id: id, name: name, creditCode: credit, stockCode: stock, place: place)
  }

  @Test("a credit code joins different names; a wrong one joins nothing")
  func credit() {
    let good = "91440300708461136T"
    let same = findSameFirms([row(1, "甲甲电子", credit: good), row(2, "乙", credit: good)], reader: reader)
    #expect(same.merges == [FirmMerge(kept: 1, merged: 2, reason: .sameCreditCode)])
    let bad = "914403007084611360"
    #expect(
      findSameFirms([row(1, "甲", credit: bad), row(2, "乙", credit: bad)], reader: reader).merges
        .isEmpty)
  }

  @Test("the same name in two places, or in unknown places, stays two firms")
  func places() {
    let name = "某某电子有限公司"
    #expect(findSameFirms([row(1, name, place: 1), row(2, name, place: 2)], reader: reader).merges.isEmpty)
    #expect(findSameFirms([row(1, name), row(2, name)], reader: reader).merges.isEmpty)
    #expect(
      findSameFirms([row(1, name, place: 1), row(2, name, place: 1)], reader: reader).merges
        == [FirmMerge(kept: 1, merged: 2, reason: .sameNameAndPlace)])
  }

  @Test("names that differ in brackets and form are joined in one place, branches are not")
  func forms() {
    let found = findSameFirms(
      [
        row(1, "深圳市某某电子有限公司", place: 1), row(2, "某某电子（深圳）有限责任公司", place: 1),
        row(3, "深圳市某某电子有限公司深圳分公司", place: 1),
      ], reader: reader)
    #expect(found.merges == [FirmMerge(kept: 1, merged: 2, reason: .sameCoreAndPlace)])
  }

  @Test("two valid and different credit codes are never joined, but a person is asked")
  func contradiction() {
    let rows = [
      row(1, "某某电子有限公司", credit: "91440300708461136T", place: 1),
      row(2, "某某电子有限公司", credit: "91350100M000100Y43", place: 1),
    ]
    let found = findSameFirms(rows, reader: reader)
    #expect(found.merges.isEmpty)
    #expect(found.doubts.first?.first == 1)
  }

  @Test("the answer does not depend on the order of the rows")
  func order() {
    let rows = (0..<40).map { row(Int64($0), "某某电子\($0 % 7)有限公司", place: Int32($0 % 3)) }
    let found = findSameFirms(rows, reader: reader)
    #expect(found.merges.count == 40 - 21)
    #expect(findSameFirms(rows.reversed(), reader: reader).merges == found.merges)
  }
}
