/// What a register says of a firm. 登记状态
public enum FirmStatus: UInt8, Sendable, Codable {
  /// 存续、在业、开业
  case active
  /// 注销
  case cancelled
  /// 吊销
  case revoked
  /// 迁出、停业 and the like
  case suspended
  case unknown
}

/// Facts of law or of the firm that keep it off a list. 标记
public struct FirmFlags: OptionSet, Sendable, Hashable, Codable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// Listed on an exchange. 上市
  public static let listed = FirmFlags(rawValue: 1)
  /// 失信被执行人
  public static let dishonest = FirmFlags(rawValue: 2)
  /// Asked not to be contacted. 谢绝联系
  public static let doNotContact = FirmFlags(rawValue: 4)
  /// Illustrative, not a real firm. 示例
  public static let example = FirmFlags(rawValue: 8)
  /// Foreign-invested or overseas. 外资
  public static let foreign = FirmFlags(rawValue: 16)
}

/// Firms as columns; a row is a firm. 企业
public struct Firms: Sendable, Equatable {
  /// Ledger id, ascending: the last tie-breaker everywhere.
  public var id: [Int64] = []
  public var name = Texts()
  /// 统一社会信用代码
  public var creditCode = KnownTexts()
  public var stockCode = KnownTexts()
  /// Row of `Places` of the registered seat.
  public var seat = Known<Int32>(blank: 0)
  public var status: [FirmStatus] = []
  public var flags: [FirmFlags] = []
  public var employees = Known<Float>(blank: 0)
  /// 10k yuan per year.
  public var revenue = Known<Float>(blank: 0)
  public var established = Known<Day>(blank: Day(number: 0))
  public var provenance: [Provenance] = []

  public init() {}
  public var count: Int { id.count }

  /// Makes room for so many firms.
  public mutating func reserve(_ count: Int) {
    id.reserveCapacity(count)
    name.reserve(count, bytesPerRow: 42)
    creditCode.reserve(count, bytesPerRow: 18)
    stockCode.reserve(count, bytesPerRow: 0)
    seat.reserve(count)
    status.reserveCapacity(count)
    flags.reserveCapacity(count)
    employees.reserve(count)
    revenue.reserve(count)
    established.reserve(count)
    provenance.reserveCapacity(count)
  }

