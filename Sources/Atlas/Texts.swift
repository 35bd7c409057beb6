/// Texts as one run of bytes and where each ends: a nation's names without an allocation each. 文本列
///
/// Memory: the bytes of the texts and four bytes a row; all texts together hold less than 4 GiB.
public struct Texts: Sendable, Equatable {
  var bytes: [UInt8] = []
  var ends: [UInt32] = []

  public init() {}

  public var count: Int { ends.count }

  /// Makes room for rows of about so many bytes each.
  public mutating func reserve(_ count: Int, bytesPerRow: Int) {
    ends.reserveCapacity(count)
    bytes.reserveCapacity(count * bytesPerRow)
  }

  public mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    close()
  }

  /// Appends well-formed UTF-8.
  public mutating func append(utf8: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: utf8)
    close()
  }

  private mutating func close() {
    precondition(bytes.count <= Int(UInt32.max), "a column of texts holds less than 4 GiB")
    ends.append(UInt32(bytes.count))
  }

  public subscript(row: Int) -> String {
    withUTF8(row) { String(decoding: $0, as: UTF8.self) }
  }

  /// Hands over the bytes of a row without making a text of them.
  public func withUTF8<Result>(
    _ row: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    let start = row == 0 ? 0 : Int(ends[row - 1])
    let end = Int(ends[row])
    return try bytes.withUnsafeBufferPointer { try body(.init(rebasing: $0[start..<end])) }
  }
}

/// Texts of which some are not known; a text that is known is never empty. 可缺文本列
public struct KnownTexts: Sendable, Equatable {
  var texts = Texts()

  public init() {}

  public var count: Int { texts.count }

  public mutating func reserve(_ count: Int, bytesPerRow: Int) {
    texts.reserve(count, bytesPerRow: bytesPerRow)
  }

  public mutating func append(_ text: String?) { texts.append(text ?? "") }

  /// Appends well-formed UTF-8; no bytes for a text that is not known.
  public mutating func append(utf8: UnsafeBufferPointer<UInt8>) { texts.append(utf8: utf8) }

  public subscript(row: Int) -> String? {
    texts.withUTF8(row) { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }
  }

  /// Hands over the bytes of a row; none where the text is not known.
  public func withUTF8<Result>(
    _ row: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    try texts.withUTF8(row, body)
  }
}
