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

/// A project and the choice that it faces: what decides a pairing's place on the list. 项目选址
struct Offer {
  let project: Project
  let origin: Origin?
  let alternatives: [Alternative]
  let stay: Alternative?
  let choice: Choice?
  /// 10k yuan.
  let visitCost: Double
}

extension MatchingRoom {
  /// Everything of a pairing: its offer, and what a paper tells of freight, labour and suppliers.
  func assess(_ candidate: Candidate, in table: GapTable) -> Assessment {
    let gap = gap(of: candidate, in: table)
    let place = snapshot.sites[candidate.site].place
    let offer = offer(candidate)
    let project = offer.project
    let worth = Worth(project: project, gap: gap, model: model)
    let plan = need(project, segment: candidate.segment).flatMap {
      ground(at: place).reach?.plan($0)
    }
    let likelihood = offer.choice.map(model.likelihood)
    return Assessment(
      candidate: candidate, gap: gap, project: project, origin: offer.origin, choice: offer.choice,
      alternatives: offer.alternatives, stay: offer.stay, likelihood: likelihood, worth: worth,
      visitCost: offer.visitCost,
      expectedValue: likelihood.flatMap { likelihood in
        worth.value.base.map { expectedValue(likelihood.base, worth: $0, visit: offer.visitCost) }
      },
      freight: offer.origin.map {
        FreightBills(
          project: project, segment: candidate.segment, origin: $0, site: place, desk: desk,
          snapshot: snapshot)
      },
      labour: labourReading(plan), labourPlan: plan,
      sourcing: localSourcing(project, candidate: candidate, at: place))
  }

  func gap(of candidate: Candidate, in table: GapTable) -> GapRow {
    guard let gap = table.row(of: candidate.segment) else {
      preconditionFailure("a candidate is on a segment of its own table")
    }
    return gap
  }

  /// 10k yuan: P(sign | visit) × landing rate × worth × annuity, less the visit.
  func expectedValue(_ likelihood: Double, worth: Double, visit: Double) -> Double {
    likelihood * model.landingRate * worth * model.annuity - visit
  }

