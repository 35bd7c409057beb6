import Testing

@testable import Linking

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
