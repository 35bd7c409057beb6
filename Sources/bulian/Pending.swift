import Dispatch
import Synchronization

/// A value that other threads work out while this one goes on. 异步值
final class Pending<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let group = DispatchGroup()

  init(_ work: @escaping @Sendable () -> Value) {
    DispatchQueue.global().async(group: group) {
      let found = work()
      self.value.withLock { $0 = found }
    }
  }

  /// The value, as soon as it is there.
  func wait() -> Value {
    group.wait()
    guard let found = value.withLock({ $0 }) else { preconditionFailure("the work gave no value") }
    return found
  }
}
