import Atlas

/// The facts that decide a segment's class. 分类依据
struct GapEvidence: Equatable {
  /// 10k yuan per year.
  var demand: Double
  var supply: Double
  var capableFirms: Int
  var effectiveSuppliers: Double?
  var shrunkLocationQuotient: Double?
  var isPresent: Bool
  var density: Double?
  /// Density that the best 40 % of the district's absent segments reach.
  var densityThresholdAtShare: [Double]
  /// Local segments next to this one: coefficient, shrunk LQ and coverage of each.
  var neighbours: [Neighbour]

  struct Neighbour: Equatable {
    let segment: Int
    let coefficient: Double
    let shrunkLocationQuotient: Double
    let coverage: Double
    let surplus: Double
  }
}

/// The class thresholds, scalable together for the robustness test. 阈值
struct GapThresholds {
  var demandFloor: Double
  var missingCoverage: Double
  var weakCoverage: Double
  var weakLq: Double
  var weakNEff: Double
  var extendIoCoefficient: Double
  var extendLq: Double
  var extendCoverage: Double
  var extendDensityPercentile: Double

  /// Every threshold one at a time, moved by `share` up and down.
  func perturbed(by share: Double) -> [GapThresholds] {
    let paths: [WritableKeyPath<GapThresholds, Double>] = [
      \.demandFloor, \.missingCoverage, \.weakCoverage, \.weakLq, \.weakNEff,
      \.extendIoCoefficient, \.extendLq, \.extendCoverage, \.extendDensityPercentile,
    ]
    return paths.flatMap { path in
      [1 - share, 1 + share].map { factor in
        var moved = self
        moved[keyPath: path] *= factor
        return moved
      }
    }
  }
}

extension GapThresholds {
  init(_ model: MatchModel, chainOutput: Double) {
    demandFloor = max(
      model.value("demandFloor"), model.value("demandFloorShare") * chainOutput)
    missingCoverage = model.value("missingCoverage")
    weakCoverage = model.value("weakCoverage")
    weakLq = model.value("weakLq")
    weakNEff = model.value("weakNEff")
    extendIoCoefficient = model.value("extendIoCoefficient")
    extendLq = model.value("extendLq")
    extendCoverage = model.value("extendCoverage")
    extendDensityPercentile = model.value("extendDensityPercentile")
  }
}

/// The class of a segment by the rules of the gap analysis, in their order.
func classify(_ evidence: GapEvidence, _ limit: GapThresholds) -> GapClass {
  let coverage = evidence.demand > 0 ? evidence.supply / evidence.demand : nil
  if evidence.demand >= limit.demandFloor {
    if evidence.capableFirms == 0 || (coverage ?? 1) < limit.missingCoverage { return .supplement }
    let isWeak =
      (coverage ?? 1) < limit.weakCoverage
      || (evidence.shrunkLocationQuotient ?? 1) < limit.weakLq
      || (evidence.effectiveSuppliers ?? 0) < limit.weakNEff
    return isWeak ? .strengthen : .steady
  }
  if !evidence.isPresent, surplusNeighbour(evidence, limit) != nil,
    let density = evidence.density,
    density >= densityLimit(evidence.densityThresholdAtShare, limit.extendDensityPercentile)
  {
    return .extend
  }
  return evidence.isPresent ? .steady : .outside
}

/// The adjacent local segment with the largest surplus that qualifies for an extension.
func surplusNeighbour(
  _ evidence: GapEvidence, _ limit: GapThresholds
) -> GapEvidence.Neighbour? {
  evidence.neighbours
    .filter {
      $0.coefficient >= limit.extendIoCoefficient && $0.shrunkLocationQuotient >= limit.extendLq
        && $0.coverage >= limit.extendCoverage && $0.surplus > 0
    }
    .max { ($0.surplus, $1.segment) < ($1.surplus, $0.segment) }
}

/// The density at a percentile of the sorted densities of the absent segments.
private func densityLimit(_ sorted: [Double], _ percentile: Double) -> Double {
  guard !sorted.isEmpty else { return .infinity }
  let position = Int((percentile / 100 * Double(sorted.count)).rounded(.down))
  return sorted[min(max(position, 0), sorted.count - 1)]
}
