import Atlas
import Freight

/// Everything that was read of one pairing, before it has a rank. 评估
struct Assessment {
  let candidate: Candidate
  let gap: GapRow
  let project: Project
  let origin: Origin?
  let choice: Choice?
  let alternatives: [Alternative]
  let stay: Alternative?
  let likelihood: Span?
  let worth: Worth
  let visitCost: Double
  let expectedValue: Double?
  let freight: FreightBills?
  let labour: LabourReading
  let labourPlan: LabourPlan?
  let sourcing: LocalSourcing
}

extension MatchingRoom {
  /// Sizes the project of a pairing and reads every term of it here, at the other home places, at
  /// the rivals and where the firm is.
  func assess(_ candidate: Candidate, in table: GapTable) -> Assessment {
    guard let gap = table.row(of: candidate.segment) else {
      preconditionFailure("a candidate is on a segment of its own table")
    }
    let place = snapshot.sites[candidate.site].place
    let project = Project.size(
      posting: candidate.posting, segment: candidate.segment, snapshot: snapshot, model: model)
    let worth = Worth(project: project, gap: gap, model: model)
    let origin = Origin.find(
      firm: candidate.firm, segment: candidate.segment, snapshot: snapshot, shares: shares,
      model: model)
    let sourcing = localSourcing(project, candidate: candidate, at: place)
    let plan = need(project, segment: candidate.segment).flatMap { reach(at: place)?.plan($0) }
    guard let origin else {
      return Assessment(
        candidate: candidate, gap: gap, project: project, origin: nil, choice: nil,
        alternatives: [], stay: nil, likelihood: nil, worth: worth, visitCost: 0,
        expectedValue: nil, freight: nil, labour: labourReading(plan), labourPlan: plan,
        sourcing: sourcing)
    }
    // What is the same at every place is summed once.
    let people = TieSummary(snapshot.ties[candidate.firm])?.counted
    let moment = Moment(
      snapshot.signals[candidate.firm], asOf: snapshot.asOf, model: models.signals)?.strength.base
    func read(_ role: Alternative.Role, place: Int, market: Int) -> Alternative {
      var facts = readPlace(role, candidate, project, origin, place: place, market: market)
      // Ties bind a firm to the home district alone; unknown where the office has recorded none.
      facts.ties = people.map { role == .here || role == .homeSite ? $0 : 0 }
      // Signals speak for every alternative but staying; unknown where none is recorded.
      facts.signal = moment.map { role == .stay ? 0 : $0 }
      return facts
    }
    var alternatives = [read(.here, place: place, market: place)]
    for home in homePlaces where home != place {
      alternatives.append(read(.homeSite, place: home, market: home))
    }
    for rival in rivalPlaces where rival != origin.main {
      alternatives.append(read(.rival, place: rival, market: rival))
    }
    let stay = read(.stay, place: origin.main, market: place)
    let choice = Choice(
      alternatives, stay: stay, canStay: project.kind != .branch, output: project.output.base)
    let likelihood = model.likelihood(choice)
    let cost = visitCost(from: place, to: origin.main)
    let expected = worth.value.base.map {
      likelihood.base * model.value("landingRate") * $0 * model.annuity - cost
    }
    return Assessment(
      candidate: candidate, gap: gap, project: project, origin: origin, choice: choice,
      alternatives: alternatives, stay: stay, likelihood: likelihood, worth: worth,
      visitCost: cost, expectedValue: expected,
      freight: FreightBills(
        project: project, segment: candidate.segment, origin: origin, site: place, desk: desk,
        snapshot: snapshot),
      labour: labourReading(plan), labourPlan: plan, sourcing: sourcing)
  }

  /// What a place itself says of one alternative; staying averages over the places of the origin.
  private func readPlace(
    _ role: Alternative.Role, _ candidate: Candidate, _ project: Project, _ origin: Origin,
    place: Int, market: Int
  ) -> Alternative {
    let segment = candidate.segment
    var facts = Alternative(role: role, place: place)
    let places =
      role == .stay ? origin.places : [WeightedPlace(place: place, weight: 1)]
    facts.freightIn = desk.averaged(places) { desk.inbound(project, segment: segment, at: $0) }
    facts.freightOut = desk.averaged(places) {
      desk.outbound(project, segment: segment, from: $0, site: market, market: .mix)
    }
    facts.wages = desk.averaged(places) { wages(of: project, at: $0) }
    facts.energy = desk.averaged(places) { energy(of: project, at: $0) }
    facts.land = desk.averaged(places) { land(of: project, at: $0) }
    facts.fill = fill(project, segment: segment, at: place)?.probability
    facts.localSourcing = supply(at: place)?.share(
      of: bill(project, segment: segment), excluding: candidate.firm)
    if let region = shares.regions.regionOfPlace[place] {
      let own =
        snapshot.firms.seat[candidate.firm].flatMap { shares.regions.regionOfPlace[Int($0)] }
        == region
      facts.sameSegment = max(0, sameSegment[segment][region] - (own ? 1 : 0))
    }
    facts.marketPotential = marketPotential(segment: segment, at: place)
    facts.network = network(candidate.firm, at: place)
    facts.distance = distance(from: origin.main, to: place)
    return facts
  }

