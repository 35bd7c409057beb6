import Foundation
import Testing

/// A small workspace with one table of every kind, of which each test gets a copy of its own.
struct PlainWorkspace: Sendable {
  /// Later than any import, so that a digest never depends on the clock.
  static let day = "2099-01-01"

  let folder: Folder
  let path: String

  var ledger: URL { URL(fileURLWithPath: path).appending(path: "bulian.sqlite") }

  /// An empty workspace in a new folder.
  init() throws {
    folder = try Folder()
    path = folder.path("plain")
    let made = try Program.run("init", path, "--name", "试区", "--home", "500153")
    try #require(made.code == 0, "\(made.testDescription)")
    let file = URL(fileURLWithPath: path).appending(path: "bulian.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let rest = text.split(separator: "\n").filter { !$0.hasPrefix("rivals") }
      .joined(separator: "\n")
    try (rest + Self.led).write(to: file, atomically: false, encoding: .utf8)
  }

  private static let led = """

    rivals: ["510900", "360700"]
    leads:
      - {chain: "pcb", chief: "测试链长"}

    """

  /// A copy in a folder of its own.
  init(copying other: PlainWorkspace) throws {
    folder = try Folder()
    path = folder.path("plain")
    try FileManager.default.copyItem(atPath: other.path, toPath: path)
  }

  /// A workspace that holds all small tables.
  static func filled() throws -> PlainWorkspace {
    let workspace = try PlainWorkspace()
    for table in SmallTable.all {
      let file = try workspace.folder.file("\(table.kind).csv", table.text)
      let answer = try workspace.importFile(table.kind, file)
      try #require(answer.code == 0, "\(answer.testDescription)")
    }
    return workspace
  }

  func importFile(_ kind: String, _ file: String, _ more: String...) throws -> Answer {
    try Program.run(["import", kind, file, "-w", path] + more)
  }

  /// The fingerprint of all facts, as the program itself tells it.
  func digest() throws -> String {
    let rank = try Program.run("rank", "-w", path, "--as-of", Self.day, "--format", "json")
    try #require(rank.code == 0, "\(rank.testDescription)")
    return try #require(try rank.json()["snapshotDigest"].text)
  }
}

/// The filled workspace and its digest, made once for a suite.
struct PlainScope: SuiteTrait, TestScoping {
  @TaskLocal static var current: (workspace: PlainWorkspace, digest: String)?

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    guard Program.isBuilt else { return try await function() }
    let workspace = try PlainWorkspace.filled()
    let digest = try workspace.digest()
    try await Self.$current.withValue((workspace, digest)) { try await function() }
  }

  /// A fresh copy and the digest it starts with.
  static func copy() throws -> (workspace: PlainWorkspace, digest: String) {
    let (workspace, digest) = try #require(current, "the suite lacks .plainWorkspace")
    return (try PlainWorkspace(copying: workspace), digest)
  }
}

extension Trait where Self == PlainScope {
  static var plainWorkspace: Self { PlainScope() }
}
