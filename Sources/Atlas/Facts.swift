/// A plant that a firm is known to run. 工厂
public struct Plant: Sendable, Equatable {
  public let place: Int
  public let product: String?
  /// Part of the firm's output made here.
  public let share: Double?
  public let heads: Double?
  public let tenure: String?
  public let leaseEnd: Day?
  public let provenance: Provenance

  public init(
    place: Int, product: String?, share: Double?, heads: Double?, tenure: String?, leaseEnd: Day?,
    provenance: Provenance
  ) {
    self.place = place
    self.product = product
    self.share = share
    self.heads = heads
    self.tenure = tenure
    self.leaseEnd = leaseEnd
    self.provenance = provenance
  }
}

/// What kind of move a project is. 项目类型
public enum ProjectKind: String, Sendable, Codable, CaseIterable {
  /// The origin plant closes. 搬迁
  case relocation
  /// 扩产
  case newCapacity
  /// 分厂
  case branch
}

/// What a firm has said that it plans. 拟投项目
public struct StatedProject: Sendable, Equatable {
  public let kind: ProjectKind
  /// 10k yuan per year.
  public let output: Double?
  /// 10k yuan.
  public let investment: Double?
  public let tonnesIn: Double?
  public let tonnesOut: Double?
  public let heads: Double?
  public let landMu: Double?
  public let powerMegawatt: Double?
  public let wantedBy: Day?
  /// Yearly output in the trade's own unit: pairs, square metres.
  public let units: Double?
  public let provenance: Provenance

  public init(
    kind: ProjectKind, output: Double?, investment: Double?, tonnesIn: Double?,
    tonnesOut: Double?, heads: Double?, landMu: Double?, powerMegawatt: Double?, wantedBy: Day?,
    units: Double? = nil, provenance: Provenance
  ) {
    self.kind = kind
    self.output = output
    self.investment = investment
    self.tonnesIn = tonnesIn
    self.tonnesOut = tonnesOut
    self.heads = heads
    self.landMu = landMu
    self.powerMegawatt = powerMegawatt
    self.wantedBy = wantedBy
    self.units = units
    self.provenance = provenance
  }
}

/// Which way a lane runs, seen from the firm. 方向
public enum LaneDirection: String, Sendable, Codable, CaseIterable {
  /// 进
  case inbound
  /// 出
  case outbound
}

/// A lane that a firm is known to ship on. 线路
public struct FirmLane: Sendable, Equatable {
  public let direction: LaneDirection
  public let place: Int
  /// Tonnes per year of the whole firm.
  public let tonnes: Double
  /// Yuan per tonne.
  public let valuePerTonne: Double?
  /// Global segment row of what is carried.
  public let segment: Int?
  public let mode: String?
  public let provenance: Provenance

  public init(
    direction: LaneDirection, place: Int, tonnes: Double, valuePerTonne: Double?, segment: Int?,
    mode: String?, provenance: Provenance
  ) {
    self.direction = direction
    self.place = place
    self.tonnes = tonnes
    self.valuePerTonne = valuePerTonne
    self.segment = segment
    self.mode = mode
    self.provenance = provenance
  }
}

/// People of one occupation at one place. 劳动力
public struct LabourRecord: Sendable, Equatable {
  public let place: Int
  /// Occupation id of the labour model.
  public let occupation: String
  /// Persons employed in the occupation.
  public let employed: Double?
  public let unemployed: Double?
  /// Vocational graduates per year.
  public let graduates: Double?
  /// Residents of the place who work elsewhere.
  public let outMigrants: Double?
  /// Yuan per month.
  public let wage: Double?
  public let year: Int
  public let grade: Grade
  public let provenance: Provenance

  public init(
    place: Int, occupation: String, employed: Double?, unemployed: Double?, graduates: Double?,
    outMigrants: Double?, wage: Double?, year: Int, grade: Grade, provenance: Provenance
  ) {
    self.place = place
    self.occupation = occupation
    self.employed = employed
    self.unemployed = unemployed
    self.graduates = graduates
    self.outMigrants = outMigrants
    self.wage = wage
    self.year = year
    self.grade = grade
    self.provenance = provenance
  }
}

/// Jobs that another employer is trying to fill. 招聘竞争
public struct Vacancy: Sendable, Equatable {
  public let place: Int
  public let occupation: String
  public let persons: Double
  public let wage: Double?
  public let provenance: Provenance

  public init(
    place: Int, occupation: String, persons: Double, wage: Double?, provenance: Provenance
  ) {
    self.place = place
    self.occupation = occupation
    self.persons = persons
    self.wage = wage
    self.provenance = provenance
  }
}

/// What a place plans its chain to make. 链条目标
public struct ChainTarget: Sendable, Equatable {
  public let place: Int
  /// Row of `Snapshot.chains`.
  public let chain: Int
  /// Global segment row when the plan names one.
  public let segment: Int?
  /// 10k yuan per year.
  public let plannedOutput: Double
  public let year: Int
  public let document: String?
  public let provenance: Provenance