  /// Yearly wages of a project at a place's wage level, 10k yuan.
  private func wages(of project: Project, at place: Int) -> Span? {
    guard let heads = project.heads.base, let wage = climb(snapshot.places.wage, from: place)
    else { return nil }
    let charges = models.freight.model[.employerCharges].span
    return Span.each { heads * wage * (1 + charges[$0]) / 10_000 }
  }

  /// Electricity at a place's price; see `settlePrices` for places without one.
  private func energy(of project: Project, at place: Int) -> Span? {
    guard let power = project.electricity.base,
      let price = climb(snapshot.places.energyPrice, from: place)
    else { return nil }
    return Span(power * price / 10_000)
  }

  /// Land at its price, as a level payment over the term of use.
  private func land(of project: Project, at place: Int) -> Span? {
    guard let area = project.landMu.base,
      let price = climb(snapshot.places.landPrice, from: place)
    else { return nil }
    return Span(area * price / presentValue(years: model.value("landYears")))
  }

  private func presentValue(years: Double) -> Double {
    let rate = model.value("annuityRate")
    return rate == 0 ? years : (1 - power(1 + rate, -years)) / rate
  }

  /// A place's figure, or that of the nearest place it lies in.
  func climb(_ column: Known<Double>, from place: Int) -> Double? {
    var current = place
    while true {
      if let value = column[current] { return value }
      let up = Int(snapshot.places.parent[current])
      if up == current { return nil }
      current = up
    }
  }

  /// Where labour is read: the place itself when its market was built, else its region.
  private func reach(at place: Int) -> LabourReach? {
    if let own = reaches[place] { return own }
    return shares.regions.regionOfPlace[place].flatMap { reaches[shares.regions.places[$0]] }
  }

  private func need(_ project: Project, segment: Int) -> LabourNeed? {
    project.heads.base.map {
      LabourNeed(
        heads: $0, mix: snapshot.segments[segment].occupations, grade: project.heads.grade)
    }
  }

  private func fill(
    _ project: Project, segment: Int, at place: Int
  ) -> (probability: Double, binding: Int)? {
    guard let need = need(project, segment: segment) else { return nil }
    return reach(at: place)?.fill(need)
  }

  private func labourReading(_ plan: LabourPlan?) -> LabourReading {
    let missing = Phrase(zh: "缺本地用工表（labour）", en: "no labour table covers the site")
    guard let plan, let row = plan.bottleneck else {
      return LabourReading(
        occupation: nil, needed: .unknown(.persons, missing: missing),
        available: .unknown(.persons, missing: missing), fillProbability: nil)
    }
    let binding = plan.occupations[row]
    return LabourReading(
      occupation: binding.occupation.id,
      needed: Figure(
        Span(Double(binding.need)), .persons, plan.need.grade,
        because: Phrase(zh: "项目用工×工种比例", en: "project heads × occupation share")),
      available: binding.hires, fillProbability: plan.fill.base)
  }

  private func marketPotential(segment: Int, at place: Int) -> Double? {
    let demand = shares.demand[segment]
    guard !demand.isEmpty, let here = snapshot.places.position[place] else { return nil }
    var sum = 0.0
    for (region, share) in demand.enumerated() where share > 0 {
      guard let there = snapshot.places.position[shares.regions.places[region]] else { continue }
      sum += share / max(model.value("marketFloorKm"), here.greatCircleKm(to: there))
    }
    return sum * 1000
  }

  /// Firms at a place that the firm's own lanes or ties already name; unknown without any lane.
  private func network(_ firm: Int, at place: Int) -> Double? {
    let lanes = snapshot.lanes[firm]
    guard !lanes.isEmpty, let region = shares.regions.regionOfPlace[place] else { return nil }
    return Double(lanes.count { shares.regions.regionOfPlace[$0.place] == region })
  }

  private func distance(from origin: Int, to place: Int) -> Double? {
    guard let first = snapshot.places.position[origin],
      let second = snapshot.places.position[place]
    else { return nil }
    return first.greatCircleKm(to: second)
  }

  /// Cost of one visit, 10k yuan: travel of the team there and back and its days.
  private func visitCost(from home: Int, to origin: Int) -> Double {
    let km = distance(from: home, to: origin) ?? 0
    return km * model.value("visitCostPerKm")
      + model.value("visitDays") * model.value("visitCostPerDay")
  }
}
