import Foundation

/// The documentation as files, found from this file.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// Names in a folder, in ascending order.
  static func entries(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path).sorted()
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }

  /// Every page of documentation.
  static func pages() throws -> [String] {
    let top = ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md"]
    let pages = try entries("Documentation").filter { $0.hasSuffix(".md") }
    let decisions = try entries("Documentation/Decisions")
    return top + pages.map { "Documentation/\($0)" }
      + decisions.map { "Documentation/Decisions/\($0)" }
  }
}

extension Character {
  /// A character of the CJK unified ideographs.
  var isHan: Bool { unicodeScalars.allSatisfy { (0x4E00...0x9FFF).contains($0.value) } }
}
