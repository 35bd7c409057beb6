/// A column whose cells may be unknown: packed values and one validity bit each. 可缺列
///
/// A cell that is not known can only be read as nil; no number stands in for it.
public struct Known<Value: Sendable & Equatable>: Sendable, Equatable {
  @usableFromInline var values: [Value]
  @usableFromInline var bits: [UInt64]
  @usableFromInline let blank: Value

  /// - Parameter blank: what fills the memory of an unknown cell; never returned.
  @inlinable
  public init(blank: Value) {
    self.blank = blank
    values = []
    bits = []
  }

  @inlinable
  public var count: Int { values.count }

  @inlinable
  public mutating func reserve(_ count: Int) {
    values.reserveCapacity(count)
    bits.reserveCapacity((count + 63) / 64)
  }

  @inlinable
  public mutating func append(_ value: Value?) {
    let row = values.count
    if row % 64 == 0 { bits.append(0) }
    if let value {
      bits[row / 64] |= 1 << UInt64(row % 64)
      values.append(value)
    } else {
      values.append(blank)
    }
  }

  @inlinable
  public subscript(row: Int) -> Value? {
    bits[row / 64] & (1 << UInt64(row % 64)) == 0 ? nil : values[row]
  }

  @inlinable
  public var knownCount: Int { bits.reduce(0) { $0 + $1.nonzeroBitCount } }
}
