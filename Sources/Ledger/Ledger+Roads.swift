public import Atlas
import Foundation
public import Freight

/// Between which points road distances are computed, and which roads may be used. 公路里程计算
public struct RoadTask: Sendable {
  /// Place codes and terminal ids.
  public var points: [(key: String, position: Position)]
  /// Positions of places at home, counties too.
  public var home: [Position]
  /// Positions of towns abroad: a road nearer to one of them is left out.
  public var abroad: [Position]
  public var ferries: [RoadFerry]

  public init(
    points: [(key: String, position: Position)], home: [Position], abroad: [Position],
    ferries: [RoadFerry]
  ) {
    self.points = points
    self.home = home
    self.abroad = abroad
    self.ferries = ferries
  }

  /// Changes when other points or another border would give another table.
  var digest: String {
    func text(_ position: Position) -> String { "\(position.longitude) \(position.latitude)\n" }
    let parts =
      points.map { $0.key + " " + text($0.position) } + (home + abroad).map(text)
      + ferries.map { text($0.from) + text($0.to) + "\($0.metres)\n" }
    return Ledger.digest(of: Data(parts.joined().utf8))
  }
}

extension Ledger {
  /// Reads a road graph, computes the distances of a task exactly, and keeps the table. 公路网导入
  ///
  /// Nodes have `node_id, lat, lon`, edges `from_node, to_node, length_km`; either file first.
  /// Idempotent by both files and the task. An edge without its nodes or with a length that is no
  /// positive number is left out and counted; more than one in a hundred, and the graph is refused.
  /// - Parameter progress: told what is being done.
  /// - Throws: `BL0290`–`BL0293`; the ledger is unchanged.
  public func importRoads(
    _ first: String, _ second: String, task: RoadTask, options: ImportOptions,
    context: ImportContext, progress: (Phrase) -> Void
  ) throws(LedgerError) -> ImportResult {
    let files = [try TableFile(path: first), try TableFile(path: second)]
    let fileDigest = Ledger.digest(of: Data(files.map(\.digest).sorted().joined().utf8))
    let taskDigest = task.digest
    if let known = try findImported(
      .roads, fileDigest: fileDigest, profileDigest: taskDigest, context: context)
    {
      return known
    }
    progress(Phrase(zh: "读取路网", en: "reading the roads"))
    var nodes: [Position] = []
    var rowOfId: [String: Int32] = [:]
    var edges: [RoadEdge] = []
    var lost = 0
    let readers = try files.map { (file) throws(LedgerError) in try RoadFile(file) }
    guard let nodeFile = readers.first(where: { $0.isNodes }),
      let edgeFile = readers.first(where: { !$0.isNodes })
    else {
      throw LedgerError(
        "BL0290",
        zh:
          "路网要两个文件：节点表（node_id、lat、lon）和路段表（from_node、to_node、length_km）；给的两个都是\(readers[0].isNodes ? "节点表" : "路段表")。",
        en:
          "a road network is two files: nodes (node_id, lat, lon) and edges (from_node, to_node, length_km); both given are \(readers[0].isNodes ? "nodes" : "edges")."
      )
    }
    try nodeFile.forEach { cells in
      guard let latitude = Double(cells[1]), let longitude = Double(cells[2]),
        let position = Position(longitude: longitude, latitude: latitude),
        rowOfId[cells[0]] == nil
      else {
        lost += 1
        return
      }
      rowOfId[cells[0]] = Int32(nodes.count)
      nodes.append(position)
    }
    try edgeFile.forEach { cells in
      guard let from = rowOfId[cells[0]], let to = rowOfId[cells[1]], let km = Double(cells[2]),
        km.isFinite, km >= 0, km < 4_000_000
      else {
        lost += 1
        return
      }
      edges.append(RoadEdge(from: from, to: to, metres: UInt32((km * 1000).rounded())))
    }
    let rows = nodes.count + edges.count + lost
    guard !nodes.isEmpty, !edges.isEmpty, lost * 100 <= rows else {
      throw LedgerError(
        "BL0291",
        zh:
          "路网不可用：\(nodes.count) 个节点、\(edges.count) 条路段可读，\(lost) 行坐标、长度或节点号不对（容许百分之一）；请核对 \(files[0].name) 和 \(files[1].name)。",
        en:
          "the road network cannot be used: \(nodes.count) nodes and \(edges.count) roads are readable, \(lost) rows have a wrong position, length or node (one in a hundred is allowed); check \(files[0].name) and \(files[1].name)."
      )
    }
    progress(Phrase(zh: "划出境内道路", en: "leaving out roads abroad"))
    let mask = domesticMask(nodes: nodes, home: task.home, abroad: task.abroad)
    progress(
      Phrase(
        zh: "计算 \(task.points.count) 个地点之间的公路里程",
        en: "computing road distances between \(task.points.count) points"))
    let matrix = RoadGraph(nodes: nodes, edges: edges, domestic: mask, ferries: task.ferries)
      .matrix(points: task.points)
    let reached = matrix.km.count { $0 != nil }
    guard reached > task.points.count else {
      throw LedgerError(
        "BL0292", zh: "路网没有连起任何两个地点：请核对经纬度的列和坐标系（WGS84）。",
        en: "the roads join no two places: check the columns of latitude and longitude (WGS84).")
    }
    var content = Data(capacity: matrix.km.count * 4)
    for km in matrix.km {
      let metres = km.map { UInt32(($0 * 1000).rounded()) } ?? .max
      withUnsafeBytes(of: metres.littleEndian) { content.append(contentsOf: $0) }
    }
    var result = try store(
      .roads, name: nodeFile.name + " + " + edgeFile.name, bytes: files[0].size + files[1].size,
      fileDigest: fileDigest, profileDigest: taskDigest,
      heading: task.points.map(\.key).joined(separator: "\n"), content: content, rows: rows,
      options: options, context: context)
    result.rejected = lost
    return result
  }
}

/// One of the two files of a road network.
private struct RoadFile {
  let name: String
  let isNodes: Bool
  private let file: TableFile
  private let columns: [Int]

  init(_ file: TableFile) throws(LedgerError) {
    self.file = file
    name = file.name
    let reader = try file.rows(sheet: nil)
    var row = RawRow()
    guard try reader.next(&row) else { throw .emptyFile(file.path) }
    let header = row.texts.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
    func find(_ names: [[String]]) -> [Int]? {
      let found = names.compactMap { words in header.firstIndex { words.contains($0) } }
      return found.count == names.count ? found : nil
    }
    if let edges = find([
      ["from_node", "from", "起点"], ["to_node", "to", "终点"], ["length_km", "km", "长度（公里）"],
    ]) {
      isNodes = false
      columns = edges
    } else if let nodes = find([
      ["node_id", "id", "节点"], ["lat", "latitude", "纬度"], ["lon", "lng", "longitude", "经度"],
    ]) {
      isNodes = true
      columns = nodes
    } else {
      throw LedgerError(
        "BL0293",
        zh: "\(file.name) 不是路网文件：表头应有 node_id、lat、lon，或 from_node、to_node、length_km。",
        en:
          "\(file.name) is no file of a road network: its header should have node_id, lat, lon, or from_node, to_node, length_km."
      )
    }
  }

  func forEach(_ take: ([String]) -> Void) throws(LedgerError) {
    let reader = try file.rows(sheet: nil)
    var row = RawRow()
    guard try reader.next(&row) else { return }
    let widest = columns.max() ?? 0
    while try reader.next(&row) {
      if row.isBlank { continue }
      take(row.count > widest ? columns.map(row.text) : ["", "", ""])
    }
  }
}
