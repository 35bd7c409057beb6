import ArgumentParser
import Atlas
import Foundation

/// Where the workspace and the models are, and how answers are printed. 公共选项
struct WorkspaceOptions: ParsableArguments {
  @Option(
    name: [.short, .customLong("workspace")],
    help: .say(
      "工作区文件夹（默认 $BULIAN_WORKSPACE，再默认当前文件夹）",
      "workspace folder (default: $BULIAN_WORKSPACE, then this folder)"))
  var workspace: String?

  @Option(
    help: .say(
      "模型文件夹（默认 $BULIAN_MODELS、工作区、程序旁）",
      "folder of models (default: $BULIAN_MODELS, the workspace, beside the program)"))
  var models: String?

  @Option(help: .say("输出格式：table、json、csv", "output: table, json, csv"))
  var format: OutputFormat = .table

  func open() throws -> Workspace { try Workspace(self) }

  /// The folder of the workspace, not opened.
  var folder: URL {
    URL(
      fileURLWithPath: workspace ?? ProcessInfo.processInfo.environment["BULIAN_WORKSPACE"] ?? ".")
  }
}

/// How an answer is printed. 输出格式
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json, csv
}

/// The one reading of the clock, and the language of messages once a workspace is known. 时钟
enum Clock {
  private static let state = ClockState()

  /// Today in the office's time zone, or `$BULIAN_TODAY` for a repeatable run.
  static var today: Day { setDay ?? wallDay }

  private static var setDay: Day? {
    ProcessInfo.processInfo.environment["BULIAN_TODAY"].flatMap { Day($0) }
  }

  private static var wallDay: Day {
    var calendar = Calendar(identifier: .gregorian)
    // China keeps one zone; a bare machine without the zone table is 8 h ahead of UTC all the same.
    calendar.timeZone =
      TimeZone(identifier: "Asia/Shanghai") ?? TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt
    let parts = calendar.dateComponents([.year, .month, .day], from: state.now)
    return Day(year: parts.year ?? 1970, month: parts.month ?? 1, day: parts.day ?? 1)
      ?? Day(number: 0)
  }

  /// The instant as UTC text: of the day that was set, at the hour of the wall clock.
  static var now: String {
    let days = setDay.map { $0 - wallDay } ?? 0
    return state.now.addingTimeInterval(Double(days) * 86_400).formatted(.iso8601)
  }

  /// `$BULIAN_LANGUAGE`, else that of the workspace the command line names, else Chinese; read once.
  static let language: Language = {
    let arguments = CommandLine.arguments
    let flag = arguments.firstIndex { $0 == "-w" || $0 == "--workspace" }
    return language(
      of: flag.flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
        ?? ProcessInfo.processInfo.environment["BULIAN_WORKSPACE"] ?? ".")
  }()

  /// `$BULIAN_LANGUAGE`, else that of the workspace in `folder`, else Chinese.
  static func language(of folder: String) -> Language {
    if let named = ProcessInfo.processInfo.environment["BULIAN_LANGUAGE"].flatMap(Language.init) {
      return named
    }
    let text = try? String(
      contentsOf: URL(fileURLWithPath: folder).appending(path: "bulian.yaml"), encoding: .utf8)
    let says = (text ?? "").split(separator: "\n").contains {
      $0.replacing(" ", with: "") == "language:en"
    }
    return says ? .en : .zhHans
  }
}

private struct ClockState: Sendable {
  let now = Date()
}