  /// Sizes the project of a pairing and reads every term of it here, at the other home places, at
  /// the rivals and where the firm is.
  func offer(_ candidate: Candidate) -> Offer {
    let place = snapshot.sites[candidate.site].place
    let project = Project.size(
      posting: candidate.posting, segment: candidate.segment, snapshot: snapshot, model: model)
    guard
      let origin = Origin.find(
        firm: candidate.firm, snapshot: snapshot, elsewhere: home(ofSegment: candidate.segment))
    else {
      return Offer(
        project: project, origin: nil, alternatives: [], stay: nil, choice: nil, visitCost: 0)
    }
    // What is the same at every place is read once.
    let people = TieSummary(snapshot.ties[candidate.firm])?.counted
    let moment = Moment(
      snapshot.signals[candidate.firm], asOf: asOf, model: models.signals)?.strength.base
    let inputs = bill(project, segment: candidate.segment)
    let need = need(project, segment: candidate.segment)
    func read(_ role: Alternative.Role, place: Int, market: Int) -> Alternative {
      var facts = readPlace(
        role, candidate, project, origin, inputs: inputs, need: need, place: place, market: market)
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
    return Offer(
      project: project, origin: origin, alternatives: alternatives, stay: stay,
      choice: Choice(
        alternatives, stay: stay, canStay: project.kind != .branch, output: project.output.base),
      visitCost: visitCost(from: place, to: origin.main))
  }

  /// What a place itself says of one alternative; staying averages over the places of the origin.
  private func readPlace(
    _ role: Alternative.Role, _ candidate: Candidate, _ project: Project, _ origin: Origin,
    inputs: BillOfInputs, need: LabourNeed?, place: Int, market: Int
  ) -> Alternative {
    let segment = candidate.segment
    var facts = Alternative(role: role, place: place)
    let places =
      role == .stay ? origin.places : [WeightedPlace(place: place, weight: 1)]
    facts.freightIn = desk.averaged(places) { desk.inbound(project, segment: segment, at: $0) }
    facts.freightOut = desk.averaged(places) {
      desk.outbound(project, segment: segment, from: $0, site: market, market: .mix)
    }
    let ground = ground(at: place)
    if role == .stay {
      facts.wages = desk.averaged(places) { wages(of: project, at: self.ground(at: $0)) }
      facts.energy = desk.averaged(places) { energy(of: project, at: self.ground(at: $0)) }
      facts.land = desk.averaged(places) { land(of: project, at: self.ground(at: $0)) }
    } else {
      facts.wages = wages(of: project, at: ground)
      facts.energy = energy(of: project, at: ground)
      facts.land = land(of: project, at: ground)
    }
    facts.fill = need.flatMap { ground.reach?.fill($0)?.probability }
    facts.localSourcing = ground.supply?.share(of: inputs, excluding: candidate.firm)
    if let region = ground.region {
      let own =
        snapshot.firms.seat[candidate.firm].flatMap { shares.regions.regionOfPlace[Int($0)] }
        == region
      facts.sameSegment = max(0, sameSegment[segment][region] - (own ? 1 : 0))
    }
    facts.marketPotential = marketPotential(segment: segment, at: place)
    facts.network = ground.region.flatMap { network(candidate.firm, in: $0) }
    facts.distance = distance(from: origin.main, to: place)
    return facts
  }

  /// Yearly wages of a project at a place's wage level, 10k yuan.
  private func wages(of project: Project, at ground: PlaceGround) -> Span? {
    guard let heads = project.heads.base, let wage = ground.wage else { return nil }
    return Span.each { heads * wage * employerFactor[$0] / 10_000 }
  }

  /// Electricity at a place's price; see `settlePrices` for places without one.
  private func energy(of project: Project, at ground: PlaceGround) -> Span? {
    guard let power = project.electricity.base, let price = ground.energyPrice
    else { return nil }
    return Span(power * price / 10_000)
  }

  /// Land at its price, as a level payment over the term of use.
  private func land(of project: Project, at ground: PlaceGround) -> Span? {
    guard let area = project.landMu.base, let price = ground.landPrice
    else { return nil }
    return Span(area * price / landAnnuity)
  }

  private func need(_ project: Project, segment: Int) -> LabourNeed? {
    project.heads.base.map {
      LabourNeed(
        heads: $0, mix: snapshot.segments[segment].occupations, grade: project.heads.grade)
    }
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
    potentials[segment]?[place]
      ?? CustomerWays(
        to: place, shares.regions, snapshot.places, floorKm: model.value("marketFloorKm")
      ).potential(of: shares.demand[segment])
  }

  /// Firms in a region that the firm's own lanes or ties already name; unknown without any lane.
  private func network(_ firm: Int, in region: Int) -> Double? {
    let lanes = snapshot.lanes[firm]
    guard !lanes.isEmpty else { return nil }
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
    return km * model.visit.perKm + model.visit.fixed
  }
}

/// How far a place is from every region that may hold customers. 客户距离
struct CustomerWays: Sendable {
  /// Kilometres by region, not below the floor; nil where a position is unknown.
  private let km: [Double?]

  init(to place: Int, _ regions: Regions, _ places: Places, floorKm: Double) {
    guard let here = places.position[place] else {
      km = []
      return
    }
    km = regions.places.map { region in
      places.position[region].map { max(floorKm, here.greatCircleKm(to: $0)) }
    }
  }

  /// `1000 · Σ share / max(floor, km)` over the regions that want a segment; nil for a place without
  /// a position, or when nobody is known to want it.
  func potential(of demand: [Double]) -> Double? {
    guard !demand.isEmpty, !km.isEmpty else { return nil }
    var sum = 0.0
    for (share, km) in zip(demand, km) where share > 0 {
      if let km { sum += share / km }
    }
    return sum * 1000
  }
}
