/// How many workers a data-parallel loop may use, and who runs it. 并行
///
/// A pure function starts no thread: the caller that may hands the loop in. Results are collected
/// by index, never by arrival, so that they do not depend on the number of workers.
public struct Workers: Sendable {
  public let count: Int
  private let run: @Sendable (_ iterations: Int, _ body: @Sendable (Int) -> Void) -> Void

  /// - Parameter run: calls the body once for every index, and returns when all calls have ended.
  public init(
    count: Int,
    run: @escaping @Sendable (_ iterations: Int, _ body: @Sendable (Int) -> Void) -> Void
  ) {
    precondition(count > 0, "a loop needs a worker")
    self.count = count
    self.run = run
  }

  /// The calling thread alone.
  public static let one = Workers(count: 1) { iterations, body in
    for index in 0..<iterations { body(index) }
  }

  /// The values of `body` in the order of their index.
  public func map<Value: Sendable>(
    _ iterations: Int, _ body: @Sendable (Int) -> Value
  ) -> [Value] {
    if count == 1 { return (0..<iterations).map(body) }
    return Array(unsafeUninitializedCapacity: iterations) { slots, initialised in
      // Every call writes its own slot and no other; the number of the address may cross threads.
      let address = slots.baseAddress.map { Int(bitPattern: $0) } ?? 0
      run(iterations) { index in
        guard let base = UnsafeMutablePointer<Value>(bitPattern: address) else { return }
        (base + index).initialize(to: body(index))
      }
      initialised = iterations
    }
  }
}
