import Atlas

/// The firms within reach of one site that could supply a plant there. 本地供应
///
/// Built once per site. A firm counts where a known plant or, without one, its seat lies in the
/// site's district or within the radius by road. Cancelled and revoked firms are left out.
public struct LocalSupply: Sendable {
  public struct Candidate: Sendable, Equatable {
    /// Row of `Firms`.
    public let firm: Int
    /// Row of `Postings`.
    public let posting: Int
    /// Global segment row.
    public let segment: Int
    /// Row of `Places` of the plant or seat that is nearest.
    public let place: Int
    /// By road; nil where a position is not known.
    public let distanceKm: Double?
    /// Free capacity, 10k yuan per year; nil when neither a record nor the revenue is known.
    public let free: Span?
    /// True for a record, false for an estimate from revenue.
    let isRecorded: Bool
    let provenance: Provenance?
    public let quality: UInt8?
    public let linkClass: LinkClass

    /// Free capacity with its reason: a record, an estimate from revenue, or unknown.
    public var capacity: Figure {
      guard let free else {
        return .unknown(
          .wanYuanPerYear,
          missing: Phrase(zh: "营业收入或可用产能", en: "revenue or free capacity"))
      }
      return isRecorded
        ? Figure(
          free, .wanYuanPerYear, .measured,
          because: Phrase(zh: "登记的可用产能", en: "free capacity on record"),
          provenance: provenance)
        : Figure(
          free, .wanYuanPerYear, .estimated,
          because: Phrase(
            zh: "营业收入 × 环节份额 × 可用比例", en: "revenue × share of the segment × uncommitted share"))
    }
  }

  /// Row of `Places`.
  public let place: Int
  /// By global segment row, nearest first, then by firm.
  let candidates: [[Candidate]]
  /// By global segment row, over all candidates.
  private let totals: [Total]
  private let firms: Set<Int>

  /// What the candidates of a segment could supply together.
  private struct Total: Sendable {
    var free = Span.zero
    var known = 0
    var unknown = 0

    init(_ candidates: some Sequence<Candidate>) {
      for candidate in candidates {
        if let span = candidate.free {
          free += span
          known += 1
        } else {
          unknown += 1
        }
      }
    }
  }

  /// - Parameter index: where all suppliers are, when several sites are read; nil makes it here.
  public init(
    _ snapshot: Snapshot, model: SupplierModel, place: Int, index: SupplierIndex? = nil
  ) {
    self.place = place
    let index = index ?? SupplierIndex(snapshot)
    let postings = snapshot.postings
    let near = LocalSupply.nearby(snapshot, model, place)
    var found = [[Candidate]](repeating: [], count: snapshot.segments.count)
    var rows = near.indices.lazy.filter { near[$0].inReach }.flatMap { index.postings(at: $0) }
      .sorted()
    // A firm with two plants within reach is met twice and kept once.
    rows = rows.indices.filter { $0 == 0 || rows[$0] != rows[$0 - 1] }.map { rows[$0] }
    for row in rows {
      let firm = Int(postings.firm[row])
      guard let (at, km) = LocalSupply.nearest(snapshot, firm, near) else { continue }
      let segment = index.segment(of: row)
      found[segment].append(
        Candidate(
          firm: firm, posting: row, segment: segment, place: at, distanceKm: km,
          free: LocalSupply.free(snapshot, model, row),
          isRecorded: postings.capacity[row] != nil, provenance: postings.provenance[row],
          quality: postings.quality[row], linkClass: postings.linkClass[row]))
    }
    candidates = found.map { list in
      list.sorted {
        let first = $0.distanceKm ?? .infinity
        let second = $1.distanceKm ?? .infinity
        return first != second ? first < second : $0.firm < $1.firm
      }
    }
    totals = candidates.map { Total($0) }
    firms = Set(candidates.joined().map(\.firm))
  }

  /// The candidates of a segment, nearest first.
  public func candidates(of segment: Int) -> [Candidate] { candidates[segment] }

  /// True when no linked firm at all lies within reach: nothing is known about suppliers here.
  public var isBlank: Bool { firms.isEmpty }

  static let noFirms = Phrase(
    zh: "本地企业及其环节（firms、firm-segments 表）", en: "local firms and their segments")

