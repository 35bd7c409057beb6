import Briefing
import Foundation
import Glibc

/// One stage of a night as it went. 阶段
public struct StageRecord: Sendable, Equatable {
  public let name: String
  /// Digest of what the stage depends on.
  public let fingerprint: String
  /// True when its inputs were those of the last finished night.
  public let isSkipped: Bool
  public var wallSeconds = 0.0
  public var cpuSeconds = 0.0
  /// Of the whole process so far, kilobytes.
  public var peakKilobytes = 0
  public var rowsIn = 0
  public var rowsOut = 0

  public init(name: String, fingerprint: String, isSkipped: Bool) {
    self.name = name
    self.fingerprint = fingerprint
    self.isSkipped = isSkipped
  }
}

/// What every stage took, and what it did. 运行日志
public struct NightDiary: Sendable, Equatable {
  public private(set) var stages: [StageRecord] = []
  public let host: String
  public let version: String

  public init(host: String, version: String) {
    self.host = host
    self.version = version
  }

  /// Runs one stage and measures what it took.
  /// - Parameter work: returns rows in and out.
  public static func measure<Failure: Error>(
    _ name: String, fingerprint: String, _ work: () throws(Failure) -> (Int, Int)
  ) throws(Failure) -> StageRecord {
    let clock = ContinuousClock.now
    let cpu = NightDiary.cpuSeconds()
    let (rowsIn, rowsOut) = try work()
    var record = StageRecord(name: name, fingerprint: fingerprint, isSkipped: false)
    let wall = clock.duration(to: .now)
    record.wallSeconds =
      Double(wall.components.seconds) + Double(wall.components.attoseconds) / 1e18
    record.cpuSeconds = NightDiary.cpuSeconds() - cpu
    record.peakKilobytes = NightDiary.peakKilobytes()
    record.rowsIn = rowsIn
    record.rowsOut = rowsOut
    return record
  }

  public mutating func add(_ record: StageRecord) { stages.append(record) }

  public mutating func skip(_ name: String, fingerprint: String) {
    stages.append(StageRecord(name: name, fingerprint: fingerprint, isSkipped: true))
  }

  public var json: JSONValue {
    .object([
      ("host", .string(host)), ("version", .string(version)),
      (
        "stages",
        .array(
          stages.map { stage in
            .object([
              ("name", .string(stage.name)), ("skipped", .bool(stage.isSkipped)),
              ("fingerprint", .string(stage.fingerprint)),
              ("wallSeconds", .number(NightDiary.rounded(stage.wallSeconds))),
              ("cpuSeconds", .number(NightDiary.rounded(stage.cpuSeconds))),
              ("peakKilobytes", .int(stage.peakKilobytes)), ("rowsIn", .int(stage.rowsIn)),
              ("rowsOut", .int(stage.rowsOut)),
            ])
          })
      ),
    ])
  }

  /// The figures of the night in the text format of Prometheus.
  /// - Parameters:
  ///   - exitCode: of the night.
  ///   - finishedAt: seconds since 1970.
  public func metrics(exitCode: Int32, finishedAt: Int, papers: Int) -> String {
    var lines = [
      "# HELP bulian_night_exit_code Exit code of the last night, 0 when it delivered.",
      "# TYPE bulian_night_exit_code gauge", "bulian_night_exit_code \(exitCode)",
      "# HELP bulian_night_finished_seconds When the last night ended, seconds since 1970.",
      "# TYPE bulian_night_finished_seconds gauge", "bulian_night_finished_seconds \(finishedAt)",
      "# HELP bulian_night_papers Papers in the last delivery.",
      "# TYPE bulian_night_papers gauge", "bulian_night_papers \(papers)",
    ]
    let columns: [(name: String, help: String, value: (StageRecord) -> String)] = [
      ("wall_seconds", "Wall time of a stage.", { "\(NightDiary.rounded($0.wallSeconds))" }),
      ("cpu_seconds", "Processor time of a stage.", { "\(NightDiary.rounded($0.cpuSeconds))" }),
      ("peak_kilobytes", "Peak memory when a stage ended.", { "\($0.peakKilobytes)" }),
      ("rows_in", "Rows that a stage read.", { "\($0.rowsIn)" }),
      ("rows_out", "Rows or files that a stage made.", { "\($0.rowsOut)" }),
      ("skipped", "1 when a stage had nothing to do.", { $0.isSkipped ? "1" : "0" }),
    ]
    for column in columns {
      lines.append("# HELP bulian_stage_\(column.name) \(column.help)")
      lines.append("# TYPE bulian_stage_\(column.name) gauge")
      for stage in stages {
        lines.append("bulian_stage_\(column.name){stage=\"\(stage.name)\"} \(column.value(stage))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }

  private static func usage() -> rusage {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage
  }

  private static func cpuSeconds() -> Double {
    let usage = usage()
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
  }

  private static func peakKilobytes() -> Int { Int(usage().ru_maxrss) }
}
