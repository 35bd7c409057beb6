import GRDB

/// Writes the links of one firm after another, and of these only what differs from what is kept.
final class LinkWriter {
  /// Which firms are to come.
  enum Scope {
    /// All, into an empty table: nothing need be looked for.
    case first
    case all
    /// Some; the tally is that of the table as it stands.
    case changed(LinkTally)
  }

  /// Of the table, when all firms to come have come.
  private(set) var tally = LinkTally()
  private let isFirst: Bool
  private let isChange: Bool
  private let insertion: Lookup
  private let removal: Lookup
  private let kept: Lookup

  init(_ database: Database, _ scope: Scope) throws {
    switch scope {
    case .first: (isFirst, isChange) = (true, false)
    case .all: (isFirst, isChange) = (false, false)
    case .changed(let standing):
      (isFirst, isChange) = (false, true)
      tally = standing
    }
    insertion = try Lookup(
      database,
      sql: """
        INSERT INTO machineLink (firmId, segmentId, score, class, likelyShare)
        VALUES (?, ?, ?, ?, ?)
        """)
    removal = try Lookup(
      database, sql: "DELETE FROM machineLink WHERE firmId = ? AND segmentId = ?")
    kept = try Lookup(
      database,
      sql: """
        SELECT segmentId, class, score, likelyShare FROM machineLink WHERE firmId = ?
        """)
  }

  /// Makes the links of a firm these, in whatever order they come.
  func write(_ links: [MachineLink], of firm: Int64) throws {
    // Rows that come in the order of the table are the cheapest to add.
    let links = links.count < 2 ? links : links.sorted { $0.segment < $1.segment }
    for link in links { tally.add(link.linkClass, 1) }
    if isFirst {
      for link in links { try insert(link) }
      return
    }
    var stands = [Bool](repeating: false, count: links.count)
    var gone: [String] = []
    kept.bind(1, firm)
    while try kept.step() {
      if isChange { tally.add(MachineLink.Class(rawValue: kept.text(1) ?? ""), -1) }
      if let row = links.firstIndex(where: { kept.isText(0, $0.segment) }), isKept(links[row]) {
        stands[row] = true
      } else if let segment = kept.text(0) {
        gone.append(segment)
      }
    }
    for segment in gone {
      removal.bind(1, firm)
      removal.bind(2, segment)
      _ = try removal.step()
    }
    for (link, stands) in zip(links, stands) where !stands { try insert(link) }
  }

  /// True when the row at hand says the same.
  private func isKept(_ link: MachineLink) -> Bool {
    kept.isText(1, link.linkClass.rawValue) && kept.real(2) == link.score
      && kept.real(3) == link.likelyShare
  }

  private func insert(_ link: MachineLink) throws {
    insertion.bind(1, link.firm)
    insertion.bind(2, link.segment)
    insertion.bind(3, real: link.score)
    insertion.bind(4, link.linkClass.rawValue)
    insertion.bind(5, real: link.likelyShare)
    _ = try insertion.step()
  }
}
