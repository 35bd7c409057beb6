import Foundation

/// What the last nights finished, so that the next knows where to go on. 夜批状态
///
/// A stage is skipped when its fingerprint is the one it last finished with. A state that cannot be read counts as
/// none: everything is done anew, nothing is lost.
public struct NightState: Codable, Equatable, Sendable {
  /// Fingerprint with which each stage last finished, by name.
  public var finished: [String: String] = [:]
  /// Run of the last delivery.
  public var deliveredRun: String?
  /// Folder of the last delivery, below the outbox.
  public var delivered: String?
  /// Day of the last delivery.
  public var asOf: String?
  /// Last batch of facts that the delivered run knew.
  public var batch: Int64?

  public init() {}

  public static func load(_ url: URL) -> NightState {
    (try? Data(contentsOf: url)).flatMap { try? JSONDecoder().decode(NightState.self, from: $0) }
      ?? NightState()
  }

  public func save(_ url: URL) throws(NightError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    guard let data = try? encoder.encode(self) else { return }
    try write(data, to: url)
  }

  public func isFinished(_ stage: String, _ fingerprint: String) -> Bool {
    finished[stage] == fingerprint
  }
}
