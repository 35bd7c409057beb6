import Atlas
import Testing

@testable import Matching

@Suite struct LabourNeedTests {
  @Test("heads by occupation are whole people and sum to the project's heads", arguments: 0..<50)
  func sum(seed: UInt64) {
    var random = Generator(seed: seed)
    let mix = (0..<5).map {
      OccupationShare(occupation: "o\($0)", per100: random.uniform() * 40)
    }
    let heads = (random.uniform() * 3000).rounded()
    let need = LabourNeed(heads: heads, mix: mix, grade: .estimated)
    #expect(need.heads == Int(heads))
  }

  @Test("an occupation without a head is not asked for")
  func none() {
    let need = LabourNeed(
      heads: 3, mix: [.init(occupation: "a", per100: 99.9), .init(occupation: "b", per100: 0.1)],
      grade: .stated)
    #expect(need.items == [.init(occupation: "a", heads: 3)])
    #expect(LabourNeed(heads: 10, mix: [], grade: .stated).heads == 0)
  }
}
