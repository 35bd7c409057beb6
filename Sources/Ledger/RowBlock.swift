import Atlas

/// What was read of some hundred rows, in the order of the file: facts to settle, issues to report. 行块
///
/// Made without the ledger, on whatever thread; the texts of all its facts lie in one piece.
struct RowBlock: Sendable {
  enum Step: Sendable {
    /// The next of `issues` is reported.
    case issue
    /// The next of `issues` is reported when no fact of the row was kept.
    case issueOfBareRow
    /// The next of `facts` is settled.
    case fact
    /// The row ends; without a fact that was kept it stayed out.
    case end
  }

  /// Part of `bytes`.
  struct Span: Sendable {
    let start: UInt32
    let count: UInt32

    /// The bytes from `start` up to the end of the block as it stands.
    init(of bytes: [UInt8], from start: Int) {
      self.start = UInt32(start)
      count = UInt32(bytes.count - start)
    }

    func bytes(in block: CellBytes) -> CellBytes {
      CellBytes(rebasing: block[Int(start)..<Int(start + count)])
    }
  }

  /// A fact that only has to find its place in the ledger.
  struct Fact: Sendable {
    let line: Int
    let knownOn: Day
    /// A 64-bit FNV-1a of its canonical bytes.
    let digest: Int64
    /// Its canonical bytes, which hold all its values.
    let content: Span
    let subject: Subject
  }

  /// What a fact is about.
  enum Subject: Sendable {
    case key(Span)
    case firm(credit: Span?, creditKey: UInt64, stock: Span?, nameKey: Int64, place: Span?)
  }

  struct Issue: Sendable {
    let fault: Fault
    let line: Int
    let header: String?
    /// The cell as it may be shown.
    let excerpt: String?
    let rejects: Bool
  }

  var steps: [Step] = []
  var facts: [Fact] = []
  var issues: [Issue] = []
  var bytes: [UInt8] = []
  /// Rows of the file, blank ones not counted, also those that are not read again.
  var rows = 0
  /// The first day on which a row with a date of its own was known.
  var earliest: Day?

  /// Rows and bytes after which a block is handed on.
  static let rowLimit = 512
  static let byteLimit = 1 << 20

  var isFull: Bool { rows >= RowBlock.rowLimit || bytes.count >= RowBlock.byteLimit }
}
