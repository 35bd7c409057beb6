import Atlas

/// A value under each of the three scenarios. 三情景
struct ByScenario<Value: Sendable>: Sendable {
  let low: Value
  let base: Value
  let high: Value

  init(_ value: (Scenario) -> Value) {
    low = value(.low)
    base = value(.base)
    high = value(.high)
  }

  init(low: Value, base: Value, high: Value) {
    self.low = low
    self.base = base
    self.high = high
  }

  subscript(scenario: Scenario) -> Value {
    switch scenario {
    case .low: low
    case .base: base
    case .high: high
    }
  }
}
