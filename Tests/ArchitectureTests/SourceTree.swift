import Foundation

/// The repository as files, found from this file.
enum SourceTree {
  static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Paths under a folder of the repository, relative to its root, in ascending order.
  static func list(_ folder: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
    return (names?.compactMap { $0 as? String } ?? []).map { "\(folder)/\($0)" }.sorted()
  }

  static func swiftFiles(_ folder: String) -> [String] {
    list(folder).filter { $0.hasSuffix(".swift") }
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// Names in a folder, in ascending order.
  static func entries(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path).sorted()
  }

  /// Every text file that the repository keeps: what `.gitignore` names is left out.
  static func textFiles() throws -> [String] {
    let ignored = try text(".gitignore").split(separator: "\n").map {
      $0.trimmingCharacters(in: CharacterSet(charactersIn: "/"))
    }
    let endings = ["swift", "md", "yaml", "yml", "csv", "json", "txt", "typ", "svg", "py", "h"]
    var files: [String] = []
    for entry in try entries(".") where entry != ".git" && !ignored.contains(entry) {
      let nested = list(entry)
      files += nested.isEmpty ? [entry] : nested
    }
    return files.filter { path in
      if isFolder(path) { return false }
      let name = path.split(separator: "/").last.map(String.init) ?? path
      return !path.contains("__pycache__")
        && (endings.contains { name.hasSuffix(".\($0)") } || !name.dropFirst().contains("."))
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(
      atPath: root.appending(path: path).path, isDirectory: &isFolder)
    return exists && isFolder.boolValue
  }

  /// The code of a Swift file by lines: comments and the contents of string literals blanked.
  static func code(_ path: String) throws -> [String] {
    var inBlock = false
    var inLongText = false
    return try text(path).split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.contains("\"\"\"") {
        if line.components(separatedBy: "\"\"\"").count.isMultiple(of: 2) { inLongText.toggle() }
        return ""
      }
      if inLongText { return "" }
      return blanked(line, inBlock: &inBlock)
    }
  }

  private static func blanked(_ line: Substring, inBlock: inout Bool) -> String {
    var kept = ""
    var inText = false
    var rest = line[...]
    while let first = rest.first {
      if inBlock {
        if rest.hasPrefix("*/") { inBlock = false }
      } else if inText {
        if first == "\\" { rest = rest.dropFirst() }
        if first == "\"" { inText = false }
      } else if rest.hasPrefix("//") {
        break
      } else if rest.hasPrefix("/*") {
        inBlock = true
      } else if first == "\"" {
        inText = true
      } else {
        kept.append(first)
      }
      rest = rest.dropFirst()
    }
    return kept
  }
}
