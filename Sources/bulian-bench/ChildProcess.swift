import ArgumentParser
import Glibc

/// A program that was run to its end: how long it took and how much memory it held.
struct ChildProcess {
  let seconds: Double
  let peakBytes: Int

  /// - Throws: when the program cannot be started or ends with another code than 0.
  init(_ arguments: [String]) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    var status: Int32 = 0
    var usage = rusage()
    let started = try bulian_bench.seconds {
      let result = posix_spawn(&process, arguments[0], &actions, nil, words, environ)
      guard result == 0 else {
        throw ValidationError(
          "\(arguments[0]) cannot be started: \(String(cString: strerror(result)))")
      }
      guard wait4(process, &status, 0, &usage) == process else {
        throw ValidationError("\(arguments[0]) was lost")
      }
    }
    guard status == 0 else {
      throw ValidationError("\(arguments.joined(separator: " ")) ended with status \(status)")
    }
    seconds = started.seconds
    peakBytes = usage.ru_maxrss * 1024
  }
}
