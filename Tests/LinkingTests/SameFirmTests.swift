import Atlas
import Testing

@testable import Linking

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
    let same = findSameFirms(
      [row(1, "甲甲电子", credit: good), row(2, "乙", credit: good)], reader: reader)
    #expect(same.merges == [FirmMerge(kept: 1, merged: 2, reason: .sameCreditCode)])
    let bad = "914403007084611360"
    #expect(
      findSameFirms([row(1, "甲", credit: bad), row(2, "乙", credit: bad)], reader: reader).merges
        .isEmpty)
  }

  @Test("the same name in two places, or in unknown places, stays two firms")
  func places() {
    let name = "某某电子有限公司"
    #expect(
      findSameFirms([row(1, name, place: 1), row(2, name, place: 2)], reader: reader).merges.isEmpty
    )
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

  @Test("two valid and different credit codes are never joined; with one stock a person is asked")
  func contradiction() {
    func rows(_ stock: String?) -> [FirmIdentity] {
      [
        row(1, "某某电子有限公司", credit: "91440300708461136T", stock: stock, place: 1),
        row(2, "某某电子有限公司", credit: "91350100M000100Y43", stock: stock, place: 1),
      ]
    }
    #expect(findSameFirms(rows(nil), reader: reader).merges.isEmpty)
    #expect(findSameFirms(rows(nil), reader: reader).doubts.isEmpty)
    #expect(findSameFirms(rows("600373"), reader: reader).merges.isEmpty)
    #expect(findSameFirms(rows("600373"), reader: reader).doubts.first?.second == 2)
  }

  @Test("a masked name is nobody's name")
  func masked() {
    let found = findSameFirms(
      [row(1, "深圳市＊＊电子商店", place: 1), row(2, "深圳市＊＊电子商店", place: 1)], reader: reader)
    #expect(found.merges.isEmpty)
    #expect(found.doubts.isEmpty)
  }

  @Test("the answer does not depend on the order of the rows")
  func order() {
    let rows = (0..<40).map { row(Int64($0), "某某电子\($0 % 7)有限公司", place: Int32($0 % 3)) }
    let found = findSameFirms(rows, reader: reader)
    #expect(found.merges.count == 40 - 21)
    #expect(findSameFirms(rows.reversed(), reader: reader).merges == found.merges)
  }

  @Test("another legal form or a missing place makes a doubt for a person, not a merge")
  func doubts() {
    let found = findSameFirms(
      [
        row(1, "深圳市某某电子有限公司", place: 1), row(2, "深圳市某某电子厂", place: 1),
        row(3, "某某电子集团有限公司", place: 1), row(4, "深圳市某某电子有限公司"),
      ], reader: reader)
    #expect(found.merges.isEmpty)
    #expect(found.doubts.map(\.second) == [2, 3, 4])
  }
}
