import Atlas
import Matching

/// Who starts in which month, from which zone, and what brings them: "从家门口到厂门口". 招工日历
///
/// An occupation's expected hires are shared out over its zones by what each is expected to send, nearest
/// first in a tie, whole people by largest remainder; over months, people out of work and switchers start
/// evenly, and training classes graduate in the second half of the window.
struct HiringCalendar {
  struct Line {
    let occupation: Phrase
    /// Row of `Places`; nil for heads without a source.
    let place: Int?
    /// By month.
    let heads: [Int]
    let action: Phrase
  }
  let months: Int
  let lines: [Line]
  let need: Int
  /// Heads that nobody is expected to fill.
  let shortfall: Int

  init(_ plan: LabourPlan, places: Places, months: Int) {
    self.months = months
    var lines: [Line] = []
    var need = 0
    var filled = 0
    for occupation in plan.occupations {
      need += occupation.need
      guard let hires = occupation.hires.base else { continue }
      let total = min(occupation.need, Int(hires.rounded()))
      filled += total
      let zones = occupation.sources.filter { $0.hires.base > 0 }.prefix(4)
      let parts = Numerals.apportion(zones.map(\.hires.base), total: total)
      for (zone, heads) in zip(zones, parts) where heads > 0 {
        let graduates = zone.graduates?.base ?? 0
        let isTaught = zone.supply.base > 0 && graduates / zone.supply.base > 0.5
        // Classes finish late in the window; everybody else starts evenly.
        let weights = (0..<months).map { month in isTaught ? (month < months / 2 ? 0.0 : 1.0) : 1.0
        }
        lines.append(
          Line(
            occupation: occupation.occupation.name, place: zone.place,
            heads: Numerals.apportion(weights, total: heads),
            action: HiringCalendar.action(zone, heads: heads, isTaught: isTaught)))
      }
    }
    self.lines = lines
    self.need = need
    shortfall = need - filled
  }

  /// A public service that is open to every employer; seats and beds follow from the heads.
  private static func action(_ zone: LabourSource, heads: Int, isTaught: Bool) -> Phrase {
    let minutes = Numerals.fixed(zone.minutes, places: 0)
    if isTaught {
      return Phrase(zh: "定向培训班，招 \(heads) 人", en: "training class, intake \(heads)")
    }
    if zone.needsBed {
      return Phrase(
        zh: "专场招聘会；宿舍床位 \(heads) 张", en: "job fair; \(heads) dormitory beds")
    }
    if zone.minutes > 20 {
      let buses = (heads + 44) / 45
      return Phrase(
        zh: "专场招聘会；通勤公交 \(buses) 辆（45 座，单程 \(minutes) 分钟）",
        en: "job fair; \(buses) bus\(buses == 1 ? "" : "es") (45 seats, \(minutes) min one way)")
    }
    return Phrase(zh: "街镇招聘会（单程 \(minutes) 分钟）", en: "town job fair (\(minutes) min one way)")
  }
}