  /// The part of a bill that suppliers with known capacity could cover, by value.
  ///
  /// The same objective as the exact flow for a project alone, by one addition per input: capacities
  /// of different segments are separate.
  /// Unknown: nil for an empty bill, where no linked firm is within reach, or when candidates exist
  /// but no capacity is known.
  /// - Parameter firm: the project's own firm, which cannot supply itself.
  public func share(
    of bill: BillOfInputs, excluding firm: Int?, scenario: Scenario = .base
  ) -> Double? {
    // Most firms are far from here, so that the totals hold for them as they stand.
    let outsider = firm.map { !firms.contains($0) } ?? true
    var covered = 0.0
    var needed = 0.0
    var knows = false
    var asks = false
    for item in bill.items {
      let total =
        outsider && item.quality == nil
        ? totals[item.segment]
        : Total(
          candidates[item.segment].lazy.filter { $0.firm != firm && $0.accepts(item.quality) })
      covered += min(item.need[scenario], total.free[scenario])
      needed += item.need[scenario]
      if total.known > 0 { knows = true }
      if total.unknown > 0 { asks = true }
    }
    guard needed > 0, knows || !asks, !isBlank else { return nil }
    return covered / needed
  }

  /// The capacity on record, else the uncommitted part of the revenue that the segment brings.
  private static func free(_ snapshot: Snapshot, _ model: SupplierModel, _ row: Int) -> Span? {
    let postings = snapshot.postings
    if let known = postings.capacity[row] { return Span(Double(known)) }
    guard let revenue = snapshot.firms.revenue[Int(postings.firm[row])] else { return nil }
    let output = Double(revenue) * Double(postings.share[row])
    return (model.uncommittedShare.span * max(0, output)).ordered
  }

  /// Distance by road of every place within reach; nil for places that are not.
  private static func nearby(
    _ snapshot: Snapshot, _ model: SupplierModel, _ site: Int
  ) -> [(inReach: Bool, km: Double?)] {
    let places = snapshot.places
    let home = snapshot.district.home.filter { places.lies(site, in: $0) }
    let radiusKm = model.radius.value * model.speed.value
    return (0..<places.count).map { place in
      var km: Double?
      if place == site {
        km = 0
      } else if let here = places.position[site], let there = places.position[place] {
        km = here.greatCircleKm(to: there) * model.circuity.value
      }
      let same = places.lies(place, in: site) || home.contains { places.lies(place, in: $0) }
      return (same || km.map { $0 <= radiusKm } ?? false, km)
    }
  }

  private static func nearest(
    _ snapshot: Snapshot, _ firm: Int, _ near: [(inReach: Bool, km: Double?)]
  ) -> (place: Int, km: Double?)? {
    let plants = snapshot.plants[firm].map(\.place)
    let places = plants.isEmpty ? snapshot.firms.seat[firm].map { [Int($0)] } ?? [] : plants
    return places.filter { near[$0].inReach }
      .min {
        let first = near[$0].km ?? .infinity
        let second = near[$1].km ?? .infinity
        return first != second ? first < second : $0 < $1
      }
      .map { ($0, near[$0].km) }
  }
}

/// Where every supplier of the nation is: its plants, or without one its seat. 供应商分布
///
/// Cancelled and revoked firms are left out. Complexity: one pass over the postings.
public struct SupplierIndex: Sendable {
  private let rows: [[Int32]]
  private let segments: [Int32]

  public init(_ snapshot: Snapshot) {
    let postings = snapshot.postings
    var rows = [[Int32]](repeating: [], count: snapshot.places.count)
    var segments = [Int32](repeating: 0, count: postings.firm.count)
    for segment in 0..<snapshot.segments.count where segment + 1 < postings.offset.count {
      for row in postings.rows(of: segment) {
        segments[row] = Int32(segment)
        let firm = Int(postings.firm[row])
        let status = snapshot.firms.status[firm]
        guard status != .cancelled, status != .revoked else { continue }
        let plants = snapshot.plants[firm]
        if plants.isEmpty {
          if let seat = snapshot.firms.seat[firm] { rows[Int(seat)].append(Int32(row)) }
        } else {
          for plant in plants { rows[plant.place].append(Int32(row)) }
        }
      }
    }
    self.rows = rows
    self.segments = segments
  }

  /// Rows of `Postings` of firms at a place.
  func postings(at place: Int) -> [Int] { rows[place].map(Int.init) }

  /// Global segment row of a posting.
  func segment(of posting: Int) -> Int { Int(segments[posting]) }
}

extension LocalSupply.Candidate {
  /// False when the firm's quality is known to be too low; an unknown quality is a question.
  func accepts(_ required: UInt8?) -> Bool {
    guard let required, let quality else { return true }
    return quality >= required
  }
}
