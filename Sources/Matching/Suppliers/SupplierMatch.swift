import Atlas

/// Which local firms could supply how much of a project's inputs. 本地配套
///
/// Not a saving: freight money of re-sourced lanes is counted with the freight bills only.
public struct SupplierMatch: Sendable, Equatable {
  /// In the order of the bill.
  public let inputs: [InputMatch]
  /// Value that local firms could supply over the value needed. 本地配套率
  public let localSourcing: Figure
  /// Inputs with at least one supplier that receives an order.
  public let matched: Int
  /// Inputs needed.
  public let needed: Int
  /// Inputs with two or more suppliers within reach: a second source.
  public let twoSourced: Int
}

/// One input of a project and the firms that could supply it. 投入匹配
public struct InputMatch: Sendable, Equatable {
  public let segment: Int
  /// 10k yuan per year.
  public let need: Span
  /// 10k yuan per year that local firms could supply.
  public let supplied: Span
  /// Suppliers that receive an order, largest first, then nearest.
  public let orders: [SupplierOrder]
  /// Firms within reach whose capacity is not known: to be asked.
  public let toAsk: [LocalSupply.Candidate]
  /// Firms within reach whose quality is known to be too low.
  public let belowQuality: [LocalSupply.Candidate]

  /// 0 to 1.
  public var fillRate: Double { need.base > 0 ? supplied.base / need.base : 0 }
}

/// What one firm would supply. 供货
public struct SupplierOrder: Sendable, Equatable {
  public let supplier: LocalSupply.Candidate
  /// 10k yuan per year.
  public let amount: Double
}

/// A project in a portfolio of suppliers' customers. 组合项目
public struct SuppliedProject: Sendable {
  public let bill: BillOfInputs
  public let supply: LocalSupply
  /// Row of `Firms` of the project's own firm.
  public let firm: Int?

  public init(bill: BillOfInputs, supply: LocalSupply, firm: Int?) {
    self.bill = bill
    self.supply = supply
    self.firm = firm
  }
}

/// Solves one project, or several that share the same suppliers, exactly. 配套求解
///
/// max Σ x, then min Σ x · distance, with Σ over suppliers ≤ need of the input, Σ over projects and
/// inputs ≤ free capacity of the posting, x = 0 below the required quality. Amounts are whole yuan,
/// distances whole km, so the optimum is exact. No capacity is sold twice.
public func matchSuppliers(_ projects: [SuppliedProject]) -> [SupplierMatch] {
  let solved = Scenario.allCases.map { solve(projects, $0) }
  return projects.indices.map { project in
    match(projects[project], amounts: solved.map { $0[project] })
  }
}

/// Yuan ordered, by input of the bill and by candidate of its segment.
private typealias Orders = [[Int64]]

private func wholeYuan(_ wanYuan: Double) -> Int64 { Int64((wanYuan * 10_000).rounded()) }

private func solve(_ projects: [SuppliedProject], _ scenario: Scenario) -> [Orders] {
  var rowOfPosting: [Int: Int] = [:]
  var capacities: [Int64] = []
  for project in projects {
    for item in project.bill.items {
      for candidate in project.supply.candidates(of: item.segment) {
        guard rowOfPosting[candidate.posting] == nil, let free = candidate.free
        else { continue }
        rowOfPosting[candidate.posting] = capacities.count
        capacities.append(wholeYuan(free[scenario]))
      }
    }
  }
  let inputs = projects.reduce(0) { $0 + $1.bill.items.count }
  let source = inputs + capacities.count
  var network = MinCostFlow(nodes: source + 2)
  for (row, capacity) in capacities.enumerated() {
    network.add(from: source, to: inputs + row, capacity: capacity, cost: 0)
  }
  var arcs: [[[Int?]]] = []
  var input = 0
  for project in projects {
    var ofProject: [[Int?]] = []
    for item in project.bill.items {
      let need = wholeYuan(item.need[scenario])
      network.add(from: input, to: source + 1, capacity: need, cost: 0)
      ofProject.append(
        project.supply.candidates(of: item.segment).map { candidate in
          guard candidate.firm != project.firm, candidate.accepts(item.quality),
            let row = rowOfPosting[candidate.posting]
          else { return nil }
          let km = Int64((candidate.distanceKm ?? 1_000).rounded())
          return network.add(from: inputs + row, to: input, capacity: need, cost: km)
        })
      input += 1
    }
    arcs.append(ofProject)
  }
  _ = network.solve(source: source, sink: source + 1)
  return arcs.map { $0.map { $0.map { arc in arc.map { network.flow(on: $0) } ?? 0 } } }
}

