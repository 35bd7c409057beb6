import ArgumentParser
import Atlas
import Briefing
import Cards
import Foundation
import Freight
import Ledger
import Matching

/// The least-cost path between two places. 物流
struct FreightCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "freight", abstract: "两地之间最省的走法：分段、各项费用和天数，低、中、高三档。",
    discussion: "例：bulian freight 荣昌区 广州市 --tonnes 5000 --value 120000（元/吨）")

  @OptionGroup var options: WorkspaceOptions
  @Argument(help: "起点：代码或名称") var from: String
  @Argument(help: "终点：代码或名称") var to: String
  @Option(help: "每年吨数") var tonnes: Double
  @Option(help: "每吨货值，元") var value: Double
  @Option(help: "允许的方式：road,rail,water,ocean,air") var modes: String?
  @Option(help: "货类：general hazardous oversize refrigerated bulk") var cargo: String = "general"

  func run() throws {
    guard tonnes.isFinite, tonnes >= 0, value.isFinite, value >= 0 else {
      throw Failure(
        "BL0114", exit: 64,
        Phrase(zh: "吨数和货值不能为负。", en: "tonnes and value must not be negative."))
    }
    let folder = options.workspace.map { URL(fileURLWithPath: $0) }
    let library = try ModelLibrary.load(
      folder: try Workspace.findModels(options.models, workspace: folder))
    var entries = library.places
    if let folder,
      FileManager.default.fileExists(atPath: folder.appending(path: "bulian.yaml").path)
    {
      let workspace = try options.open()
      entries += workspace.configuration.zoneEntries
      entries += try workspace.ledger.placeEntries(asOf: nil)
    }
    let places = Places(entries)
    let gazetteer = Gazetteer(entries)
    let network = FreightNetwork(model: try library.freightModel(), places: places)
    let origin = try place(from, gazetteer, places)
    let destination = try place(to, gazetteer, places)
    guard let kind = CargoClass(rawValue: cargo) else {
      throw Failure(
        "BL0115", exit: 64,
        Phrase(zh: "货类“\(cargo)”不认识。", en: "unknown cargo class \"\(cargo)\"."))
    }
    let quote = network.cost(
      from: origin, to: destination,
      shipment: Shipment(
        tonnesPerYear: tonnes, valuePerTonne: value, cargo: kind, modes: try modeSet()))
    switch quote {
    case .unreachable(let because):
      throw Failure("BL0116", exit: 66, because)
    case .priced(let cost):
      options.format == .json ? print(json(cost).pretty, terminator: "") : show(cost)
    }
  }

  private func modeSet() throws -> ModeSet {
    guard let modes else { return .all }
    var set: ModeSet = []
    for word in modes.split(separator: ",") {
      switch word {
      case "road": set.insert(.road)
      case "rail": set.insert(.rail)
      case "water": set.insert(.water)
      case "ocean": set.insert(.ocean)
      case "air": set.insert(.air)
      default:
        throw Failure(
          "BL0117", exit: 64,
          Phrase(
            zh: "运输方式“\(word)”不认识：可用 road、rail、water、ocean、air。", en: "unknown mode \"\(word)\"."))
      }
    }
    return set
  }

  private func place(_ text: String, _ gazetteer: Gazetteer, _ places: Places) throws -> Int {
    if let row = places.find(code: text) { return row }
    guard case .one(let code) = gazetteer.find(text), let row = places.find(code: code) else {
      throw Failure.noPlace(text)
    }
    return row
  }

  private func json(_ cost: LaneCost) -> JSONValue {
    .object([
      (
        "path",
        .array(
          cost.legs.map { leg in
            .object([
              ("mode", .string(leg.mode.rawValue)), ("from", .string(leg.fromName)),
              ("to", .string(leg.toName)), ("km", .number(leg.km)),
              ("days", span(leg.days.ordered)),
              ("cost", span((leg.costPerTonne * cost.tonnesPerYear).ordered)),
            ])
          })
      ),
      ("freight", span(cost.freight)), ("handling", span(cost.handling)),
      ("inTransit", span(cost.inTransit)), ("cycleStock", span(cost.cycleStock)),
      ("safetyStock", span(cost.safetyStock)), ("loss", span(cost.loss)),
      ("total", span(cost.total)), ("perTonne", span(cost.perTonne)), ("days", span(cost.days)),
    ])
  }

  private func show(_ cost: LaneCost) {
    printTable(
      ["方式", "自", "至", "公里", "天", "元/吨"],
      cost.legs.map {
        [
          $0.mode.label.zh, $0.fromName, $0.toName, whole($0.km),
          String(format: "%.1f", $0.days.base), String(format: "%.1f", $0.costPerTonne.base),
        ]
      }, rightAligned: [3, 4, 5])
    let parts: [(String, Span)] = [
      ("运费", cost.freight), ("装卸", cost.handling), ("在途资金", cost.inTransit),
      ("周转库存", cost.cycleStock), ("安全库存", cost.safetyStock), ("损耗", cost.loss),
      ("合计", cost.total),
    ]
    print("")
    printTable(
      ["费用（元/年）", "低", "中", "高"],
      parts.map { [$0.0, whole($0.1.low), whole($0.1.base), whole($0.1.high)] },
      rightAligned: [1, 2, 3])
    if let each = cost.perTonne {
      print(
        "每吨 \(String(format: "%.1f", each.base)) 元（\(String(format: "%.1f", each.ordered.low))–\(String(format: "%.1f", each.ordered.high))），\(String(format: "%.1f", cost.days.base)) 天"
      )
    }
  }
}
