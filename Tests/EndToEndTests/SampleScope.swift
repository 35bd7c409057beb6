import Foundation
import Testing

/// The sample workspace, made and ranked once, shared by tests that only read it.
struct Sample: Sendable {
  let folder: Folder
  let made: Answer
  let firstRank: Answer
  let electronics: Answer
  let shoes: Answer
  let gaps: [String: Answer]

  var path: String { folder.path("sample") }

  /// Set while a suite with the trait `.sample` runs.
  @TaskLocal static var current: Sample?

  static func require() throws -> Sample { try #require(current, "the suite lacks .sample") }

  static func make() throws -> Sample {
    let folder = try Folder()
    let path = folder.path("sample")
    let made = try Program.run("init", path, "--sample")
    let rank = try Program.run("rank", "-w", path, "--format", "json")
    return Sample(
      folder: folder, made: made, firstRank: rank,
      electronics: try Program.run("shortlist", "-w", path, "--chain", "pcb", "--format", "json"),
      shoes: try Program.run("shortlist", "-w", path, "--chain", "shoes", "--format", "json"),
      gaps: [
        "pcb": try Program.run("gaps", "-w", path, "--chain", "pcb", "--format", "json"),
        "shoes": try Program.run("gaps", "-w", path, "--chain", "shoes", "--format", "json"),
      ])
  }
}

/// Makes the sample workspace before a suite and removes it after.
struct SampleScope: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    guard Program.isBuilt else { return try await function() }
    try await Sample.$current.withValue(try Sample.make()) { try await function() }
  }
}

extension Trait where Self == SampleScope {
  static var sample: Self { SampleScope() }
}

/// The two firms of the founding article.
enum Article {
  static let board = "广东和鑫达电子股份有限公司"
  static let shoe = "福建省中伟体育用品有限公司"
}

/// Everything that starts the built program.
@Suite(.enabled(if: Program.isBuilt, Program.absent), .sample)
struct EndToEnd {}
