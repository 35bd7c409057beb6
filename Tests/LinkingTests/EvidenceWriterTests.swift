import Atlas
import Briefing
import Testing

@testable import Linking

@Suite("evidence as text")
struct EvidenceWriterTests {
  /// The same text by way of a JSON value.
  private func plain(_ evidence: [LinkEvidence]) -> String {
    JSONValue.array(
      evidence.map { item in
        .object([
          ("field", .string(item.field.label.zh)), ("words", .string(item.words)),
          ("kind", .string(item.kind.label.zh)), ("role", .string(item.role.label.zh)),
          ("context", .string(item.context.label.zh)),
          ("weight", .number((item.weight * 1000).rounded() / 1000)),
          ("say", .string(item.phrase.zh)),
        ])
      }
    ).text
  }

  @Test("every quality and awkward words give the text of the JSON value, byte for byte")
  func qualities() {
    let writer = EvidenceWriter()
    var random = RandomTexts(seed: 1)
    var memory: [UInt8] = []
    for kind in EvidenceKind.allCases {
      for field in TextField.allCases {
        for role in (0..<UInt8(16)).map(FirmRole.init) {
          let evidence = MentionContext.allCases.map { context in
            LinkEvidence(
              kind: kind, field: field,
              words: random.text(of: RandomTexts.awkward + ["覆铜板", "hdi", "「", "」"], upTo: 5),
              role: role, context: context, weight: random.generator.uniform())
          }
          let text = writer.text(of: evidence, using: &memory)
          #expect(Array(text.utf8) == Array(plain(evidence).utf8))
        }
      }
    }
  }

  @Test("weights are written as the shortest text, in and out of the unit interval")
  func weights() {
    let writer = EvidenceWriter()
    var memory: [UInt8] = []
    let odd = [-0.0, 1.0004, 1.0005, -0.3, 12.3456, 1e18, .infinity, .nan, 1e-9]
    for weight in (0...4000).map({ Double($0) / 4000 }) + odd {
      let evidence = [
        LinkEvidence(
          kind: .alias, field: .products, words: "板", role: [], context: .head, weight: weight)
      ]
      #expect(writer.text(of: evidence, using: &memory) == plain(evidence))
    }
    #expect(writer.text(of: [], using: &memory) == "[]")
  }
}
