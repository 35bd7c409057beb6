import Expectations
import Foundation
import Testing

/// The built program, run as a stranger runs it: words in, bytes and an exit code out.
enum Program {
  /// `$BULIAN_BINARY`, else the release build of this package; nil when there is none.
  static let binary: URL? = {
    let named = ProcessInfo.processInfo.environment["BULIAN_BINARY"]
    let url =
      named.map { URL(fileURLWithPath: $0) }
      ?? SharedData.packageRoot.appending(path: ".build/release/bulian")
    return FileManager.default.isExecutableFile(atPath: url.path) ? url : nil
  }()

  static var isBuilt: Bool { binary != nil }

  static let absent: Comment = "no built program: run swift build -c release, or set BULIAN_BINARY"

  /// The cards that every run reads: `$BULIAN_MODELS`, else those of this package.
  static let models: URL =
    ProcessInfo.processInfo.environment["BULIAN_MODELS"].map { URL(fileURLWithPath: $0) }
    ?? SharedData.packageRoot.appending(path: "Models")

  /// Runs the program to its end; output goes through files, so no pipe can fill up.
  static func run(_ words: String..., in folder: URL? = nil) throws -> Answer {
    try run(words, in: folder)
  }

  /// - Parameter extra: further variables of the environment.
  static func run(_ words: [String], in folder: URL? = nil, with extra: [String: String] = [:])
    throws -> Answer
  {
    let binary = try #require(binary, absent)
    let scratch = FileManager.default.temporaryDirectory
      .appending(path: "bulian-run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let output = scratch.appending(path: "out")
    let errors = scratch.appending(path: "err")
    try Data().write(to: output)
    try Data().write(to: errors)
    let process = Process()
    process.executableURL = binary
    process.arguments = words
    process.currentDirectoryURL = folder ?? scratch
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "HOME": scratch.path, "BULIAN_MODELS": models.path, "LANG": "C.UTF-8",
      // No test depends on the wall clock of the machine.
      "BULIAN_TODAY": "2026-11-25",
    ].merging(extra) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Answer(
      words: words, code: process.terminationStatus,
      crashed: process.terminationReason == .uncaughtSignal,
      bytes: try Data(contentsOf: output),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }
}

/// What one run of the program said.
struct Answer: Sendable, CustomTestStringConvertible {
  let words: [String]
  let code: Int32
  let crashed: Bool
  let bytes: Data
  let errors: String

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Both streams: a person at a terminal sees them as one.
  var said: String { text + errors }

  func json() throws -> JSON { try JSON(bytes) }

  var testDescription: String {
    "bulian \(words.joined(separator: " ")) → \(code)\n\(said.prefix(600))"
  }
}

/// A folder that is gone when the test is over.
final class Folder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appending(path: "bulian-endtoend-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  /// Writes a file and returns its path.
  func file(_ name: String, _ text: String) throws -> String { try file(name, Data(text.utf8)) }

  func file(_ name: String, _ data: Data) throws -> String {
    try data.write(to: url.appending(path: name))
    return path(name)
  }
}

/// Every regular file below a folder, sorted by path.
func listFiles(_ folder: URL) -> [URL] {
  guard
    let walk = FileManager.default.enumerator(
      at: folder, includingPropertiesForKeys: [.isRegularFileKey])
  else { return [] }
  return walk.compactMap { $0 as? URL }.filter {
    (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
  }.sorted { $0.path < $1.path }
}
