/// Everything a run computes on: the ledger as known on one day, frozen as columns. 快照
///
/// Ids have become rows: a place, firm or segment is an `Int` into its columns. Nothing here
/// refers back to the database.
public struct Snapshot: Sendable, Equatable {
  public var asOf: Day
  /// SHA-256 over the canonical bytes of every column, hexadecimal.
  public var digest: String
  public var district: District
  public var places: Places
  public var sites: [Site]
  public var chains: [ChainModel]
  public var segments: SegmentIndex
  public var firms: Firms
  public var postings: Postings
  public var plants: FirmGroups<Plant>
  public var projects: FirmGroups<StatedProject>
  public var lanes: FirmGroups<FirmLane>
  public var ties: FirmGroups<Tie>
  public var signals: FirmGroups<Signal>
  public var outcomes: FirmGroups<Outcome>
  public var claims: FirmGroups<Claim>
  public var labour: [LabourRecord]
  public var vacancies: [Vacancy]
  public var targets: [ChainTarget]
  public var factors: [FactorRecord]
  public var assets: [Asset]
  public var atlas: [AtlasEntry]
  public var sources: [SourceRecord]
  /// Employment of an industry class by place, persons, from a census. 行业就业
  public var industryEmployment: [IndustryEmployment]
  /// Road distances computed from an imported road graph; nil for great circle × circuity. 公路里程
  public var roads: RoadDistances?
  /// The national table that closes a chain's own matrix; nil for the card's assumptions. 投入产出表
  public var national: NationalTable?

  public init(
    asOf: Day, digest: String, district: District, places: Places, sites: [Site],
    chains: [ChainModel], firms: Firms, postings: Postings, plants: FirmGroups<Plant>,
    projects: FirmGroups<StatedProject>, lanes: FirmGroups<FirmLane>, ties: FirmGroups<Tie>,
    signals: FirmGroups<Signal>, outcomes: FirmGroups<Outcome>, claims: FirmGroups<Claim>,
    labour: [LabourRecord], vacancies: [Vacancy], targets: [ChainTarget],
    factors: [FactorRecord], assets: [Asset], atlas: [AtlasEntry], sources: [SourceRecord],
    industryEmployment: [IndustryEmployment], roads: RoadDistances? = nil,
    national: NationalTable? = nil
  ) {
    self.roads = roads
    self.national = national
    self.asOf = asOf
    self.digest = digest
    self.district = district
    self.places = places
    self.sites = sites
    self.chains = chains
    segments = SegmentIndex(chains)
    self.firms = firms
    self.postings = postings
    self.plants = plants
    self.projects = projects
    self.lanes = lanes
    self.ties = ties
    self.signals = signals
    self.outcomes = outcomes
    self.claims = claims
    self.labour = labour
    self.vacancies = vacancies
    self.targets = targets
    self.factors = factors
    self.assets = assets
    self.atlas = atlas
    self.sources = sources
    self.industryEmployment = industryEmployment
  }
}

/// The office: where it is, what it leads, whom it competes with. 辖区
public struct District: Sendable, Equatable {
  public var name: String
  /// Rows of `Places` that make up the district.
  public var home: [Int]
  /// Rows of named rival places. 竞争地
  public var rivals: [Int]
  /// Ids of the chains that the district leads.
  public var leads: [String]
  /// Role of the chief of each chain, by chain id in the order of `leads`; never a person's name.
  public var chiefs: [String]
  public var language: Language
  /// True when the workspace holds illustrative data: every paper says 示例数据.
  public var isSample: Bool

  public init(
    name: String, home: [Int], rivals: [Int], leads: [String], chiefs: [String],
    language: Language, isSample: Bool
  ) {
    self.name = name
    self.home = home
    self.rivals = rivals
    self.leads = leads
    self.chiefs = chiefs
    self.language = language
    self.isSample = isSample
  }
}

/// Persons employed in one industry at one place. 行业就业
public struct IndustryEmployment: Sendable, Equatable {
  public let place: Int
  /// Name of the industry class as the census prints it.
  public let industry: String
  public let persons: Double
  public let year: Int
  public let provenance: Provenance

  public init(place: Int, industry: String, persons: Double, year: Int, provenance: Provenance) {
    self.place = place
    self.industry = industry
    self.persons = persons
    self.year = year
    self.provenance = provenance
  }
}

/// The segments of all loaded chains under one running number. 环节编号
public struct SegmentIndex: Sendable, Equatable {
  /// Segments in chain order, then card order.
  public private(set) var all: [Segment] = []
  /// Row of `Snapshot.chains` of each segment.
  public private(set) var chain: [Int] = []
  private var rowOfId: [String: Int] = [:]

  public init(_ chains: [ChainModel]) {
    for (row, model) in chains.enumerated() {
      for segment in model.segments {
        rowOfId[segment.id] = all.count
        all.append(segment)
        chain.append(row)
      }
    }
  }

  public var count: Int { all.count }
  /// Read in place: a segment holds many lists.
  public subscript(row: Int) -> Segment { _read { yield all[row] } }

  /// The row of a segment id.
  public func find(_ id: String) -> Int? { rowOfId[id] }

  /// Rows of the segments of one chain.
  public func rows(ofChain chainRow: Int) -> Range<Int> {
    let first = chain.firstIndex(of: chainRow) ?? all.count
    let end = chain[first...].firstIndex { $0 != chainRow } ?? all.count
    return first..<end
  }
}
