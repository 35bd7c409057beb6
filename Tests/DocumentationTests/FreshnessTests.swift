import Foundation
import Testing

@Suite("fresh pages")
struct FreshnessTests {
  @Test("the generated pages say what the sources say")
  func generatedPagesAreFresh() throws {
    let process = Process()
    process.executableURL = Repository.root.appending(path: "Scripts/generate")
    process.arguments = ["--check"]
    let said = Pipe()
    process.standardError = said
    process.standardOutput = said
    try process.run()
    let words = String(decoding: said.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(words)")
  }

  @Test("every link of a page leads to a file")
  func linksLead() throws {
    for page in try Repository.pages() {
      let folder = page.split(separator: "/").dropLast().joined(separator: "/")
      for piece in try Repository.text(page).components(separatedBy: "](").dropFirst() {
        let target = String(piece.prefix { $0 != ")" && $0 != "#" })
        if target.isEmpty || target.contains("://") { continue }
        #expect(
          Repository.exists(folder.isEmpty ? target : folder + "/" + target),
          "\(page) links to \(target)")
      }
    }
  }

  @Test("every script that a page names exists")
  func scriptsExist() throws {
    for page in try Repository.pages() {
      for piece in try Repository.text(page).components(separatedBy: "Scripts/").dropFirst() {
        let name = piece.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
        #expect(name.isEmpty || Repository.exists("Scripts/\(name)"), "\(page): Scripts/\(name)")
      }
    }
  }

  @Test("the two READMEs have the same parts")
  func samePartsInBothLanguages() throws {
    func parts(_ page: String) throws -> Int {
      try Repository.text(page).components(separatedBy: "\n## ").count
    }
    #expect(try parts("README.md") == parts("README.zh-CN.md"))
  }
}
