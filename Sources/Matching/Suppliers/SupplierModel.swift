import Atlas

/// How far a supplier may be and how much of it is free. 配套模型
public struct SupplierModel: Sendable, Equatable {
  /// Hours by road.
  public let radius: Parameter
  /// Part of a firm's output that a newcomer could buy, where its free capacity is not known.
  public let uncommittedShare: Parameter
  public let circuity: Parameter
  /// Km per hour.
  public let speed: Parameter

  /// - Throws: `CardError` for a missing name or a value out of its range.
  public init(_ table: ParameterTable) throws(CardError) {
    let card = CheckedCard(table)
    radius = try card.positive("supplierRadius")
    uncommittedShare = try card.share("uncommittedShare")
    circuity = try card.positive("commuteCircuity")
    speed = try card.positive("commuteSpeed")
    try table.refuseUnknown(known: LabourCard.names)
  }
}
