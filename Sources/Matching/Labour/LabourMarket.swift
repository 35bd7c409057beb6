import Atlas

/// Who could be hired where, and who else is hiring: built once from a snapshot. 劳动力市场
///
/// A place that is recorded beside a place it contains keeps only the people that the contained
/// places do not already count, so that nobody is available twice. Where a place has only the total
/// of a group of occupations, the group's share stands in and the grade is estimated.
public struct LabourMarket: Sendable {
  public let model: LabourModel
  let places: Places
  /// By occupation row of the model, ascending by place.
  let zones: [[LabourZone]]
  /// By occupation row of the model, ascending by place.
  let vacancies: [[OpenJobs]]
  let minutes: @Sendable (_ zone: Int, _ site: Int) -> Double?

  /// - Parameter minutes: travel from a zone's place to a site's place, nil where there is no way;
  ///   by default the road estimate of `commuteMinutes`.
  public init(
    model: LabourModel, places: Places, records: [LabourRecord], vacancies: [Vacancy],
    minutes: (@Sendable (_ zone: Int, _ site: Int) -> Double?)? = nil
  ) {
    self.model = model
    self.places = places
    let way = minutes ?? { commuteMinutes(places, from: $0, to: $1, model: model) }
    let latest = LabourMarket.latest(records)
    let zones = model.occupations.map { LabourMarket.zones(of: $0, latest, places) }
    self.minutes = way
    self.zones = zones
    self.vacancies = model.occupations.indices.map { row in
      LabourMarket.openJobs(of: model.occupations[row], vacancies).compactMap {
        LabourMarket.spread($0, over: zones[row], model, way)
      }
    }
  }

  /// The market as a snapshot knows it.
  public init(
    model: LabourModel, snapshot: Snapshot,
    minutes: (@Sendable (_ zone: Int, _ site: Int) -> Double?)? = nil
  ) {
    self.init(
      model: model, places: snapshot.places, records: snapshot.labour,
      vacancies: snapshot.vacancies, minutes: minutes)
  }

  /// Of two records of one place and occupation the later year holds, then the later line.
  private static func latest(_ records: [LabourRecord]) -> [LabourKey: LabourRecord] {
    var kept: [LabourKey: LabourRecord] = [:]
    for record in records {
      let key = LabourKey(occupation: record.occupation, place: record.place)
      if let other = kept[key],
        (other.year, other.provenance) > (record.year, record.provenance)
      {
        continue
      }
      kept[key] = record
    }
    return kept
  }

  private static func zones(
    of occupation: Occupation, _ records: [LabourKey: LabourRecord], _ places: Places
  ) -> [LabourZone] {
    let rows = Set(
      records.keys.filter { $0.occupation == occupation.id || $0.occupation == occupation.group }
        .map(\.place)
    ).sorted()
    var zones = rows.compactMap { place -> LabourZone? in
      let own = records[LabourKey(occupation: occupation.id, place: place)]
      let group = occupation.group.flatMap { records[LabourKey(occupation: $0, place: place)] }
      return LabourZone(place: place, own: own, group: group, share: occupation.shareOfGroup?.span)
    }
    let rowOfPlace = Dictionary(uniqueKeysWithValues: zones.indices.map { (zones[$0].place, $0) })
    let whole = zones
    for (row, zone) in whole.enumerated() {
      var place = zone.place
      while Int(places.parent[place]) != place {
        place = Int(places.parent[place])
        if let above = rowOfPlace[place] {
          zones[above].remove(whole[row])
          break
        }
      }
    }
    return zones
  }

  private static func openJobs(of occupation: Occupation, _ vacancies: [Vacancy]) -> [OpenJobs] {
    var jobs: [OpenJobs] = []
    for vacancy in vacancies where vacancy.persons > 0 {
      if vacancy.occupation == occupation.id {
        jobs.append(OpenJobs(vacancy, part: 1))
      } else if vacancy.occupation == occupation.group, let share = occupation.shareOfGroup {
        jobs.append(OpenJobs(vacancy, part: share.value))
      }
    }
    return jobs.enumerated().sorted {
      ($0.element.place, $0.offset) < ($1.element.place, $1.offset)
    }
    .map(\.element)
  }

