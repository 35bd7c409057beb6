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
