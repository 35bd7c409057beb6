import Foundation
import Logging

/// Log lines on standard error: for people, or one JSON object a line. 日志
public struct NightLog: LogHandler {
  public enum Style: String, Sendable, CaseIterable { case human, json }

  public var logLevel: Logger.Level = .info
  public var metadata: Logger.Metadata = [:]
  private let style: Style
  private let now: @Sendable () -> String

  /// - Parameter now: the instant as UTC text.
  public init(style: Style, now: @escaping @Sendable () -> String) {
    self.style = style
    self.now = now
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { _, last in last }
      .sorted { $0.key < $1.key }
    let line: String
    switch style {
    case .human:
      let pairs = all.map { " \($0.key)=\($0.value)" }.joined()
      line = "\(now()) \(event.level) \(event.message)\(pairs)"
    case .json:
      var object = ["at": now(), "level": "\(event.level)", "message": "\(event.message)"]
      for (key, value) in all { object[key] = "\(value)" }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      line = (try? encoder.encode(object)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }
}
