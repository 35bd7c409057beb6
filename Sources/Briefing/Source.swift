import Atlas

/// A numbered source that claims of a paper stand on. 来源
public struct Source: Sendable, Hashable {
  public let title: String
  /// When the fact was known, or the model's version.
  public let date: String
  /// How far it can be trusted, in words.
  public let confidence: String
  public let clearance: Clearance

  public init(title: String, date: String, confidence: String, clearance: Clearance) {
    self.title = title
    self.date = date
    self.confidence = confidence
    self.clearance = clearance
  }
}

/// The number of a source in one paper's list; only a `Bibliography` makes one. 来源编号
public struct SourceReference: Sendable, Hashable, Comparable {
  public let number: Int
  fileprivate init(number: Int) { self.number = number }

  public static func < (left: SourceReference, right: SourceReference) -> Bool {
    left.number < right.number
  }
}

/// The sources of one paper in the order of first use; equal sources share a number. 来源表
public struct Bibliography: Sendable, Equatable {
  public private(set) var sources: [Source] = []
  private var numbers: [Source: Int] = [:]

  public init() {}

  /// The number of a source, given on first use.
  public mutating func cite(_ source: Source) -> SourceReference {
    if let number = numbers[source] { return SourceReference(number: number) }
    sources.append(source)
    numbers[source] = sources.count
    return SourceReference(number: sources.count)
  }
}
