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
    commandName: "freight",
    abstract: say(
      "两地之间最省的走法：分段、各项费用和天数，低、中、高三档。",
      "The least-cost way between two places: legs, cost parts and days; low, base, high."),
    discussion: example("bulian freight 荣昌区 广州市 --tonnes 5000 --value 120000（元/吨）"))

  @OptionGroup var options: WorkspaceOptions
  @Argument(help: .say("起点：代码或名称", "from: code or name")) var from: String
  @Argument(help: .say("终点：代码或名称", "to: code or name")) var to: String
  @Option(help: .say("每年吨数", "tonnes a year")) var tonnes: Double
  @Option(help: .say("每吨货值，元", "value of a tonne, yuan")) var value: Double
  @Option(help: .say("允许的方式：road,rail,water,ocean,air", "modes allowed: road,rail,water,ocean,air"))
  var modes: String?
  @Option(
    help: .say(
      "货类：general hazardous oversize refrigerated bulk",
      "cargo: general hazardous oversize refrigerated bulk")) var cargo: String = "general"

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
    var roads: RoadDistances?
    if let folder,
      FileManager.default.fileExists(atPath: folder.appending(path: "bulian.yaml").path)
    {
      let workspace = try options.open()
      entries += workspace.configuration.zoneEntries
      entries += try workspace.ledger.placeEntries(asOf: nil)
      roads = try workspace.ledger.roads(
        asOf: Clock.today, configuration: workspace.configuration)
    }
    let places = Places(entries)
    let gazetteer = Gazetteer(entries)
    let network = FreightNetwork(
      model: try library.freightModel(), places: places, roadKm: roads.map(RoadMatrix.init))
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
      options.format == .json
        ? print(json(cost, hasRoads: roads != nil).pretty, terminator: "")
        : show(cost, hasRoads: roads != nil)
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

  private func json(_ cost: LaneCost, hasRoads: Bool) -> JSONValue {
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
      ("roadDistances", .string(hasRoads ? "road-network" : "circuity")),
    ])
  }

  private func show(_ cost: LaneCost, hasRoads: Bool) {
    printTable(
      [
        say("方式", "mode"), say("自", "from"), say("至", "to"), say("公里", "km"), say("天", "days"),
        say("元/吨", "yuan/t"),
      ],
      cost.legs.map {
        [
          $0.mode.label.zh, $0.fromName, $0.toName, whole($0.km),
          String(format: "%.1f", $0.days.base), String(format: "%.1f", $0.costPerTonne.base),
        ]
      }, rightAligned: [3, 4, 5])
    let parts: [(String, Span)] = [
      (say("运费", "freight"), cost.freight), (say("装卸", "handling"), cost.handling),
      (say("在途资金", "in transit"), cost.inTransit),
      (say("周转库存", "cycle stock"), cost.cycleStock),
      (say("安全库存", "safety stock"), cost.safetyStock),
      (say("损耗", "loss"), cost.loss),
      (say("合计", "total"), cost.total),
    ]
    print("")
    printTable(
      [say("费用（元/年）", "cost (yuan/yr)"), say("低", "low"), say("中", "base"), say("高", "high")],
      parts.map { [$0.0, whole($0.1.low), whole($0.1.base), whole($0.1.high)] },
      rightAligned: [1, 2, 3])
    if let each = cost.perTonne {
      print(
        "每吨 \(String(format: "%.1f", each.base)) 元（\(String(format: "%.1f", each.ordered.low))–\(String(format: "%.1f", each.ordered.high))），\(String(format: "%.1f", cost.days.base)) 天"
      )
    }
    print(
      hasRoads
        ? say("公路里程取自导入的路网。", "Road distances are from the imported road network.")
        : say(
          "公路里程按大圆距离×绕行系数估算；导入路网（import road-network）可改用实际道路。",
          "Road distances are great circle × circuity; import road-network puts real roads in their place."
        ))
  }
}
