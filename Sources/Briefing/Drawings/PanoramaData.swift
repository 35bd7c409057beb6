import Atlas
import Matching

/// What the one-sheet picture of a chain shows. 全景图数据
public struct PanoramaData: Sendable, Equatable {
  public var title: String
  /// One line under the title: district, day, what is counted.
  public var subtitle: String
  public var language: Language
  public var classification: Classification
  public var isSample: Bool
  /// Upstream first.
  public var tiers: [String]
  public var segments: [PanoramaSegment]
  public var flows: [PanoramaFlow]
  /// Sentences on the position of the firm that the sheet is made for; empty without one.
  public var position: [String]
  public var footer: [String]

  public init(
    title: String, subtitle: String, language: Language, classification: Classification,
    isSample: Bool, tiers: [String], segments: [PanoramaSegment], flows: [PanoramaFlow],
    position: [String], footer: [String]
  ) {
    for segment in segments {
      precondition(tiers.indices.contains(segment.tier), "a segment stands in a tier")
    }
    for flow in flows {
      precondition(
        segments.indices.contains(flow.from) && segments.indices.contains(flow.to),
        "a flow joins two segments")
    }
    self.title = title
    self.subtitle = subtitle
    self.language = language
    self.classification = classification
    self.isSample = isSample
    self.tiers = tiers
    self.segments = segments
    self.flows = flows
    self.position = position
    self.footer = footer
  }
}

/// One box of the picture. 环节
public struct PanoramaSegment: Sendable, Equatable {
  public var name: String
  public var tier: Int
  public var gapClass: GapClass
  /// Demand, supply or gap in one short line; empty when nothing is known.
  public var figure: String
  public var local: [PanoramaFirm]
  public var national: [PanoramaFirm]
  /// Firms that the district would like to bring here.
  public var targets: [PanoramaFirm]
  /// The firm that the sheet is made for, where it stands.
  public var marked: String?

  public init(
    name: String, tier: Int, gapClass: GapClass, figure: String, local: [PanoramaFirm],
    national: [PanoramaFirm], targets: [PanoramaFirm], marked: String?
  ) {
    self.name = name
    self.tier = tier
    self.gapClass = gapClass
    self.figure = figure
    self.local = local
    self.national = national
    self.targets = targets
    self.marked = marked
  }
}

/// A named firm in a box. 企业
public struct PanoramaFirm: Sendable, Equatable {
  public var name: String
  public var distanceKm: Double?

  public init(name: String, distanceKm: Double? = nil) {
    self.name = name
    self.distanceKm = distanceKm
  }
}

/// What one segment supplies to another; the weight is yuan of input per yuan of output. 流向
public struct PanoramaFlow: Sendable, Equatable {
  public var from: Int
  public var to: Int
  public var weight: Double

  public init(from: Int, to: Int, weight: Double) {
    self.from = from
    self.to = to
    self.weight = weight
  }
}
