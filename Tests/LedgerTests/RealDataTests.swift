import Atlas
import Expectations
import Foundation
import GRDB
import Testing

@testable import Ledger

@Suite(.enabled(if: SharedData.isPresent, "\(SharedData.absent)"), .serialized)
struct RealDataTests {
  let profiles: [ImportProfile]
  let bench: Workbench

  init() throws {
    profiles = try ImportProfile.load(
      folder: SharedData.packageRoot.appending(path: "Models/Imports").path)
    bench = try Workbench()
  }

  func context() throws -> ImportContext {
    ImportContext(
      places: [], chains: [World.chain], profiles: profiles, today: World.today,
      now: "2024-10-04T08:00:00Z")
  }

  func take(_ path: String, _ kind: String, profile: String? = nil) throws -> ImportResult {
    let url = try #require(SharedData.file(path))
    let start = ContinuousClock.now
    let result = try bench.ledger.importFile(
      url.path, kind: kind, options: ImportOptions(profile: profile), context: context())
    let spent = ContinuousClock.now - start
    var kinds: [String: Int] = [:]
    if let batch = result.batch {
      for issue in try bench.ledger.issues(batch: batch) { kinds[issue.kind, default: 0] += 1 }
    }
    print(
      "\(path) \(result.profile ?? "-"): rows \(result.rows) accepted \(result.accepted) updated \(result.updated)",
      "unchanged \(result.unchanged) rejected \(result.rejected) issues \(result.issueCount)",
      kinds.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "), spent
    )
    return result
  }

  @Test("the listed firms, places, wages, census and universities import and freeze")
  func imports() throws {
    let places = try take("places/adcodes.csv", "places")
    #expect(places.profile == "adcodes")
    #expect(places.accepted > 2800)
    let firms = try take("firms/listed-firms-2020.csv", "firms")
    #expect(firms.profile == "listed-firms-2020")
    #expect(firms.accepted + firms.updated + firms.rejected == 4716)
    #expect(firms.accepted > 4700)
    let wages = try take("labour/city-wages-1990-2021.csv", "wages")
    #expect(wages.accepted > 8000)
    let universities = try take("labour/universities-2021.csv", "assets")
    #expect(universities.accepted > 2600)
    let census = try take("labour/census-county-2020.xlsx", "labour")
    #expect(census.accepted > 18_000)
    #expect(census.updated == 0, "no county's count may stand for its prefecture")
    let industries = try take("labour/census-county-2020.xlsx", "industry-employment")
    #expect(industries.accepted > 50_000)
    let start = ContinuousClock.now
    let snapshot = try bench.freeze()
    print("freeze", ContinuousClock.now - start, snapshot.digest)
    #expect(snapshot.firms.count == firms.accepted)
    #expect(snapshot.firms.seat.knownCount > 4650)
    let flat = try #require(
      (0..<snapshot.firms.count).first { snapshot.firms.stockCode[$0] == "000001" })
    #expect(snapshot.firms.revenue[flat] == 15_354_200)
    #expect(try bench.freeze().digest == snapshot.digest)
  }

  @Test("coordinates geocoded by an ambiguous name are found by their code")
  func dirtyCounties() throws {
    _ = try take("places/adcodes.csv", "places")
    let before = try bench.freeze()
    let dirty = try take("places/counties-dirty.csv", "places")
    let batch = try #require(dirty.batch)
    let found = try bench.ledger.issues(batch: batch).filter { $0.kind == "BL0318" }.count
    #expect((315...330).contains(found), "\(found)")
    let after = try bench.freeze()
    for row in 0..<before.places.count {
      let there = try #require(after.places.find(code: before.places.code[row]))
      guard let old = before.places.position[row], let new = after.places.position[there] else {
        continue
      }
      #expect(old.greatCircleKm(to: new) <= 51, "\(before.places.name[row])")
    }
  }

  @Test("every registration of 2019 is accepted or has an issue, and twice changes nothing")
  func registrations() throws {
    _ = try take("places/adcodes.csv", "places")
    let first = try take("firms/registrations-2019.csv.gz", "firms")
    #expect(first.profile == "registrations-2019")
    #expect(first.rows == 98_616)
    #expect(first.accepted + first.updated + first.unchanged + first.rejected == first.rows)
    let batch = try #require(first.batch)
    let rejectedLines = try bench.ledger.read {
      try Int.fetchOne(
        $0,
        sql: "SELECT count(DISTINCT line) FROM importIssue WHERE batchId = ? AND isRejection = 1",
        arguments: [batch])
    }
    #expect(rejectedLines == first.rejected)
    let before = try bench.contents()
    let second = try take("firms/registrations-2019.csv.gz", "firms")
    #expect(second.batch == nil && second.accepted == 0 && second.updated == 0)
    #expect(try bench.contents() == before)
  }
}
