import Atlas

/// Iterated local search over the routes of a trip: tear some visits out, refill, keep if good (搜索).
///
/// Each step removes a run, a cluster or a scatter of visits, puts visits back by prize over
/// minutes with changing exponents and noise, shortens the routes and accepts by a threshold that
/// falls in waves. What was found never depends on the budget, so a longer search of the same
/// seed begins with the shorter one.
/// Source: Vansteenwegen et al. 2009, doi:10.1016/j.cor.2008.11.008; Schrimpf et al. 2000,
/// doi:10.1006/jcph.1999.6413.
struct Search: ~Copyable {
  let board: Board
  let tour: Tour
  var random: Generator

  /// The prize of a stop as the search sees it: a must outweighs everything else.
  let prize: [Double]
  let hasSegments: Bool
  /// Prizes raised to the exponents of the refill criteria, criterion by criterion.
  let appeal: [[Double]]
  /// For every stop the others by nearness.
  let near: Strip<Int>
  let nearCount: Int

  let bestCost: Strip<Double>
  let bestPosition: Strip<Int>
  let weight: Strip<Double>
  /// The stops that the refill may still choose.
  let free: Strip<Int>
  var removed: [Int]
  let isBanned: Strip<Bool>
  /// Stops whose neighbours changed since the routes were last shortened.
  var changed: [Int] = []
  let isChanged: Strip<Bool>
  let isDayChanged: Strip<Bool>

  var current: Solution
  var best: Solution
  var pool: RoutePool
  var iterations = 0
  var lastImprovement = 0

  static let exponents = [0.5, 1.0, 1.5, 2.0, 3.0]
  /// How many steps one wave of the acceptance threshold takes.
  var wave: Int
  var waveStart = 0
  /// How much worse a solution of this wave may typically be, at its beginning.
  var temperature: Double
  let meanPrize: Double

  init(_ board: Board, seed: UInt64, start: [[Int]]? = nil) {
    self.board = board
    tour = Tour(board, scheduled: true)
    random = Generator(seed: seed)
    let bonus = 1 + board.prize.reduce(0) { $0 + abs($1) }
    let prize = board.prize.indices.map { max(0, board.prize[$0]) + (board.isMust[$0] ? bonus : 0) }
    self.prize = prize
    hasSegments = board.members.contains { $0.count > 1 } && board.trip.segmentFactor != 1
    appeal = Search.exponents.map { exponent in prize.map { power($0, exponent) } }
    let count = board.stopCount
    let others = min(count - 1, 40)
    var near: [Int] = []
    for stop in 0..<count {
      let row = stop * board.nodeCount
      let order = (0..<count).filter { $0 != stop }.sorted {
        (board.travel[row + $0], $0) < (board.travel[row + $1], $1)
      }
      near += order.prefix(others)
    }
    self.near = Strip(near)
    nearCount = others
    bestCost = Strip(repeating: .infinity, count: count * board.dayCount)
    bestPosition = Strip(repeating: 0, count: count * board.dayCount)
    weight = Strip(repeating: 0, count: count)
    free = Strip(repeating: 0, count: count)
    isChanged = Strip(repeating: false, count: count)
    isDayChanged = Strip(repeating: true, count: board.dayCount)
    removed = []
    isBanned = Strip(repeating: false, count: count)
    current = Solution(stopCount: count, dayCount: board.dayCount)
    best = current
    pool = RoutePool(board, prize: prize)
    wave = 3000
    meanPrize = board.prize.reduce(0) { $0 + max(0, $1) } / Double(count)
    temperature = 0.3 * meanPrize
    if let start { load(start) }
  }

  /// Makes one step; returns whether the best solution became better.
  mutating func step() -> Bool {
    if iterations == 0 {
      refill(criterion: 1, noise: 0)
      polish()
      refill(criterion: 1, noise: 0)
      _ = judge(temperature: 0)
      iterations = 1
      return true
    }
    if iterations - waveStart >= wave { beginWave() }
    let phase = iterations - waveStart
    iterations += 1
    ruin()
    let isGreedy = random.below(4) == 0
    refill(criterion: random.below(Search.exponents.count), noise: isGreedy ? 0 : 0.5)
    if polish() { refill(criterion: random.below(Search.exponents.count), noise: 0.2) }
    let heat = 1 - Double(phase) / Double(wave)
    return judge(temperature: temperature * heat * heat)
  }

