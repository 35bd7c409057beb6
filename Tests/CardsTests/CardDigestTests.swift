import Atlas
import Testing

@testable import Cards

@Suite struct CardDigestTests {
  private let text = """
    name: {zh: 卡, en: Card}
    parameters:
      a: {value: 1, low: 0.5, high: 2, unit: 元, evidence: assumed, source: s}
      b: {value: 2, low: 2, high: 2, unit: 元, evidence: assumed, source: s}
    """

  private func digest(_ text: String) throws -> CardDigest {
    CardDigest(try readParameters(text, card: "x"))
  }

  @Test("comments, order and spelling of a number change neither digest")
  func layout() throws {
    let other = """
      # A comment.
      name: {zh: 卡, en: Card}
      parameters:
        b: {value: 2.0, low: 2, high: 2, unit: 元, evidence: assumed, source: s}
        a:
          value: 1
          low: 0.50
          high: 2
          unit: 元
          evidence: assumed
          source: s
      """
    #expect(try digest(other) == digest(text))
  }

  @Test("a source changes only the prose")
  func prose() throws {
    let other = text.replacing("source: s}", with: "source: t}")
    #expect(try digest(other).behaviour == digest(text).behaviour)
    #expect(try digest(other).prose != digest(text).prose)
  }

  @Test("a number changes the behaviour", arguments: ["value: 1,", "low: 0.5", "unit: 元"])
  func behaviour(part: String) throws {
    let other = text.replacing(
      part, with: part == "unit: 元" ? "unit: 分" : part == "low: 0.5" ? "low: 0.6" : "value: 1.5,")
    #expect(try digest(other).behaviour != digest(text).behaviour)
    #expect(try digest(other).prose == digest(text).prose)
  }

  @Test("SHA-256 of abc is the digest that FIPS 180-4 gives")
  func standard() {
    #expect(
      sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
