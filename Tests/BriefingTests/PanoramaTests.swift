import Atlas
import Foundation
import Matching
import Testing

@testable import Briefing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Panorama")
struct PanoramaTests {
  @Test("200 random chains: no overlap, no text outside its box, every flow ends at a box")
  func layoutLaws() {
    for seed in 0..<200 {
      var random = Generator(seed: UInt64(seed))
      let count = 6 + Int(random.next() % 55)
      let data = randomChain(count, random: &random)
      let panorama = Panorama(data)
      let layout = panorama.layout
      let page = Frame(x: 0, y: 0, width: Panorama.width, height: Panorama.height)

      for (index, frame) in layout.frames.enumerated() {
        #expect(layout.area.contains(frame), "box \(index) of chain \(seed) leaves the sheet")
        for other in layout.frames.indices where other > index {
          #expect(
            !frame.overlaps(layout.frames[other]), "boxes \(index), \(other) of chain \(seed)")
        }
        for line in layout.boxes[index].lines {
          let width = TextMetrics.width(line.text, size: line.size, weight: line.weight)
          #expect(width <= line.room + 1e-6, "\(line.text) is wider than its room")
          let ink = Drawing.Label(
            line.text, at: Point(frame.x + line.x, frame.y + line.baseline), size: line.size,
            weight: line.weight, room: line.room
          ).frame
          #expect(frame.contains(ink), "\(line.text) leaves box \(index) of chain \(seed)")
        }
      }
      for shape in panorama.drawing.shapes {
        if case .text(let label) = shape {
          #expect(page.contains(label.frame), "\(label.text) leaves the page")
          #expect(label.width <= label.room + 1e-6)
        }
      }
      for ribbon in layout.ribbons {
        if let tip = ribbon.tip {
          let touches = ribbon.targets.contains { target in
            let frame = layout.frames[target]
            return tip.y >= frame.y && tip.y <= frame.bottom
              && (abs(tip.x - frame.x) < 1e-6 || abs(tip.x - frame.right) < 1e-6)
          }
          #expect(touches, "an arrow of chain \(seed) points at nothing")
        }
        for point in points(on: ribbon.path) {
          #expect(page.contains(Frame(x: point.x, y: point.y, width: 0, height: 0)))
          let hidden = layout.frames.contains { frame in
            point.x > frame.x + 0.01 && point.x < frame.right - 0.01 && point.y > frame.y + 0.01
              && point.y < frame.bottom - 0.01
          }
          #expect(!hidden, "a ribbon of chain \(seed) runs behind a box")
        }
      }
      let reached = Set(
        layout.ribbons.filter { $0.tip != nil }.flatMap { ribbon in
          ribbon.targets.map { [ribbon.from, $0] }
        })
      let wanted = data.flows.filter { $0.from != $0.to && $0.weight > 0 }
      let drawn = wanted.filter { reached.contains([$0.from, $0.to]) }.count
      #expect(drawn + layout.undrawn == wanted.count, "flows of chain \(seed) were lost")
    }
  }

  @Test("type stays legible on A3 for up to 60 segments in up to eight tiers")
  func typeIsLegible() {
    for count in [6, 12, 20, 30, 45, 60] {
      var random = Generator(seed: 7)
      var data = randomChain(count, random: &random)
      // Spread evenly: what a drawn-up chain looks like.
      data.tiers = (0..<6).map { "层级\($0)" }
      for index in data.segments.indices { data.segments[index].tier = index * 6 / count }
      let scale = Panorama(data).layout.scale
      #expect(scale * 8.4 >= 5.6, "\(count) segments: firms in \(scale * 8.4) pt")
    }
  }

  @Test("the same chain gives the same bytes, and they are well-formed")
  func bytesAreStable() throws {
    var random = Generator(seed: 3)
    var data = randomChain(20, random: &random)
    data.segments[0].name = "<script>alert(1)</script> & \"quotes\""
    data.segments[1].marked = "]]><b>"
    let first = Panorama(data).drawing.svg()
    #expect(first == Panorama(data).drawing.svg())
    #expect(!first.contains("<script"))
    #expect(XMLParser(data: Data(first.utf8)).parse())
  }

  @Test("a segment without any firm says that firms are to be filled in")
  func emptySegmentsSaySo() {
    var random = Generator(seed: 5)
    var data = randomChain(8, random: &random)
    data.segments[2].local = []
    data.segments[2].national = []
    data.segments[2].targets = []
    let layout = Panorama(data).layout
    #expect(layout.boxes[2].lines.contains { $0.text == "企业待补" })
    let named = data.segments.indices.filter {
      !data.segments[$0].local.isEmpty || !data.segments[$0].national.isEmpty
    }
    for index in named {
      #expect(layout.boxes[index].lines.contains { $0.text.contains("示例") })
    }
  }

  private func points(on path: [Drawing.Segment]) -> [Point] {
    var points: [Point] = []
    var current = Point(0, 0)
    for segment in path {
      switch segment {
      case .move(let p): current = p
      case .line(let p):
        for step in 0...12 {
          let t = Double(step) / 12
          points.append(
            Point(current.x + (p.x - current.x) * t, current.y + (p.y - current.y) * t))
        }
        current = p
      case .curve(let a, let b, let p):
        for step in 0...24 {
          let t = Double(step) / 24
          let u = 1 - t
          func mix(_ k: KeyPath<Point, Double>) -> Double {
            u * u * u * current[keyPath: k] + 3 * u * u * t * a[keyPath: k]
              + 3 * u * t * t * b[keyPath: k] + t * t * t * p[keyPath: k]
          }
          points.append(Point(mix(\.x), mix(\.y)))
        }
        current = p
      case .close: break
      }
    }
    return points
  }
}

