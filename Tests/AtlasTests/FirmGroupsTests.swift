import Atlas
import Testing

@Suite struct FirmGroupsTests {
  @Test("every firm has its own rows, in the order they came in", arguments: 0..<40)
  func grouped(seed: Int) {
    var random = Generator(seed: UInt64(seed))
    let firms = Int.random(in: 0...300, using: &random)
    let count = firms == 0 || seed % 8 == 0 ? 0 : Int.random(in: 0...seed * 20, using: &random)
    let rows = (0..<count).map {
      (firm: min(Int.random(in: 0..<firms, using: &random), firms - 1 - seed % 2), row: $0)
    }.filter { $0.firm >= 0 }
    let groups = FirmGroups(firmCount: firms, rows: rows)
    var starts: [Int] = []
    var start = 0
    for firm in 0..<firms {
      let own = rows.filter { $0.firm == firm }.map(\.row)
      #expect(Array(groups[firm]) == own)
      starts.append(start)
      start += own.count
    }
    var told: [Int] = []
    groups.index.forEachStart { told.append($0) }
    #expect(told == starts + [start])
    #expect(groups.rows.count == rows.count)
  }
}