  public init(
    place: Int, chain: Int, segment: Int?, plannedOutput: Double, year: Int, document: String?,
    provenance: Provenance
  ) {
    self.place = place
    self.chain = chain
    self.segment = segment
    self.plannedOutput = plannedOutput
    self.year = year
    self.document = document
    self.provenance = provenance
  }
}

/// The seven factors that a firm needs to land. 要素
public enum Factor: String, Sendable, Codable, CaseIterable {
  case capital = "资金"
  case energy = "能源"
  case land = "土地"
  case labour = "用工"
  case technology = "技术"
  case transport = "运输"
  case material = "原料"
}

/// A need of a firm or an offer of a site. 要素记录
public struct FactorRecord: Sendable, Equatable {
  /// Row of `Firms`, or nil for a site's record.
  public let firm: Int?
  /// Site id, or nil for a firm's record.
  public let site: String?
  public let factor: Factor
  /// True for a need, false for an offer.
  public let isNeed: Bool
  public let quantity: Double?
  public let unit: String?
  public let owner: String?
  public let due: Day?
  public let status: String?
  /// 政府 or 市场.
  public let providedBy: String?
  public let provenance: Provenance

  public init(
    firm: Int?, site: String?, factor: Factor, isNeed: Bool, quantity: Double?, unit: String?,
    owner: String?, due: Day?, status: String?, providedBy: String?, provenance: Provenance
  ) {
    self.firm = firm
    self.site = site
    self.factor = factor
    self.isNeed = isNeed
    self.quantity = quantity
    self.unit = unit
    self.owner = owner
    self.due = due
    self.status = status
    self.providedBy = providedBy
    self.provenance = provenance
  }
}

/// A human or commercial link between a firm and the district; a count, never a name. 人脉
public struct Tie: Sendable, Equatable {
  public let kind: String
  public let count: Double
  /// found, contacted, willing.
  public let status: String?
  public let consent: Bool
  public let source: String?
  public let provenance: Provenance

  public init(
    kind: String, count: Double, status: String?, consent: Bool, source: String?,
    provenance: Provenance
  ) {
    self.kind = kind
    self.count = count
    self.status = status
    self.consent = consent
    self.source = source
    self.provenance = provenance
  }
}

/// A sign that a firm may move now. 信号
public struct Signal: Sendable, Equatable {
  public let kind: String
  public let date: Day
  /// 0 to 1.
  public let strength: Double?
  public let source: String?
  public let provenance: Provenance

  public init(kind: String, date: Day, strength: Double?, source: String?, provenance: Provenance) {
    self.kind = kind
    self.date = date
    self.strength = strength
    self.source = source
    self.provenance = provenance
  }
}

/// What came of an approach. 结果
public struct Outcome: Sendable, Equatable {
  public let site: String?
  public let kind: String
  public let date: Day
  public let owner: String?
  public let reason: String?
  public let promise: String?
  public let due: Day?
  public let provenance: Provenance

  public init(
    site: String?, kind: String, date: Day, owner: String?, reason: String?, promise: String?,
    due: Day?, provenance: Provenance
  ) {
    self.site = site
    self.kind = kind
    self.date = date
    self.owner = owner
    self.reason = reason
    self.promise = promise
    self.due = due
    self.provenance = provenance
  }
}

/// Another district says that it is already talking to the firm. 已被认领
public struct Claim: Sendable, Equatable {
  public let district: String
  public let since: Day?
  public let chain: String?
  public let status: String?
  public let provenance: Provenance

  public init(
    district: String, since: Day?, chain: String?, status: String?, provenance: Provenance
  ) {
    self.district = district
    self.since = since
    self.chain = chain
    self.status = status
    self.provenance = provenance
  }
}

/// Something at a place that serves a segment: a platform, a college, a laboratory, a port. 平台与院校
public struct Asset: Sendable, Equatable {
  public let place: Int
  public let kind: String
  public let name: String
  public let segments: [Int]
  public let capacity: String?
  public let provenance: Provenance

  public init(
    place: Int, kind: String, name: String, segments: [Int], capacity: String?,
    provenance: Provenance
  ) {
    self.place = place
    self.kind = kind
    self.name = name
    self.segments = segments
    self.capacity = capacity
    self.provenance = provenance
  }
}

/// Which district leads which chain in the city's own atlas. 全市图谱
public struct AtlasEntry: Sendable, Equatable {
  public let district: String
  public let chain: String
  public let role: String
  public let presence: String?
  public let provenance: Provenance

  public init(
    district: String, chain: String, role: String, presence: String?, provenance: Provenance
  ) {
    self.district = district
    self.chain = chain
    self.role = role
    self.presence = presence
    self.provenance = provenance
  }
}

/// A file that facts were read from. 来源
public struct SourceRecord: Sendable, Equatable, Codable {
  public let name: String
  public let kind: String
  public let digest: String
  public let rows: Int
  public let knownOn: Day
  public let disclosure: Disclosure
  public let note: String?

  public init(
    name: String, kind: String, digest: String, rows: Int, knownOn: Day, disclosure: Disclosure,
    note: String?
  ) {
    self.name = name
    self.kind = kind
    self.digest = digest
    self.rows = rows
    self.knownOn = knownOn
    self.disclosure = disclosure
    self.note = note
  }
}