  /// R_j = J_j / Σ_z S_z f(t_zj): nil when nobody reaches the job.
  private static func spread(
    _ jobs: OpenJobs, over zones: [LabourZone], _ model: LabourModel,
    _ minutes: (_ zone: Int, _ site: Int) -> Double?
  ) -> OpenJobs? {
    let commutes = Scenario.allCases.map { scenario in
      let rates = model.rates(scenario)
      return (
        scenario, Commute(model, scenario, dormitory: false), rates, rates.returning(premium: 1)
      )
    }
    var people = Span.zero
    for zone in zones where zone.knowsPeople {
      guard let way = minutes(zone.place, jobs.place) else { continue }
      for (scenario, commute, rates, returning) in commutes {
        let reach = commute.daily(minutes: way)
        if reach > 0 {
          people[scenario] +=
            reach * LabourSupply(zone, rates, returning: returning, scenario).total
        }
      }
    }
    guard people.base > 0 else { return nil }
    var spread = jobs
    spread.perPerson = Span.each { people[$0] > 0 ? jobs.persons / people[$0] : 0 }
    return spread
  }
}

private struct LabourKey: Hashable {
  let occupation: String
  let place: Int
}

/// Jobs of one occupation that others try to fill at a place.
struct OpenJobs: Sendable, Equatable {
  let place: Int
  let persons: Double
  let wage: Double?
  /// Jobs per person who can reach them, competition among the people counted.
  var perPerson = Span.zero

  init(_ vacancy: Vacancy, part: Double) {
    place = vacancy.place
    persons = vacancy.persons * part
    wage = vacancy.wage
  }
}

/// The people of one occupation who live at one place, as far as they are known.
struct LabourZone: Sendable, Equatable {
  let place: Int
  private(set) var unemployed: Span?
  private(set) var graduates: Span?
  private(set) var outMigrants: Span?
  private(set) var employed: Span?
  /// Yuan per month.
  let wage: Double?
  let grade: Grade
  /// True where a group's total stands in for the occupation's own number.
  let fromGroup: Bool

  init?(place: Int, own: LabourRecord?, group: LabourRecord?, share: Span?) {
    var borrowed = false
    func people(_ field: (LabourRecord) -> Double?) -> Span? {
      if let own, let value = field(own) { return Span(value) }
      guard let group, let share, let value = field(group) else { return nil }
      borrowed = true
      return share * value
    }
    self.place = place
    unemployed = people(\.unemployed)
    graduates = people(\.graduates)
    outMigrants = people(\.outMigrants)
    employed = people(\.employed)
    wage = own?.wage ?? group?.wage
    if own?.wage == nil, group?.wage != nil { borrowed = true }
    fromGroup = borrowed
    let recorded = own?.grade ?? group?.grade ?? .unknown
    grade = borrowed ? recorded.weakest(.estimated) : recorded
    if !knowsPeople, wage == nil { return nil }
  }

  /// True when at least one kind of available people is known.
  var knowsPeople: Bool {
    unemployed != nil || graduates != nil || outMigrants != nil || employed != nil
  }

  /// Takes out the people that a contained place counts as well.
  mutating func remove(_ part: LabourZone) {
    func rest(_ whole: Span?, _ part: Span?) -> Span? {
      guard let whole else { return nil }
      let left = whole - (part ?? .zero)
      return Span(low: max(0, left.low), base: max(0, left.base), high: max(0, left.high))
    }
    unemployed = rest(unemployed, part.unemployed)
    graduates = rest(graduates, part.graduates)
    outMigrants = rest(outMigrants, part.outMigrants)
    employed = rest(employed, part.employed)
  }
}
