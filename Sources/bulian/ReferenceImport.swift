import Atlas
import Cards
import Foundation
import Freight
import Ledger
import Matching

/// Imports that keep a whole table instead of rows: a road network, an input-output table. 整表导入
enum ReferenceImport: String, CaseIterable {
  case roads = "road-network"
  case inputOutput = "input-output"

  /// - Throws: `BL0540` for the wrong number of files.
  func run(_ workspace: Workspace, files: [String], options: ImportOptions) throws -> [ImportResult]
  {
    let context = try workspace.importContext()
    switch self {
    case .roads:
      guard files.count == 2 else {
        throw Failure(
          "BL0540", exit: 64,
          Phrase(
            zh: "road-network 要两个文件：节点表和路段表。",
            en: "road-network takes two files: nodes and edges."))
      }
      let task = try roadTask(workspace)
      defer { endProgress() }
      return [
        try workspace.ledger.importRoads(
          files[0], files[1], task: task, options: options, context: context,
          progress: { progress($0[Clock.language]) })
      ]
    case .inputOutput:
      return try files.map {
        try workspace.ledger.importInputOutput($0, options: options, context: context)
      }
    }
  }

  /// Every prefecture-level place, the counties of municipalities, the office's own places and its rivals,
  /// and every terminal.
  private func roadTask(_ workspace: Workspace) throws -> RoadTask {
    let entries =
      workspace.library.places + workspace.configuration.zoneEntries
      + (try workspace.ledger.placeEntries(asOf: nil))
    let places = Places(entries)
    let named = Set(workspace.configuration.home + workspace.configuration.rivals)
    var rows = Set(Regions(places).places)
    for row in 0..<places.count where places.position[row] != nil {
      let isUnderMunicipality =
        places.level[row] == .county && places.level[places.prefecture(of: row)] == .province
      if isUnderMunicipality || named.contains(places.code[row]) { rows.insert(row) }
    }
    var points: [(key: String, position: Position)] = rows.sorted().compactMap { row in
      places.position[row].map { (places.code[row], $0) }
    }
    points += try workspace.library.freightModel().terminals.map { ($0.id, $0.position) }
    return RoadTask(
      points: points, home: (0..<places.count).compactMap { places.position[$0] },
      abroad: try workspace.library.townsAbroad(), ferries: try workspace.library.ferries())
  }

  /// What the table in force is used for, in one sentence.
  func said(_ workspace: Workspace) throws -> String {
    let (day, configuration) = (Clock.today, workspace.configuration)
    switch self {
    case .roads:
      let points =
        try workspace.ledger.roads(asOf: day, configuration: configuration)?.points.count ?? 0
      return say(
        "公路里程表：\(points) 个地点两两之间，境内道路加琼州海峡轮渡；此后的物流账都用它。",
        "road distances between \(points) points, on roads inside the country and the strait ferry; every freight bill uses them from now on."
      )
    case .inputOutput:
      let table = try workspace.ledger.nationalTable(asOf: day, configuration: configuration)
      return say(
        "投入产出表\(table?.year.map { " \($0) 年" } ?? "")，\(table?.count ?? 0) 个部门，行列均平；关键度此后用它闭合。",
        "input-output table\(table?.year.map { " of \($0)" } ?? ""), \(table?.count ?? 0) sectors, all accounts close; criticality is closed with it from now on."
      )
    }
  }
}

extension ModelLibrary {
  /// Positions of towns outside the country, which tell its roads apart.
  func townsAbroad() throws(CardError) -> [Position] {
    let table = try requireFreightTable("abroad.csv")
    return table.rows.compactMap { row in
      guard let x = Double(row.cells[0]), let y = Double(row.cells[1]) else { return nil }
      return Position(longitude: x, latitude: y)
    }
  }

  func ferries() throws(CardError) -> [RoadFerry] {
    let table = try requireFreightTable("ferries.csv")
    var ferries: [RoadFerry] = []
    for row in table.rows {
      let numbers = row.cells[1...5].compactMap { Double($0) }
      guard numbers.count == 5, let from = Position(longitude: numbers[0], latitude: numbers[1]),
        let to = Position(longitude: numbers[2], latitude: numbers[3]), numbers[4] > 0
      else {
        throw .malformed(
          card: table.card, line: row.line,
          because: Phrase(
            zh: "轮渡要两端的经纬度和公里数。", en: "a ferry needs both positions and its kilometres."))
      }
      ferries.append(
        RoadFerry(from: from, to: to, metres: UInt32((numbers[4] * 1000).rounded())))
    }
    return ferries
  }

  private func requireFreightTable(_ name: String) throws(CardError) -> Table {
    guard let table = findFreightTable(name) else {
      throw .missing(card: "Freight", name: name)
    }
    return table
  }
}
