import Atlas

/// The order of a whole list, packed: every listed firm with its value, every other with the reason
/// why it is not listed. 名次压缩
///
/// Bytes, little-endian: `BLS1`; the number of listed firms (4 bytes) and for each, best first, its
/// id (8) and the bits of its expected value in 10k yuan (8, a NaN where unknown); the number of
/// reasons (1) and each as its length (1) and UTF-8; the number of firms not listed (4) and for each
/// its id (8) and the row of its reason (1).
public struct PackedStandings: Sendable, Equatable {
  public struct Listed: Sendable, Equatable {
    /// Ledger id.
    public let firm: Int64
    /// 10k yuan; nil when unknown.
    public let expectedValue: Double?
  }
  public struct Excluded: Sendable, Equatable {
    public let firm: Int64
    /// Stable name of the reason.
    public let reason: String
  }
  /// Best first.
  public let listed: [Listed]
  public let excluded: [Excluded]

  public init(_ ranking: Ranking, firms: Firms) {
    listed = (0..<ranking.standings.count).map { row in
      Listed(
        firm: firms.id[Int(ranking.standings.firm[row])],
        expectedValue: ranking.standings.expectedValue[row])
    }
    excluded = ranking.excluded.map { Excluded(firm: firms.id[$0.firm], reason: $0.reason) }
  }

  private static let mark = Array("BLS1".utf8)

  public var bytes: [UInt8] {
    var out = PackedStandings.mark
    out.reserveCapacity(16 + listed.count * 16 + excluded.count * 9)
    func put(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.littleEndian) { out.append(contentsOf: $0) }
    }
    put(UInt32(listed.count))
    for row in listed {
      put(row.firm)
      put((row.expectedValue ?? .nan).bitPattern)
    }
    let reasons = Set(excluded.map(\.reason)).sorted()
    put(UInt8(reasons.count))
    for reason in reasons {
      put(UInt8(reason.utf8.count))
      out += reason.utf8
    }
    let rows = Dictionary(zip(reasons, UInt8(0)...)) { first, _ in first }
    put(UInt32(excluded.count))
    for row in excluded {
      put(row.firm)
      put(rows[row.reason] ?? 0)
    }
    return out
  }

  /// Nil for bytes that are not whole standings: nothing is read half.
  public init?(_ bytes: [UInt8]) {
    var at = PackedStandings.mark.count
    func take<Number: FixedWidthInteger>(_: Number.Type) -> Number? {
      let size = MemoryLayout<Number>.size
      guard at + size <= bytes.count else { return nil }
      defer { at += size }
      return bytes[at..<at + size].reversed().reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
    }
    guard bytes.starts(with: PackedStandings.mark), let count = take(UInt32.self),
      bytes.count >= Int(count) * 16
    else { return nil }
    var listed: [Listed] = []
    listed.reserveCapacity(Int(count))
    for _ in 0..<count {
      guard let firm = take(UInt64.self), let bits = take(UInt64.self) else { return nil }
      let value = Double(bitPattern: bits)
      listed.append(
        Listed(firm: Int64(bitPattern: firm), expectedValue: value.isNaN ? nil : value))
    }
    guard let kinds = take(UInt8.self) else { return nil }
    var reasons: [String] = []
    for _ in 0..<kinds {
      guard let length = take(UInt8.self), at + Int(length) <= bytes.count else { return nil }
      reasons.append(String(decoding: bytes[at..<at + Int(length)], as: UTF8.self))
      at += Int(length)
    }
    guard let others = take(UInt32.self), bytes.count == at + Int(others) * 9 else { return nil }
    var excluded: [Excluded] = []
    excluded.reserveCapacity(Int(others))
    for _ in 0..<others {
      guard let firm = take(UInt64.self), let reason = take(UInt8.self), reason < kinds else {
        return nil
      }
      excluded.append(Excluded(firm: Int64(bitPattern: firm), reason: reasons[Int(reason)]))
    }
    self.listed = listed
    self.excluded = excluded
  }
}