private func match(_ project: SuppliedProject, amounts: [Orders]) -> SupplierMatch {
  let inputs = project.bill.items.indices.map { row -> InputMatch in
    let item = project.bill.items[row]
    let all = project.supply.candidates(of: item.segment)
    let usable = all.filter { $0.firm != project.firm && $0.accepts(item.quality) }
    func sum(_ scenario: Int) -> Double {
      Double(amounts[scenario][row].reduce(0, +)) / 10_000
    }
    let orders = all.indices.compactMap { index -> SupplierOrder? in
      let yuan = amounts[1][row][index]
      return yuan > 0 ? SupplierOrder(supplier: all[index], amount: Double(yuan) / 10_000) : nil
    }
    // `all` is nearest first, and the offset keeps that order among equal amounts.
    let largest = orders.enumerated().sorted {
      ($1.element.amount, $0.offset) < ($0.element.amount, $1.offset)
    }.map(\.element)
    return InputMatch(
      segment: item.segment, need: item.need,
      supplied: Span(low: sum(0), base: sum(1), high: sum(2)), orders: largest,
      toAsk: usable.filter { $0.free == nil },
      belowQuality: all.filter { $0.firm != project.firm && !$0.accepts(item.quality) })
  }
  let twoSourced = project.bill.items.filter { item in
    project.supply.candidates(of: item.segment)
      .count { $0.firm != project.firm && $0.accepts(item.quality) } >= 2
  }
  return SupplierMatch(
    inputs: inputs, localSourcing: localSourcing(project, inputs),
    matched: inputs.count { !$0.orders.isEmpty }, needed: inputs.count,
    twoSourced: twoSourced.count)
}

private func localSourcing(_ project: SuppliedProject, _ inputs: [InputMatch]) -> Figure {
  let bill = project.bill
  guard bill.total.base > 0 else {
    return .unknown(.share, missing: Phrase(zh: "项目投入清单", en: "the project's bill of inputs"))
  }
  guard !project.supply.isBlank else {
    return .unknown(.share, missing: LocalSupply.noFirms)
  }
  let asks = inputs.reduce(0) { $0 + $1.toAsk.count }
  let orders = inputs.flatMap(\.orders)
  if orders.isEmpty, asks > 0 {
    return .unknown(
      .share,
      missing: Phrase(
        zh: "周边 \(asks) 家配套企业的可用产能", en: "free capacity of \(asks) suppliers within reach"))
  }
  let total = bill.total
  let share = Span.each { scenario in
    let supplied = inputs.reduce(0) { $0 + $1.supplied[scenario] }
    return total[scenario] > 0 ? min(1, supplied / total[scenario]) : 0
  }
  let matched = inputs.count { !$0.orders.isEmpty }
  let weakest = orders.reduce(bill.grade) { $0.weakest($1.supplier.capacity.grade) }
  let because =
    Phrase(
      zh: "\(matched)/\(inputs.count) 项投入可本地配套",
      en: "\(matched) of \(inputs.count) inputs supplied locally")
    + (asks > 0
      ? Phrase(zh: "；另有 \(asks) 家产能待核", en: "; capacity of \(asks) more to be asked")
      : Phrase(same: ""))
  return Figure(share.ordered, .share, weakest, because: because)
}
