/// A public orienteering instance, to check the solver against known values (公开算例).
///
/// Units: lengths and times are those of the instance; scores are points.
public struct Instance: Sendable, Hashable {
  /// The name of the instance.
  public var name: String
  /// The instance as a trip: one day per path, starting at time 0.
  public var trip: Trip
  /// The score of the start, which every solution collects.
  public var baseScore: Double
  /// The identifier of the start, and of the end of every path.
  public var start: String
  /// The identifier of the end of every path.
  public var end: String

  /// States an instance.
  public init(name: String, trip: Trip, baseScore: Double, start: String, end: String) {
    self.name = name
    self.trip = trip
    self.baseScore = baseScore
    self.start = start
    self.end = end
  }
}

/// What is wrong with an instance file (算例错误).
public enum InstanceError: Error, Sendable, Hashable {
  /// No known format matches the text.
  case unknownFormat(name: String)
  /// A line cannot be read; lines are counted from 1.
  case badLine(name: String, line: Int, excerpt: String)
  /// The file ends before everything announced was read.
  case incomplete(name: String, missing: String)
  /// The edge weights of a TSPLIB file are of a type that is not read.
  case unknownWeights(name: String, type: String)

  /// The error as one sentence in English.
  public var sentence: String {
    switch self {
    case .unknownFormat(let name):
      "\(name) is in no known format; give an OPLib, Tsiligirides/Chao, TOP, TOPTW or Solomon file."
    case .badLine(let name, let line, let excerpt):
      "\(name), line \(line): cannot read \"\(excerpt)\"; correct the line."
    case .incomplete(let name, let missing):
      "\(name) ends without \(missing); the file seems cut off."
    case .unknownWeights(let name, let type):
      "\(name) has edge weights of type \(type); only EUC_2D, CEIL_2D, ATT, GEO and EXPLICIT are read."
    }
  }

  /// The error as one sentence in Chinese.
  public var chineseSentence: String {
    switch self {
    case .unknownFormat(let name):
      "\(name)的格式无法识别；请提供 OPLib、Tsiligirides/Chao、TOP、TOPTW 或 Solomon 格式的文件。"
    case .badLine(let name, let line, let excerpt): "\(name)第\(line)行无法读取“\(excerpt)”；请更正该行。"
    case .incomplete(let name, let missing): "\(name)缺少\(missing)；文件似乎不完整。"
    case .unknownWeights(let name, let type):
      "\(name)的边权类型\(type)不支持；支持 EUC_2D、CEIL_2D、ATT、GEO、EXPLICIT。"
    }
  }
}

/// What the solver found for a public instance (算例解).
public struct InstanceSolution: Sendable, Hashable, Codable {
  /// The points collected, with those of the start.
  public var score: Double
  /// The length of all paths together.
  public var length: Double
  /// The points of every path, with start and end, by the numbers of the file.
  public var routes: [[String]]
  /// How many steps the search made.
  public var iterations: Int
}

/// Solves a public instance within a budget (求解算例).
///
/// Throws: what makes the instance impossible, for example an end out of reach.
public func solve(
  _ instance: Instance, budget: SearchBudget, shouldStop: () -> Bool = { false }
) throws(TripError) -> InstanceSolution {
  let plan: VisitPlan
  do throws(TripError) {
    plan = try planVisits(instance.trip, budget: budget, shouldStop: shouldStop)
  } catch .noStops {
    // Nothing scores: the way from start to end is the answer.
    let length = instance.trip.days.reduce(0.0) { total, day in
      guard let start = day.start, let end = day.end else { return total }
      return total + instance.trip.legMinutes(from: start, to: end)
    }
    let routes = instance.trip.days.map { _ in [instance.start, instance.end] }
    return InstanceSolution(
      score: instance.baseScore, length: length, routes: routes, iterations: 0)
  } catch {
    throw error
  }
  let routes = plan.routes.map { [instance.start] + $0 + [instance.end] }
  return InstanceSolution(
    score: instance.baseScore + plan.value, length: plan.travelMinutes, routes: routes,
    iterations: plan.iterations)
}
