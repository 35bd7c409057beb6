import Atlas
import Dispatch
import Glibc
import Matching

/// Seconds of a piece of work by the monotonic clock.
func seconds<Value>(_ work: () throws -> Value) rethrows -> (value: Value, seconds: Double) {
  let start = DispatchTime.now().uptimeNanoseconds
  let value = try work()
  return (value, Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9)
}

/// The median of several runs of the same work, and its last value.
func medianSeconds<Value>(of runs: Int, _ work: () throws -> Value) rethrows
  -> (value: Value, seconds: Double)
{
  let first = try seconds(work)
  var times = [first.seconds]
  var value = first.value
  for _ in 1..<max(1, runs) {
    let next = try seconds(work)
    times.append(next.seconds)
    value = next.value
  }
  return (value, times.sorted()[times.count / 2])
}

/// The largest resident memory of this process so far, bytes.
func peakMemory() -> Int {
  var usage = rusage()
  getrusage(RUSAGE_SELF.rawValue, &usage)
  return usage.ru_maxrss * 1024
}

extension Workers {
  /// Threads of the system, `count` of them.
  static func threads(_ count: Int) -> Workers {
    guard count > 1 else { return .one }
    return Workers(count: count) { iterations, body in
      // Workers take the next index as they become free; results are stored by index.
      DispatchQueue.concurrentPerform(iterations: iterations, execute: body)
    }
  }
}
