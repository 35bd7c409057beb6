import Atlas

/// What the chain model says that a project needs, and what is known of a site. 要素模型
public struct FactorModel: Sendable, Equatable {
  /// Hours of full load in a year, which turn energy into power.
  public let fullLoadHours: Parameter

  /// - Throws: `CardError` for a missing name or a value out of its range.
  public init(_ table: ParameterTable) throws(CardError) {
    fullLoadHours = try CheckedCard(table).positive("fullLoadHours")
    try table.refuseUnknown(known: LabourCard.names)
  }

  /// The need of one factor: stated, else the segment's coefficient times the project's output.
  func need(
    _ factor: Factor, _ segment: Segment, _ stated: StatedProject?, _ needs: ProjectNeeds
  ) -> Figure {
    switch factor {
    case .capital:
      said(stated, \.investment, .wanYuan)
        ?? estimate(segment.investmentPerOutput.span, needs.output, .wanYuan)
    case .energy:
      said(stated, \.powerMegawatt, .megawatt)
        ?? estimate(
          Span.each {
            segment.powerPerOutput.span[$0] / fullLoadHours.span[$0]
          }, needs.output, .megawatt)
    case .land:
      said(stated, \.landMu, .mu) ?? estimate(segment.landPerOutput.span, needs.output, .mu)
    case .labour: needs.heads
    case .technology:
      segment.assets.isEmpty
        ? .unknown(.count, missing: Phrase(zh: "技术需求", en: "the need of technology"))
        : Figure(
          Span(Double(segment.assets.count)), .count, .estimated,
          because: Phrase(
            zh: "环节所需平台：" + segment.assets.joined(separator: "、"),
            en: "kinds of platform that serve the segment: "
              + segment.assets.joined(separator: ", ")))
    case .transport: needs.tonnes
    case .material: needs.inputs
    }
  }

  /// What the site and its place are known to offer of one factor.
  func have(
    _ factor: Factor, _ snapshot: Snapshot, _ site: Site, _ segment: Int, _ needs: ProjectNeeds
  ) -> Figure {
    switch factor {
    case .land: record(site.landMu, .mu, site, Phrase(zh: "可用土地", en: "land available"))
    case .energy:
      record(site.powerMegawatt, .megawatt, site, Phrase(zh: "供电容量", en: "power capacity"))
    case .labour: needs.reachable
    case .material: needs.localInputs
    case .technology: platforms(snapshot, site, segment)
    case .capital, .transport:
      .unknown(
        factor == .capital ? .wanYuan : .tonnesPerYear,
        missing: Phrase(zh: "载体\(factor.name.zh)条件", en: "the site's offer of \(factor.name.en)"))
    }
  }

  private func said(
    _ stated: StatedProject?, _ field: (StatedProject) -> Double?, _ unit: Unit
  ) -> Figure? {
    guard let stated, let value = field(stated) else { return nil }
    return Figure(
      Span(value), unit, .stated, because: Phrase(zh: "企业自述", en: "said by the firm"),
      provenance: stated.provenance)
  }

  private func estimate(_ perOutput: Span, _ output: Figure, _ unit: Unit) -> Figure {
    guard let span = output.span else { return .unknown(unit, missing: output.because) }
    return Figure(
      (perOutput * span).ordered, unit, .estimated,
      because: Phrase(zh: "拟投产值 × 环节系数", en: "project output × the segment's coefficient"))
  }

  private func record(_ value: Double?, _ unit: Unit, _ site: Site, _ what: Phrase) -> Figure {
    guard let value else {
      return .unknown(unit, missing: Phrase(zh: "载体", en: "the site's ") + what)
    }
    return Figure(
      Span(value), unit, .measured, because: Phrase(zh: "载体", en: "the site's ") + what,
      provenance: site.provenance)
  }

  /// Kinds of platform that the segment uses and the district has.
  private func platforms(_ snapshot: Snapshot, _ site: Site, _ segment: Int) -> Figure {
    let places = snapshot.places
    let home = snapshot.district.home.filter { places.lies(site.place, in: $0) } + [site.place]
    let here = snapshot.assets.filter { asset in home.contains { places.lies(asset.place, in: $0) }
    }
    if here.isEmpty {
      return .unknown(.count, missing: Phrase(zh: "本地平台（assets 表）", en: "local platforms (assets)"))
    }
    let wanted = snapshot.segments[segment].assets
    let found = here.filter { asset in
      (asset.segments.isEmpty || asset.segments.contains(segment)) && wanted.contains(asset.kind)
    }
    let kinds = wanted.filter { kind in found.contains { $0.kind == kind } }
    return Figure(
      Span(Double(kinds.count)), .count, .measured,
      because: found.isEmpty
        ? Phrase(zh: "本地无对应平台", en: "no platform of these kinds here")
        : Phrase(same: found.map(\.name).joined(separator: "、")))
  }
}
