import Atlas
import Testing

@testable import Matching

@Suite struct MinCostFlowTests {
  private struct Case {
    var capacity: [Int64] = []
    var need: [Int64] = []
    var arcs: [(supplier: Int, input: Int, km: Int64)] = []

    init(seed: UInt64) {
      var random = Generator(seed: seed)
      func below(_ limit: UInt64) -> UInt64 { random.next() % limit }
      let suppliers = Int(2 + below(6))
      let inputs = Int(1 + below(5))
      capacity = (0..<suppliers).map { _ in Int64(below(60)) }
      need = (0..<inputs).map { _ in Int64(below(60)) }
      for supplier in 0..<suppliers {
        for input in 0..<inputs where below(10) < 6 {
          arcs.append((supplier, input, Int64(below(40))))
        }
      }
    }

    func solve() -> (flow: Int64, cost: Int64, amounts: [Int64]) {
      let source = capacity.count + need.count
      var network = MinCostFlow(nodes: source + 2)
      for (row, limit) in capacity.enumerated() {
        network.add(from: source, to: row, capacity: limit, cost: 0)
      }
      for (row, limit) in need.enumerated() {
        network.add(from: capacity.count + row, to: source + 1, capacity: limit, cost: 0)
      }
      let numbers = arcs.map {
        network.add(
          from: $0.supplier, to: capacity.count + $0.input, capacity: 1_000_000, cost: $0.km)
      }
      let (flow, cost) = network.solve(source: source, sink: source + 1)
      return (flow, cost, numbers.map { network.flow(on: $0) })
    }
  }

  @Test("amount and distance equal the linear program on 200 random networks")
  func reference() {
    #expect(MinCostFlowTests.solved.count == 200)
    for (seed, wanted) in MinCostFlowTests.solved.enumerated() {
      let found = Case(seed: UInt64(seed)).solve()
      #expect(found.flow == wanted.0 && found.cost == wanted.1, "seed \(seed)")
    }
  }

  @Test(
    "no supplier sells more than it has and no input gets more than it needs", arguments: 0..<50)
  func conservation(seed: UInt64) {
    let network = Case(seed: 9000 + seed)
    let found = network.solve()
    var sold = [Int64](repeating: 0, count: network.capacity.count)
    var bought = [Int64](repeating: 0, count: network.need.count)
    for (arc, amount) in zip(network.arcs, found.amounts) {
      #expect(amount >= 0)
      sold[arc.supplier] += amount
      bought[arc.input] += amount
    }
    for (amount, limit) in zip(sold, network.capacity) { #expect(amount <= limit) }
    for (amount, limit) in zip(bought, network.need) { #expect(amount <= limit) }
    #expect(sold.reduce(0, +) == found.flow)
  }

  @Test("the cheap way is given up where it would cost amount")
  func rerouting() {
    var network = MinCostFlow(nodes: 6)
    network.add(from: 4, to: 0, capacity: 1, cost: 0)
    network.add(from: 4, to: 1, capacity: 1, cost: 0)
    network.add(from: 2, to: 5, capacity: 1, cost: 0)
    network.add(from: 3, to: 5, capacity: 1, cost: 0)
    network.add(from: 0, to: 2, capacity: 1, cost: 1)
    network.add(from: 0, to: 3, capacity: 1, cost: 9)
    network.add(from: 1, to: 2, capacity: 1, cost: 3)
    let (flow, cost) = network.solve(source: 4, sink: 5)
    #expect(flow == 2 && cost == 12)
  }

  /// Amount and amount × distance by seed: Scripts/oracles/suppliers.py (scipy.optimize.linprog).
  private static let solved: [(Int64, Int64)] = [
    (26, 387), (115, 1939), (71, 348), (12, 144), (141, 1084), (69, 1319), (81, 1864), (111, 772),
    (110, 1198), (40, 590), (113, 1122), (38, 508), (101, 1738), (11, 242), (89, 800), (102, 830),
    (168, 2787), (55, 1236), (81, 2323), (54, 930), (47, 1083), (113, 2095), (64, 1388),
    (133, 2025), (53, 359), (14, 56), (99, 1253), (172, 1602), (67, 1368), (54, 444), (133, 1936),
    (49, 343), (36, 370), (27, 583), (152, 3096), (186, 2133), (81, 1136), (97, 1360), (90, 2110),
    (18, 18), (52, 604), (0, 0), (25, 504), (77, 1233), (30, 449), (113, 1666), (49, 833),
    (31, 576), (110, 2342), (55, 77), (53, 563), (90, 1750), (144, 1320), (124, 1370), (73, 585),
    (22, 88), (49, 488), (32, 229), (42, 1228), (48, 912), (9, 9), (67, 1359), (27, 791),
    (101, 1061), (127, 1432), (105, 1469), (109, 979), (70, 1090), (49, 493), (78, 596),
    (42, 876), (77, 1350), (67, 1315), (37, 111), (29, 348), (33, 334), (104, 878), (47, 1097),
    (44, 1223), (25, 25), (56, 594), (76, 542), (58, 671), (17, 51), (24, 223), (74, 1546),
    (76, 712), (35, 805), (138, 926), (78, 1161), (99, 953), (90, 620), (124, 1447), (39, 589),
    (99, 1511), (123, 996), (97, 1675), (53, 829), (40, 642), (170, 2914), (29, 603), (17, 238),
    (58, 1071), (49, 510), (113, 2057), (81, 977), (67, 1594), (49, 1089), (50, 910), (16, 111),
    (70, 855), (242, 4007), (72, 1004), (144, 2340), (55, 447), (28, 140), (24, 592), (85, 1291),
    (62, 1657), (111, 1608), (60, 580), (41, 518), (131, 1984), (73, 1092), (61, 1184),
    (90, 1190), (100, 1059), (75, 429), (132, 801), (123, 1134), (18, 396), (41, 873), (38, 76),
    (116, 1548), (101, 1263), (31, 217), (71, 967), (35, 505), (102, 1663), (58, 1611), (28, 834),
    (119, 3262), (53, 592), (86, 584), (47, 1495), (109, 2110), (115, 1266), (32, 448),
    (131, 1145), (99, 1874), (23, 312), (112, 1625), (21, 513), (91, 1667), (149, 1824),
    (17, 318), (67, 459), (119, 2299), (76, 1495), (57, 579), (31, 155), (3, 72), (3, 0),
    (43, 725), (133, 2544), (15, 228), (57, 107), (31, 1111), (83, 1222), (48, 243), (20, 260),
    (48, 290), (52, 876), (98, 345), (14, 203), (22, 682), (27, 243), (69, 1329), (131, 2214),
    (123, 1971), (28, 887), (42, 753), (36, 324), (106, 655), (16, 118), (125, 2040), (20, 575),
    (48, 768), (149, 2669), (53, 573), (87, 849), (52, 1158), (9, 324), (114, 876), (56, 1037),
    (139, 2731), (109, 1204), (81, 1309), (119, 1728), (45, 100),
  ]
}
