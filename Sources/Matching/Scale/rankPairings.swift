public import Atlas

/// The first `limit` firms of every segment, scored at every site: each firm once, at its best
/// site. 全量评分
///
/// Equal in order and set to sorting every firm by `expectedValue` in double precision, whatever
/// the number of workers: a chunk's list holds every member of the whole list that lies in it.
///
/// - Returns: one list a segment, best first, ties by the firm's row.
/// - Complexity: O(postings × sites).
public func rankEveryPairing(
  _ columns: PairingColumns, tables: ScoreTables, limit: Int, workers: Workers = .one
) -> [[RankedPairing]] {
  requireFit(columns, tables)
  let chunks = findChunks(columns)
  let lists = workers.map(chunks.count) { index -> [RankedPairing] in
    let (segment, rows) = chunks[index]
    let screen = SegmentScreen(segment: segment, columns: columns, part: segment, tables: tables)
    var short = Shortlist(limit: limit)
    screen.fetch(rows.prefix(fetchedRows))
    screen.scan(rows, into: &short)
    return screen.settle(short)
  }
  var merged = [[RankedPairing]](repeating: [], count: columns.segments)
  for (chunk, list) in zip(chunks, lists) {
    merged[chunk.segment] =
      merged[chunk.segment].isEmpty
      ? list : RankedPairing.first(limit, of: merged[chunk.segment] + list)
  }
  return merged
}

/// Postings handed to a worker at a time.
private let chunkRows = 16_384
/// Postings of a chunk whose rows of the table are read ahead; most zones are among them.
private let fetchedRows = 512

private func findChunks(_ columns: PairingColumns) -> [(segment: Int, rows: Range<Int>)] {
  var chunks: [(segment: Int, rows: Range<Int>)] = []
  for segment in 0..<columns.segments {
    let rows = columns.rows(of: segment)
    var start = rows.lowerBound
    while start < rows.upperBound {
      let end = min(start + chunkRows, rows.upperBound)
      chunks.append((segment, start..<end))
      start = end
    }
  }
  return chunks
}

func requireFit(_ columns: PairingColumns, _ tables: ScoreTables) {
  precondition(columns.segments == tables.segments, "one table for every segment")
  precondition(
    columns.size.isEmpty == tables.isFactored || columns.count == 0,
    "an interaction needs both its columns")
  precondition(columns.count == 0 || columns.zones <= tables.zones, "every zone has its row")
}
