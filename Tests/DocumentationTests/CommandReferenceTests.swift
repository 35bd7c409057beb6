import Foundation
import Testing

private let readmes = ["README.md", "README.zh-CN.md"]

@Suite("commands")
struct CommandReferenceTests {
  @Test(
    "every command of the program is in both tables of commands",
    arguments: ["README.md", "README.zh-CN.md"])
  func everyCommandIsDescribed(page: String) throws {
    let described = try describedCommands(page)
    for command in try commands() where !described.contains(command) {
      Issue.record("\(page) does not describe \(command)")
    }
  }

  @Test(
    "the tables describe no command that the program lacks",
    arguments: ["README.md", "README.zh-CN.md"])
  func noCommandIsInvented(page: String) throws {
    let commands = try commands()
    for described in try describedCommands(page) where !commands.contains(described) {
      Issue.record("\(page) describes \(described), which the program lacks")
    }
  }

  @Test("both READMEs describe the same commands")
  func bothLanguagesAgree() throws {
    #expect(try describedCommands("README.md") == describedCommands("README.zh-CN.md"))
  }

  @Test(
    "every option in an example of the README exists", arguments: readmes)
  func optionsExist(page: String) throws {
    let sources = try Repository.entries("Sources/bulian").map {
      try Repository.text("Sources/bulian/\($0)")
    }.joined()
    let lines = try Repository.text(page).split(separator: "\n").filter {
      $0.hasPrefix("bulian ") || $0.hasPrefix("$ bulian ")
    }
    #expect(lines.count >= 10)
    for line in lines {
      let options = line.prefix { $0 != "#" }.split(separator: " ").filter { $0.hasPrefix("--") }
      for option in options.map({ String($0.dropFirst(2)) }) {
        // An option is declared by its name in quotes or by a property of that name.
        let isDeclared =
          sources.contains("\"\(option)\"") || sources.contains("var \(option):")
          || sources.contains("var \(option) =")
        #expect(isDeclared, "\(page): no option --\(option) in `\(line)`")
      }
    }
  }

  /// Leaf commands: `model list`, not `model`, where a command has others below it.
  private func commands() throws -> Set<String> {
    var leaves: [(file: String, type: String, name: String)] = []
    var parents: [String: String] = [:]
    for file in try Repository.entries("Sources/bulian") where file.hasSuffix(".swift") {
      let source = try Repository.text("Sources/bulian/\(file)")
      var before = ""
      for (index, part) in source.components(separatedBy: "CommandConfiguration(").enumerated() {
        defer { before = part }
        guard index > 0, let name = quoted(after: "commandName:", in: part), name != "bulian" else {
          continue
        }
        let head = part.components(separatedBy: "struct ").first ?? part
        if let list = head.range(of: "subcommands: [") {
          let types = head[list.upperBound...].prefix { $0 != "]" }
          for type in types.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            let type = String(type).replacingOccurrences(of: ".self", with: "")
            // Types of one name are nested in different files.
            parents["\(file) \(type)"] = name
            parents[type] = name
          }
        } else if let declared = before.range(of: "struct ", options: .backwards) {
          leaves.append((file, String(before[declared.upperBound...].prefix { $0.isLetter }), name))
        }
      }
    }
    return Set(
      leaves.map { leaf in
        let parent = parents["\(leaf.file) \(leaf.type)"] ?? parents[leaf.type]
        return parent.map { "\($0) \(leaf.name)" } ?? leaf.name
      })
  }

  private func quoted(after label: String, in text: String) -> String? {
    guard let at = text.range(of: label) else { return nil }
    let rest = text[at.upperBound...].drop { $0 != "\"" }.dropFirst()
    return String(rest.prefix { $0 != "\"" })
  }

  /// The names in backticks of the first column of the table of commands.
  private func describedCommands(_ page: String) throws -> Set<String> {
    let lines = try Repository.text(page).components(separatedBy: "\n")
    guard
      let start = lines.firstIndex(where: { $0.hasPrefix("| command |") || $0.hasPrefix("| 命令 |") })
    else {
      Issue.record("\(page) has no table of commands")
      return []
    }
    var found: Set<String> = []
    for line in lines[(start + 2)...].prefix(while: { $0.hasPrefix("|") }) {
      let cell = line.dropFirst().prefix { $0 != "|" }
      for (index, word) in cell.split(separator: "`").enumerated() where index % 2 == 1 {
        found.insert(String(word))
      }
    }
    return found
  }
}