  /// The row of a ledger id. Complexity: O(log n).
  public func find(id wanted: Int64) -> Int? {
    var low = 0
    var high = id.count
    while low < high {
      let middle = (low + high) / 2
      if id[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    return low < id.count && id[low] == wanted ? low : nil
  }
}

/// How sure a link between firm and segment is. 挂链结论
public enum LinkClass: UInt8, Sendable, Codable, Comparable {
  /// 待核
  case uncertain
  /// 确认
  case confirmed
  public static func < (left: LinkClass, right: LinkClass) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// Which firms sit on which segment, grouped by segment: the postings of the chain. 挂链表
///
/// Shapes: `offset` has one more entry than there are segments; the postings of segment `s` are
/// the rows `offset[s]..<offset[s + 1]` of every other column, ascending by firm.
public struct Postings: Sendable, Equatable {
  public var offset: [Int32] = [0]
  public var firm: [Int32] = []
  /// The segment's part of the firm's revenue, in (0, 1]; a firm's shares sum to at most 1.
  public var share: [Float] = []
  /// True where the share is a record, false where it is the linker's even split.
  public var shareKnown: [Bool] = []
  public var score: [Float] = []
  public var linkClass: [LinkClass] = []
  /// Free capacity, 10k yuan per year.
  public var capacity = Known<Float>(blank: 0)
  /// Quality or qualification level, 0 lowest.
  public var quality = Known<UInt8>(blank: 0)
  public var provenance: [Provenance?] = []

  public init() {}
  public var count: Int { firm.count }

  /// Makes room for so many postings.
  public mutating func reserve(_ count: Int) {
    firm.reserveCapacity(count)
    share.reserveCapacity(count)
    shareKnown.reserveCapacity(count)
    score.reserveCapacity(count)
    linkClass.reserveCapacity(count)
    capacity.reserve(count)
    quality.reserve(count)
    provenance.reserveCapacity(count)
  }

  public func rows(of segment: Int) -> Range<Int> {
    Int(offset[segment])..<Int(offset[segment + 1])
  }
}

/// Rows of a table grouped by firm. 分组
///
/// Most firms of a nation have no row in most tables: a firm takes a bit, one with rows four bytes.
public struct FirmGroups<Row: Sendable & Equatable>: Sendable, Equatable {
  public let index: FirmIndex
  public let rows: [Row]

  /// - Parameter rows: in any order; grouped stably.
  public init(firmCount: Int, rows unsorted: [(firm: Int, row: Row)]) {
    let grouped = FirmIndex.group(unsorted.map(\.firm), firmCount: firmCount)
    index = grouped.index
    rows = grouped.order.map { unsorted[$0].row }
  }

  /// The rows of a firm. Complexity: O(1).
  @inlinable
  public subscript(firm: Int) -> ArraySlice<Row> { rows[index.rows(of: firm)] }
}

/// Where the rows of each firm lie in a table grouped by firm. 分组索引
public struct FirmIndex: Sendable, Equatable {
  public let firmCount: Int
  /// A bit for every firm that has rows; empty when there are none at all.
  private var bits: [UInt64] = []
  /// By word of `bits`: how many firms with rows lie before it.
  private var before: [Int32] = []
  /// By firm with rows: where its rows start; one more entry for the end.
  private var starts: [Int32] = [0]

  private init(firmCount: Int) { self.firmCount = firmCount }

  /// The index of rows that belong to these firms, and the stable order that groups them.
  static func group(_ firms: [Int], firmCount: Int) -> (index: FirmIndex, order: [Int]) {
    var index = FirmIndex(firmCount: firmCount)
    guard !firms.isEmpty else { return (index, []) }
    var next = [Int32](repeating: 0, count: firmCount + 1)
    for firm in firms { next[firm + 1] += 1 }
    index.bits = [UInt64](repeating: 0, count: (firmCount + 63) / 64)
    index.before = [Int32](repeating: 0, count: index.bits.count)
    for firm in 0..<firmCount {
      if firm % 64 == 0 { index.before[firm / 64] = Int32(index.starts.count - 1) }
      next[firm + 1] += next[firm]
      if next[firm + 1] > next[firm] {
        index.bits[firm / 64] |= 1 << UInt64(firm % 64)
        index.starts.append(next[firm + 1])
      }
    }
    var order = [Int](repeating: 0, count: firms.count)
    for (row, firm) in firms.enumerated() {
      order[Int(next[firm])] = row
      next[firm] += 1
    }
    return (index, order)
  }

  /// The rows of a firm. Complexity: O(1).
  public func rows(of firm: Int) -> Range<Int> {
    guard !bits.isEmpty else { return 0..<0 }
    let (word, bit) = (bits[firm / 64], UInt64(1) << UInt64(firm % 64))
    guard word & bit != 0 else { return 0..<0 }
    let number = Int(before[firm / 64]) + (word & (bit - 1)).nonzeroBitCount
    return Int(starts[number])..<Int(starts[number + 1])
  }

  /// Calls `body` with the place where each firm's rows start, and with the number of rows last.
  public func forEachStart(_ body: (Int) -> Void) {
    if bits.isEmpty {
      for _ in 0...firmCount { body(0) }
      return
    }
    var number = 0
    for firm in 0..<firmCount {
      body(Int(starts[number]))
      if bits[firm / 64] & (1 << UInt64(firm % 64)) != 0 { number += 1 }
    }
    body(Int(starts[number]))
  }
}

extension Postings {
  /// The segment that a posting row belongs to. Complexity: O(log segments).
  public func segment(of row: Int) -> Int {
    var low = 0
    var high = offset.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(offset[middle]) <= row { low = middle } else { high = middle }
    }
    return low
  }
}
