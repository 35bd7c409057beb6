import Atlas

extension HiringCalendar {
  /// What brings people: events by month, place and kind; lines and beds by place.
  private struct Key: Hashable, Comparable {
    let place: Int
    let kind: HiringAction.Kind
    /// 0 for a lasting service.
    let month: Int

    static func < (left: Key, right: Key) -> Bool {
      (left.month, left.place, left.kind.rawValue) < (right.month, right.place, right.kind.rawValue)
    }
  }

  static func act(
    on drafts: [Draft], months: Int, rates: HiringRates
  ) -> (entries: [Entry], actions: [HiringAction]) {
    var heads: [Key: Int] = [:]
    var first: [Key: Int] = [:]
    var minutes: [Key: Double] = [:]
    func keys(_ draft: Draft) -> [Key] {
      var keys = [Key(place: draft.place, kind: draft.source.action, month: draft.month)]
      if draft.needsBed {
        keys.append(Key(place: draft.place, kind: .dormitory, month: 0))
      } else if draft.minutes > rates.busFromMinutes.value {
        keys.append(Key(place: draft.place, kind: .busLine, month: 0))
      }
      return keys
    }
    for draft in drafts {
      for key in keys(draft) {
        heads[key, default: 0] += draft.heads
        first[key] = min(first[key] ?? draft.month, draft.month)
        minutes[key] = draft.minutes
      }
    }
    let ordered = heads.keys.sorted()
    let actions = ordered.map { key in
      action(
        key, heads: heads[key] ?? 0, first: first[key] ?? 1, minutes: minutes[key] ?? 0,
        months: months, rates: rates)
    }
    let number = Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1, $0) })
    let entries = drafts.map { draft in
      Entry(
        month: draft.month, occupation: draft.occupation, place: draft.place,
        source: draft.source, heads: draft.heads, actions: keys(draft).compactMap { number[$0] })
    }
    let sorted = entries.enumerated().sorted {
      ($0.element.month, $0.element.occupation, $0.offset)
        < ($1.element.month, $1.element.occupation, $1.offset)
    }
    return (sorted.map(\.element), actions)
  }

  private static func action(
    _ key: Key, heads: Int, first: Int, minutes: Double, months: Int, rates: HiringRates
  ) -> HiringAction {
    func pieces(of size: Parameter) -> Int {
      max(1, Int((Double(heads) / size.value).rounded(.up)))
    }
    var quantity = heads
    var capacity: Int?
    var unit = Span.zero
    var owner = Phrase(zh: "企业", en: "the firm")
    var start = first
    var runs = 1
    switch key.kind {
    case .jobFair:
      quantity = pieces(of: rates.fairHires)
      unit = rates.fairCost.span * Double(quantity)
      owner = Phrase(zh: "人力社保局", en: "labour office")
    case .trainingClass:
      quantity = pieces(of: rates.classIntake)
      capacity = Int((Double(quantity) * rates.classIntake.value).rounded())
      unit = rates.classHeadCost.span * Double(heads)
      owner = Phrase(zh: "职教中心", en: "vocational school")
      start = max(1, first - max(1, Int(rates.classMonths.value.rounded(.up))) + 1)
    case .outreach:
      unit = rates.outreachHeadCost.span * Double(heads)
      owner = Phrase(zh: "镇街就业服务站", en: "town employment stations")
    case .busLine:
      quantity = pieces(of: rates.busSeats)
      capacity = Int((Double(quantity) * rates.busSeats.value).rounded())
      runs = months - first + 1
      unit = rates.busMonthCost.span * Double(quantity)
      owner = Phrase(zh: "企业，交通局协调线路", en: "the firm; routes with the transport office")
    case .dormitory:
      runs = months - first + 1
      unit = rates.bedMonthCost.span * Double(heads)
      owner = Phrase(zh: "企业，园区提供房源", en: "the firm; rooms from the park")
    }
    let lasting = key.month == 0
    return HiringAction(
      kind: key.kind, place: key.place, month: start, untilMonth: lasting ? months : first,
      heads: heads, quantity: quantity, minutes: key.kind == .busLine ? minutes : nil,
      capacity: capacity,
      cost: Figure(
        (unit * Double(runs)).ordered, .yuan, .estimated,
        because: Phrase(zh: "数量 × 单价（假设）", en: "quantity × assumed unit cost")),
      owner: owner)
  }
}

extension HiringSource {
  /// What reaches such people.
  fileprivate var action: HiringAction.Kind {
    switch self {
    case .unemployed, .switchers: .jobFair
    case .graduates: .trainingClass
    case .returnees: .outreach
    }
  }
}