  /// Draws the length and the heat of the next wave, and where it begins.
  ///
  /// Waves differ because trips do: many small prizes ask for patience, few large ones for jumps.
  private mutating func beginWave() {
    if let recombined = pool.recombine(random: &random) {
      load(recombined)
      tour.repair()
      polish()
      refill(criterion: 1, noise: 0)
      _ = judge(temperature: 0)
    }
    waveStart = iterations
    wave = [1000, 3000, 10_000][random.below(3)]
    let share = [0.01, 0.02, 0.04][random.below(3)]
    let prizes = [0.1, 0.3, 1.0][random.below(3)]
    temperature = max(share * best.value, prizes * meanPrize)
    switch random.below(8) {
    case 0:
      for day in 0..<board.dayCount {
        while tour.length[day] > 0 { tour.remove(day: day, position: 0) }
      }
      for day in 0..<board.dayCount { tour.schedule(day) }
      force()
      refill(criterion: random.below(Search.exponents.count), noise: 0.8)
      polish()
      current.store(tour, value: currentValue(), minutes: .infinity)
    case 1, 2: break
    default: current = best
    }
    load(current)
  }

  /// Compares the routes with the current solution, and returns to it when they are worse.
  private mutating func judge(temperature: Double) -> Bool {
    let value = currentValue()
    var minutes = 0.0
    for day in 0..<board.dayCount { minutes += tour.finish[day] - tour.dayFrom[day] }
    let threshold =
      temperature > 0
      ? current.value + temperature * logarithm(1 - random.uniform()) : current.value
    let isBetter =
      value > best.value + Board.epsilon
      || (value >= best.value - Board.epsilon && minutes < best.minutes - Board.epsilon)
    let isTie = abs(value - current.value) <= Board.epsilon
    if isBetter || value >= threshold || isTie {
      current.store(tour, value: value, minutes: minutes)
      if board.dayCount > 1, value >= best.value * 0.97 { pool.add(tour) }
    } else {
      load(current)
    }
    if isBetter {
      best = current
      lastImprovement = iterations
    }
    return isBetter
  }

  mutating func load(_ solution: Solution) {
    for stop in 0..<board.stopCount { tour.dayOf[stop] = -1 }
    for day in 0..<board.dayCount {
      tour.length[day] = solution.length[day]
      for position in 0..<solution.length[day] {
        let stop = solution.route[day * board.stopCount + position]
        tour.route[day * board.stopCount + position] = stop
        tour.dayOf[stop] = day
      }
    }
    for day in 0..<board.dayCount { tour.schedule(day) }
    forgetChanges()
  }

  mutating func load(_ routes: [[Int]]) {
    for stop in 0..<board.stopCount { tour.dayOf[stop] = -1 }
    for day in 0..<board.dayCount {
      tour.length[day] = 0
      for stop in routes[day] { tour.insert(stop, day: day, position: tour.length[day]) }
    }
    for day in 0..<board.dayCount { tour.schedule(day) }
    forgetChanges()
    for stop in 0..<board.stopCount where tour.dayOf[stop] >= 0 { noteChange(stop) }
  }

  /// Remembers that a stop has new neighbours.
  @inline(__always)
  mutating func noteChange(_ node: Int) {
    guard node < board.stopCount, tour.dayOf[node] >= 0 else { return }
    isDayChanged[tour.dayOf[node]] = true
    guard !isChanged[node] else { return }
    isChanged[node] = true
    changed.append(node)
  }

  /// Remembers that the stops around a position of a day have new neighbours.
  @inline(__always)
  mutating func noteChange(day: Int, around position: Int) {
    isDayChanged[day] = true
    for place in max(0, position - 1)..<min(tour.length[day], position + 2) {
      noteChange(tour.stop(day, place))
    }
  }

  mutating func forgetChanges() {
    for stop in changed { isChanged[stop] = false }
    changed.removeAll(keepingCapacity: true)
    for day in 0..<board.dayCount { isDayChanged[day] = false }
  }

  func currentValue() -> Double {
    var value = 0.0
    for stop in 0..<board.stopCount where tour.dayOf[stop] >= 0 {
      if !hasSegments || board.segment[stop] < 0 { value += prize[stop] }
    }
    guard hasSegments else { return value }
    for group in board.members {
      var factor = 1.0
      for stop in group where tour.dayOf[stop] >= 0 {
        value += (prize[stop] - max(0, board.prize[stop])) + max(0, board.prize[stop]) * factor
        factor *= board.trip.segmentFactor
      }
    }
    return value
  }
}

/// Routes put aside, flat, so that keeping them costs no allocation.
struct Solution {
  var route: [Int]
  var length: [Int]
  var value = -Double.infinity
  var minutes = Double.infinity

  init(stopCount: Int, dayCount: Int) {
    route = [Int](repeating: 0, count: stopCount * dayCount)
    length = [Int](repeating: 0, count: dayCount)
  }

  mutating func store(_ tour: borrowing Tour, value: Double, minutes: Double) {
    for day in 0..<tour.dayCount {
      length[day] = tour.length[day]
      let base = day * tour.stopCount
      for position in 0..<tour.length[day] { route[base + position] = tour.route[base + position] }
    }
    self.value = value
    self.minutes = minutes
  }
}
