import Atlas
import Testing

@testable import Matching

@Suite struct ScreensTests {
  private static let segments = [
    SmallDistrict.segment("board", environment: ["电镀"]), SmallDistrict.segment("shoe"),
  ]

  private static func screens(_ firms: [SmallDistrict.Firm], sites: [Site]? = nil) -> Screens {
    Screens(SmallDistrict.snapshot(segments: segments, firms: firms, sites: sites))
  }

  @Test("an ordinary far firm meets no screen")
  func none() { #expect(Self.screens([.init(name: "a")]).screens(firm: 0).isEmpty) }

  @Test("facts of law come first and every one of them is said")
  func law() {
    let firm = SmallDistrict.Firm(
      name: "a", seat: 1, status: .revoked, flags: [.dishonest, .doNotContact], plants: [3, 1])
    #expect(
      Self.screens([firm]).screens(firm: 0)
        == [.revoked, .dishonest, .askedNotToBeContacted, .seatIsHere, .plantIsHere])
    #expect(Self.screens([.init(name: "b", status: .cancelled)]).screens(firm: 0) == [.cancelled])
  }

  @Test("a firm of unknown status or seat is not screened for it")
  func unknown() {
    let firm = SmallDistrict.Firm(name: "a", seat: nil, status: .unknown)
    #expect(Self.screens([firm]).screens(firm: 0).isEmpty)
  }

  @Test("a site without the capacity screens the segment; one that says nothing only warns")
  func environment() {
    let sites = [
      Site(id: "a", name: "a", place: 1, environmentalCapacity: ["化工园区"]),
      Site(id: "b", name: "b", place: 1, environmentalCapacity: ["电镀"]),
      Site(id: "c", name: "c", place: 1),
    ]
    let screens = Self.screens([.init(name: "a")], sites: sites)
    #expect(screens.screen(segment: 0, site: 0) == .environmentalCapacity(lacking: ["电镀"]))
    #expect(screens.screen(segment: 0, site: 1) == nil)
    #expect(screens.screen(segment: 1, site: 0) == nil)
    #expect(screens.screen(segment: 0, site: 2) == nil)
    #expect(
      screens.warnings(firm: 0, segment: 0, site: 2)
        == [.environmentalCapacityUnknown(needed: ["电镀"])])
  }

  @Test("claims of others and local firms of the segment are warnings, never screens")
  func warnings() {
    let claim = Claim(
      district: "邻县", since: nil, chain: nil, status: nil, provenance: SmallDistrict.line)
    let own = Claim(
      district: "本区", since: nil, chain: nil, status: nil, provenance: SmallDistrict.line)
    let screens = Self.screens([
      .init(name: "a", flags: .foreign, links: [(1, 1, nil, nil)], claims: [own, claim]),
      .init(name: "本地一", seat: 1, links: [(1, 1, nil, nil)]),
      .init(name: "本地二", links: [(1, 1, nil, nil)], plants: [1]),
      .init(name: "注销", seat: 1, status: .cancelled, links: [(1, 1, nil, nil)]),
    ])
    #expect(screens.screens(firm: 0).isEmpty)
    #expect(
      screens.warnings(firm: 0, segment: 1, site: 0) == [
        .claimed(by: "邻县", since: nil), .duplicatesLocal(firms: [1, 2], count: 2),
        .foreignInvested,
      ])
  }
}
