/// Writes columns one after the other as they lie in memory, for a file that only this program reads
/// again. 列字节
///
/// A column is the number of its values and their bytes, filled up to eight.
public struct ColumnWriter {
  private let sink: (UnsafeRawBufferPointer) throws -> Void

  public init(_ sink: @escaping (UnsafeRawBufferPointer) throws -> Void) { self.sink = sink }

  public func add<Value: BitwiseCopyable>(_ column: [Value]) throws {
    try withUnsafeBytes(of: UInt64(column.count)) { try sink($0) }
    try column.withUnsafeBytes { bytes in
      try sink(bytes)
      let rest = (8 - bytes.count % 8) % 8
      if rest > 0 { try withUnsafeBytes(of: UInt64(0)) { try sink(.init(rebasing: $0[..<rest])) } }
    }
  }
}

/// Reads columns in the order in which they were written.
public struct ColumnReader {
  private var bytes: UnsafeRawBufferPointer

  /// - Parameter bytes: have to stay until all columns are read.
  public init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The next column; nil where the bytes end before it does.
  public mutating func take<Value: BitwiseCopyable>(_ type: Value.Type = Value.self) -> [Value]? {
    guard bytes.count >= 8 else { return nil }
    let count = bytes.loadUnaligned(as: UInt64.self)
    let stride = MemoryLayout<Value>.stride
    guard count <= UInt64((bytes.count - 8) / stride) else { return nil }
    let size = Int(count) * stride
    let column = [Value](unsafeUninitializedCapacity: Int(count)) { values, filled in
      UnsafeMutableRawBufferPointer(values).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: bytes[8..<(8 + size)]))
      filled = Int(count)
    }
    bytes = UnsafeRawBufferPointer(rebasing: bytes[min(bytes.count, 8 + (size + 7) / 8 * 8)...])
    return column
  }
}

extension Texts {
  public func write(to writer: ColumnWriter) throws {
    try writer.add(bytes)
    try writer.add(ends)
  }

  public init?(from reader: inout ColumnReader) {
    guard let bytes = reader.take(UInt8.self), let ends = reader.take(UInt32.self),
      Int(ends.last ?? 0) == bytes.count
    else { return nil }
    self.bytes = bytes
    self.ends = ends
  }

  /// Appends rows of another column. Complexity: O(bytes of the rows).
  public mutating func append(_ other: Texts, rows: Range<Int>) {
    guard !rows.isEmpty else { return }
    let start = rows.lowerBound == 0 ? 0 : Int(other.ends[rows.lowerBound - 1])
    let end = Int(other.ends[rows.upperBound - 1])
    let shift = bytes.count - start
    precondition(
      bytes.count + end - start <= Int(UInt32.max), "a column of texts holds less than 4 GiB")
    bytes.append(contentsOf: other.bytes[start..<end])
    ends.append(contentsOf: other.ends[rows].lazy.map { UInt32(Int($0) + shift) })
  }
}

extension KnownTexts {
  public func write(to writer: ColumnWriter) throws { try texts.write(to: writer) }

  public init?(from reader: inout ColumnReader) {
    guard let texts = Texts(from: &reader) else { return nil }
    self.texts = texts
  }

  public mutating func append(_ other: KnownTexts, rows: Range<Int>) {
    texts.append(other.texts, rows: rows)
  }
}

extension Known where Value: BitwiseCopyable {
  public func write(to writer: ColumnWriter) throws {
    try writer.add(values)
    try writer.add(bits)
  }

  public init?(blank: Value, from reader: inout ColumnReader) {
    guard let values = reader.take(Value.self), let bits = reader.take(UInt64.self),
      bits.count == (values.count + 63) / 64
    else { return nil }
    self.init(blank: blank)
    self.values = values
    self.bits = bits
  }
}

extension Known {
  /// Appends rows of another column. Complexity: O(rows).
  public mutating func append(_ other: Known, rows: Range<Int>) {
    for row in rows { append(other[row]) }
  }
}

extension FirmStatus: BitwiseCopyable {}
extension FirmFlags: BitwiseCopyable {}
extension Day: BitwiseCopyable {}
extension Provenance: BitwiseCopyable {}

extension Firms {
  public func write(to writer: ColumnWriter) throws {
    try writer.add(id)
    try name.write(to: writer)
    try creditCode.write(to: writer)
    try stockCode.write(to: writer)
    try seat.write(to: writer)
    try writer.add(status)
    try writer.add(flags)
    try employees.write(to: writer)
    try revenue.write(to: writer)
    try established.write(to: writer)
    try writer.add(provenance)
  }

  /// - Returns: nil where the bytes end too soon, or the columns are not of one length.
  public init?(from reader: inout ColumnReader) {
    guard let id = reader.take(Int64.self), let name = Texts(from: &reader),
      let creditCode = KnownTexts(from: &reader), let stockCode = KnownTexts(from: &reader),
      let seat = Known<Int32>(blank: 0, from: &reader), let status = reader.take(FirmStatus.self),
      let flags = reader.take(FirmFlags.self),
      let employees = Known<Float>(blank: 0, from: &reader),
      let revenue = Known<Float>(blank: 0, from: &reader),
      let established = Known<Day>(blank: Day(number: 0), from: &reader),
      let provenance = reader.take(Provenance.self)
    else { return nil }
    let counts = [
      name.count, creditCode.count, stockCode.count, seat.count, status.count, flags.count,
      employees.count, revenue.count, established.count, provenance.count,
    ]
    guard counts.allSatisfy({ $0 == id.count }) else { return nil }
    self.init()
    self.id = id
    self.name = name
    self.creditCode = creditCode
    self.stockCode = stockCode
    self.seat = seat
    self.status = status
    self.flags = flags
    self.employees = employees
    self.revenue = revenue
    self.established = established
    self.provenance = provenance
  }

  /// Appends rows of other columns as they stand. Complexity: O(rows).
  public mutating func append(_ other: Firms, rows: Range<Int>) {
    id.append(contentsOf: other.id[rows])
    name.append(other.name, rows: rows)
    creditCode.append(other.creditCode, rows: rows)
    stockCode.append(other.stockCode, rows: rows)
    seat.append(other.seat, rows: rows)
    status.append(contentsOf: other.status[rows])
    flags.append(contentsOf: other.flags[rows])
    employees.append(other.employees, rows: rows)
    revenue.append(other.revenue, rows: rows)
    established.append(other.established, rows: rows)
    provenance.append(contentsOf: other.provenance[rows])
  }
}