/// A chain with long and short names, empty segments, flows in every direction.
func randomChain(_ count: Int, random: inout Generator) -> PanoramaData {
  let stems = ["铜箔", "电子级玻璃纤维布", "覆铜板", "HDI", "Chemicals for plating and etching", "检测", "干膜光刻胶"]
  let tiers = 2 + Int(random.next() % 7)
  var segments: [PanoramaSegment] = []
  for index in 0..<count {
    func firms(_ limit: UInt64) -> [PanoramaFirm] {
      (0..<Int(random.next() % (limit + 1))).map { number in
        PanoramaFirm(
          name: "示例" + stems[Int(random.next() % 7)] + ["科技", "有限公司", " Co., Ltd."][number % 3],
          distanceKm: random.next() % 2 == 0 ? Double(random.next() % 3000) : nil)
      }
    }
    segments.append(
      PanoramaSegment(
        name: stems[Int(random.next() % 7)] + (random.next() % 3 == 0 ? "及其上游专用材料与助剂" : ""),
        tier: Int(random.next() % UInt64(tiers)),
        gapClass: GapClass.allCases[Int(random.next() % 6)],
        figure: random.next() % 2 == 0 ? "需求 123,456 万元/年 · 覆盖 12%" : "",
        local: firms(6), national: firms(9), targets: firms(3),
        marked: index == count / 2 ? "示例某某精密电子科技（广东）股份有限公司" : nil))
  }
  var flows: [PanoramaFlow] = []
  for _ in 0..<(count * 3) {
    flows.append(
      PanoramaFlow(
        from: Int(random.next() % UInt64(count)), to: Int(random.next() % UInt64(count)),
        weight: random.uniform() * 0.3))
  }
  var seen: Set<[Int]> = []
  flows = flows.filter { seen.insert([$0.from, $0.to]).inserted }
  return PanoramaData(
    title: "示例产业链全景图", subtitle: "副题", language: .zhHans, classification: .open, isSample: true,
    tiers: (0..<tiers).map { "层级\($0)" }, segments: segments, flows: flows,
    position: ["某某公司位于第三层。"], footer: [String(repeating: "来源与许可 ", count: 60)])
}
