import Foundation
import Synchronization

/// Values that a thread of its own makes while others are used, so many ahead at most. 预读
///
/// The order is that of their making, so that nothing depends on which thread is faster.
final class ReadAhead<Value: Sendable>: Sendable {
  private struct State {
    var values: [Value] = []
    var failure: (any Error)?
    var isStopped = false
  }

  private let state = Mutex(State())
  private let room = DispatchSemaphore(value: 0)
  private let ready = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  /// - Parameter make: hands on one value after the other; stops when it is told false.
  init(room: Int, _ make: @escaping @Sendable (_ put: (Value) -> Bool) throws -> Void) {
    // A semaphore that goes away must not stand below the value that it was made with.
    for _ in 0..<room { self.room.signal() }
    Thread.detachNewThread { [self] in
      do {
        try make(put)
      } catch {
        state.withLock { $0.failure = error }
      }
      ready.signal()
      ended.signal()
    }
  }

  private func put(_ value: Value) -> Bool {
    room.wait()
    let isWanted = state.withLock { state in
      if !state.isStopped { state.values.append(value) }
      return !state.isStopped
    }
    ready.signal()
    return isWanted
  }

  /// The next value; nil behind the last.
  /// - Throws: what the making threw, behind the values that were made before.
  func next() throws -> Value? {
    ready.wait()
    let value = state.withLock { $0.values.isEmpty ? nil : $0.values.removeFirst() }
    if let value {
      room.signal()
      return value
    }
    // For whoever asks again.
    ready.signal()
    if let failure = state.withLock({ $0.failure }) { throw failure }
    return nil
  }

  /// Wants no more values, and waits until none is being made.
  func stop() {
    state.withLock {
      $0.isStopped = true
      $0.values = []
    }
    room.signal()
    ended.wait()
  }
}
