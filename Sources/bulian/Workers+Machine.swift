import Atlas
import Dispatch
import Foundation

extension Workers {
  /// All cores of this machine. 全部核心
  static let machine: Workers = {
    let cores = max(1, ProcessInfo.processInfo.activeProcessorCount)
    guard cores > 1 else { return .one }
    return Workers(count: cores) { iterations, body in
      DispatchQueue.concurrentPerform(iterations: iterations, execute: body)
    }
  }()
}
