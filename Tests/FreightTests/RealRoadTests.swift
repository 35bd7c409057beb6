import Atlas
import Expectations
import Foundation
import Testing

@testable import Freight

/// The road graph of the real data, when it lies beside the checkout.
@Suite(.enabled(if: SharedData.isPresent, "the real data is not beside this checkout: skipped"))
struct RealRoadTests {
  private static let towns: [(key: String, position: Position)] = [
    ("北京", 116.40, 39.90), ("上海", 121.47, 31.23), ("合肥", 117.23, 31.82),
    ("武汉", 114.30, 30.59), ("广州", 113.26, 23.13), ("乌鲁木齐", 87.62, 43.83),
    ("哈尔滨", 126.53, 45.80), ("景洪", 100.80, 22.01), ("防城港", 108.35, 21.69),
    ("海口", 110.20, 20.04),
  ].map { ($0.0, SmallCountry.position($0.1, $0.2)) }

  private static func lines(_ path: String) throws -> [Substring] {
    guard let file = SharedData.file(path) else { return [] }
    guard path.hasSuffix(".gz") else {
      return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map(
        \.self)
    }
    let unpack = Process()
    unpack.executableURL = URL(fileURLWithPath: "/bin/gzip")
    unpack.arguments = ["-dc", file.path]
    let pipe = Pipe()
    unpack.standardOutput = pipe
    try unpack.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    unpack.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").dropFirst().map(\.self)
  }

  private static func positions(
    _ lines: [Substring], longitude: Int, latitude: Int
  ) -> [Position] {
    lines.compactMap { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      guard let x = Double(cells[longitude]), let y = Double(cells[latitude]) else { return nil }
      return Position(longitude: x, latitude: y)
    }
  }

  @Test("domestic lanes keep inside the country, and published distances come out")
  func distances() throws {
    let text = try Self.lines("network/road-nodes.csv.gz")
    let nodes = Self.positions(text, longitude: 2, latitude: 1)
    try #require(nodes.count == text.count)
    var row: [Substring: Int32] = [:]
    for (index, line) in text.enumerated() {
      row[line.prefix { $0 != "," }] = Int32(index)
    }
    let edges = try Self.lines("network/road-edges.csv.gz").compactMap { line -> RoadEdge? in
      let cells = line.split(separator: ",")
      guard let from = row[cells[0]], let to = row[cells[1]], let km = Double(cells[2])
      else { return nil }
      return RoadEdge(from: from, to: to, metres: UInt32((km * 1000).rounded()))
    }
    let home = Self.positions(try Self.lines("places/adcodes.csv"), longitude: 2, latitude: 3)
    let abroad = Self.positions(
      Array(try ShippedCard.text("abroad.csv").dropFirst().filter { !$0.isEmpty }),
      longitude: 0, latitude: 1)
    let mask = domesticMask(nodes: nodes, home: home, abroad: abroad)
    let strait = RoadFerry(
      from: SmallCountry.position(110.17, 20.27), to: SmallCountry.position(110.15, 20.03),
      metres: 26_000)
    let inside = RoadGraph(nodes: nodes, edges: edges, domestic: mask, ferries: [strait])
      .matrix(points: Self.towns)
    let anywhere = RoadGraph(
      nodes: nodes, edges: edges, domestic: Array(repeating: true, count: nodes.count)
    ).matrix(points: Self.towns)
    for (from, to, km) in [("北京", "上海", 1187.0), ("合肥", "武汉", 369), ("北京", "广州", 2055)] {
      let found = try #require(inside.km(from, to))
      #expect(abs(found / km - 1) < 0.05)
    }
    for (from, to) in [("乌鲁木齐", "哈尔滨"), ("景洪", "防城港")] {
      let (kept, free) = (try #require(inside.km(from, to)), try #require(anywhere.km(from, to)))
      #expect(kept > free + 50, "\(from)-\(to) would be shorter through a neighbour")
    }
    #expect(anywhere.km("海口", "广州") == nil)
    #expect(try #require(inside.km("海口", "广州")) > 400)
    let finder = NearestPoint(nodes)
    for (longitude, latitude) in [(106.92, 47.92), (105.85, 21.03), (131.9, 43.13)] {
      let node = try #require(finder.find(SmallCountry.position(longitude, latitude)))
      #expect(!mask[node.index], "Ulaanbaatar, Hanoi and Vladivostok are abroad")
    }
  }
}
