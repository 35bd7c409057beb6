import Atlas

/// What hiring takes: fairs, buses, classes, beds, and what each costs. 招工费率
public struct HiringRates: Sendable, Equatable {
  /// Months in which the plant goes from none to all of its heads.
  public let rampMonths: Parameter
  /// Months that the labour model's supply covers.
  public let hiringWindow: Parameter
  public let fairHires: Parameter
  /// Yuan per fair.
  public let fairCost: Parameter
  public let busSeats: Parameter
  /// Yuan per bus and month.
  public let busMonthCost: Parameter
  public let classIntake: Parameter
  public let classMonths: Parameter
  /// Yuan per trainee.
  public let classHeadCost: Parameter
  /// Yuan per returnee.
  public let outreachHeadCost: Parameter
  /// Yuan per bed and month.
  public let bedMonthCost: Parameter
  /// Minutes from which a bus line is laid on.
  public let busFromMinutes: Parameter

  /// - Throws: `CardError` for a missing name or a value out of its range.
  public init(_ table: ParameterTable) throws(CardError) {
    let card = CheckedCard(table)
    rampMonths = try card.positive("rampMonths")
    hiringWindow = try card.positive("hiringWindow")
    fairHires = try card.positive("jobFairHires")
    fairCost = try card.notNegative("jobFairCost")
    busSeats = try card.positive("busSeats")
    busMonthCost = try card.notNegative("busMonthCost")
    classIntake = try card.positive("classIntake")
    classMonths = try card.notNegative("classMonths")
    classHeadCost = try card.notNegative("classHeadCost")
    outreachHeadCost = try card.notNegative("outreachHeadCost")
    bedMonthCost = try card.notNegative("dormitoryBedCost")
    busFromMinutes = try card.notNegative("commuteOnset")
    try table.refuseUnknown(known: LabourCard.names)
  }
}
