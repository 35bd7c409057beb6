import Foundation
import Glibc

/// Named places at which a night can be made to die or a write to fail, so that tests can prove that nothing is
/// lost there. 停止点
///
/// `BULIAN_STOP_AFTER=stage:n` ends the process without any clean-up after the n-th step of a stage, 0 being
/// its beginning; `BULIAN_FAIL_WRITE=stage` lets the first write of a stage fail as a full disk does.
public struct StopPoint: Sendable {
  private let stop: (stage: String, step: Int)?
  private let failing: String?
  private var counts: [String: Int] = [:]

  public init(environment: [String: String]) {
    let parts = (environment["BULIAN_STOP_AFTER"] ?? "").split(separator: ":")
    stop = parts.count == 2 ? Int(parts[1]).map { (String(parts[0]), $0) } : nil
    failing = environment["BULIAN_FAIL_WRITE"]
  }

  /// The stage begins.
  public mutating func begin(_ stage: String) {
    counts[stage] = 0
    dieIfAsked(stage, 0)
  }

  /// One step of the stage is done.
  public mutating func step(_ stage: String) {
    counts[stage, default: 0] += 1
    dieIfAsked(stage, counts[stage] ?? 0)
  }

  /// - Throws: `NightError.cannotWrite` where a full disk is asked for.
  public func write(_ stage: String, to path: String) throws(NightError) {
    if failing == stage {
      throw .cannotWrite(path, because: String(cString: strerror(ENOSPC)))
    }
  }

  private func dieIfAsked(_ stage: String, _ step: Int) {
    guard let stop, stop.stage == stage, stop.step == step else { return }
    // As a power cut would: no handler runs, no buffer is flushed.
    kill(getpid(), SIGKILL)
  }
}
