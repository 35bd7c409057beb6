import Atlas
import Glibc

/// How far people come to work: the part of a zone's workers that a travel time does not deter. 通勤
///
/// f(t) = min(1, exp(−λ(t − t₀))) up to the cutoff, nothing beyond. Where there are beds, a second
/// pool comes from further away at a fixed weight; a zone counts in the better of the two pools,
/// never in both.
public struct Commute: Sendable, Equatable {
  /// λ per minute.
  public let decay: Double
  /// t₀, minutes.
  public let onset: Double
  public let cutoffMinutes: Double
  /// Beds bring people from up to this many minutes; nil where there are none.
  public let dormitory: Dormitory?

  /// The pool of people who would live on the site. 宿舍
  public struct Dormitory: Sendable, Equatable {
    public let cutoffMinutes: Double
    public let weight: Double

    public init(cutoffMinutes: Double, weight: Double) {
      self.cutoffMinutes = cutoffMinutes
      self.weight = weight
    }
  }

  public init(decay: Double, onset: Double, cutoffMinutes: Double, dormitory: Dormitory? = nil) {
    self.decay = decay
    self.onset = onset
    self.cutoffMinutes = cutoffMinutes
    self.dormitory = dormitory
  }

  init(_ model: LabourModel, _ scenario: Scenario, dormitory: Bool) {
    self.init(
      decay: model.commuteDecay.span[scenario], onset: model.commuteOnset.span[scenario],
      cutoffMinutes: model.commuteCutoff.span[scenario],
      dormitory: dormitory
        ? Dormitory(
          cutoffMinutes: model.dormitoryCutoff.span[scenario],
          weight: model.dormitoryWeight.span[scenario]) : nil)
  }

  /// The part of the people at `minutes` that comes every day.
  public func daily(minutes: Double) -> Double {
    minutes > cutoffMinutes ? 0 : min(1, exp(-decay * (minutes - onset)))
  }

  /// The part of the people at `minutes` that comes every day or to a bed.
  public func reach(minutes: Double) -> Double {
    guard let dormitory, minutes <= dormitory.cutoffMinutes else { return daily(minutes: minutes) }
    return max(daily(minutes: minutes), dormitory.weight)
  }
}

/// Minutes between the homes of a place and a site at another, over the road. 通勤时间
///
/// Great circle × circuity ÷ speed + access. Within one place the distance is that of a random
/// home in a circle of its area. Unknown: nil where a position is not known.
public func commuteMinutes(
  _ places: Places, from zone: Int, to site: Int, model: LabourModel
) -> Double? {
  let km: Double
  if zone == site {
    km = places.area[zone].map { model.intraPlaceFactor.value * ($0 / .pi).squareRoot() } ?? 0
  } else {
    guard let home = places.position[zone], let work = places.position[site] else { return nil }
    km = home.greatCircleKm(to: work)
  }
  return km * model.commuteCircuity.value / model.commuteSpeed.value * 60
    + model.commuteAccess.value
}
