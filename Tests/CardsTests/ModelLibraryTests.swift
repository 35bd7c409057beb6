import Atlas
import Expectations
import Foundation
import Testing

@testable import Cards

/// Runs a body on a private copy of the shipped models, which it may damage.
private func withModels(_ body: (URL) throws -> Void) throws {
  let copy = FileManager.default.temporaryDirectory
    .appending(path: "bulian-models-\(UUID().uuidString)")
  try FileManager.default.copyItem(
    at: SharedData.packageRoot.appending(path: "Models").resolvingSymlinksInPath(), to: copy)
  defer { try? FileManager.default.removeItem(at: copy) }
  try body(copy)
}

private func edit(_ file: URL, _ old: String, _ new: String) throws {
  let text = try String(contentsOf: file, encoding: .utf8)
  try #require(text.contains(old), "the test edits something that is there")
  try text.replacing(old, with: new).write(to: file, atomically: true, encoding: .utf8)
}

private func refusal(_ folder: URL) -> String? {
  do {
    _ = try ModelLibrary.load(folder: folder)
    return nil
  } catch {
    return error.message.zh
  }
}

@Suite struct ModelLibraryTests {
  @Test("a folder that is no model library is refused with its path")
  func missing() throws {
    try withModels { folder in
      try FileManager.default.removeItem(at: folder.appending(path: "Labour/parameters.yaml"))
      #expect(
        refusal(folder)
          == "模型文件 Labour/parameters.yaml 不存在，或不是 UTF-8 文本：请检查 --models 指向的文件夹。")
    }
  }

  @Test("a card in another encoding is refused, not half-read")
  func encoding() throws {
    try withModels { folder in
      try Data([0xB2, 0xB9, 0xC1, 0xB4]).write(to: folder.appending(path: "Choice/a.yaml"))
      #expect(refusal(folder) == "模型文件 Choice/a.yaml 不存在，或不是 UTF-8 文本：请检查 --models 指向的文件夹。")
    }
  }

  @Test("a misspelt key in a shipped chain is refused with file and line")
  func misspelt() throws {
    try withModels { folder in
      try edit(
        folder.appending(path: "Chains/pcb.yaml"), "    negativeKeywords: [风电纱",
        "    negativKeywords: [风电纱")
      #expect(
        refusal(folder) == "卡片 Chains/pcb.yaml 第 41 行的键 negativKeywords 不认识：请改正拼写或删除。")
    }
  }

  @Test("freight cards are found by file name, and absent ones are nil")
  func freight() throws {
    try withModels { folder in
      let freight = folder.appending(path: "Freight")
      try? FileManager.default.removeItem(at: freight)
      #expect(try ModelLibrary.load(folder: folder).freight == nil)
      try FileManager.default.createDirectory(at: freight, withIntermediateDirectories: true)
      try "parameters:\n  a: {value: 1, low: 1, high: 1, unit: 元, evidence: assumed, source: s}\n"
        .write(to: freight.appending(path: "parameters.yaml"), atomically: true, encoding: .utf8)
      try "id\n1\n".write(
        to: freight.appending(path: "terminals.csv"), atomically: true, encoding: .utf8)
      let library = try ModelLibrary.load(folder: folder)
      #expect(try library.freight?.require("a").value == 1)
      #expect(library.findFreightTable("terminals.csv")?.rows.count == 1)
      #expect(library.findFreightTable("rail.csv") == nil)
    }
  }
}

@Suite struct PublishedTests {
  private func published(_ library: ModelLibrary, _ path: String) throws -> PublishedCards {
    let card = try #require(library.cards.first { $0.path == path })
    return try PublishedCards("# note\n\n\(PublishedCards.line(for: card))\n")
  }

  @Test("a published card may change its prose and never its numbers")
  func edited() throws {
    try withModels { folder in
      let file = folder.appending(path: "Chains/pcb.yaml")
      let cards = try published(ModelLibrary.load(folder: folder), "Chains/pcb.yaml")
      try edit(file, "id: pcb\n", "# A comment.\nid: pcb\n")
      try edit(file, "en: Printed circuits}", "en: Printed boards}")
      #expect(cards.findEdited(in: try ModelLibrary.load(folder: folder)).isEmpty)
      try edit(file, "pcb.glassyarn: [0.45,", "pcb.glassyarn: [0.46,")
      let found = cards.findEdited(in: try ModelLibrary.load(folder: folder))
      #expect(found.map(\.path) == ["Chains/pcb.yaml"])
      #expect(found.first?.message.zh.hasPrefix("已发布的卡片 Chains/pcb.yaml 被改动（指纹 ") == true)
    }
  }

  @Test("a published card that is gone is found")
  func gone() throws {
    try withModels { folder in
      let cards = try published(ModelLibrary.load(folder: folder), "Choice/prior-2026.yaml")
      try FileManager.default.removeItem(at: folder.appending(path: "Choice/prior-2026.yaml"))
      #expect(
        cards.findEdited(in: try ModelLibrary.load(folder: folder)).map(\.message.zh)
          == ["已发布的卡片 Choice/prior-2026.yaml 不见了：请恢复原文件。"])
    }
  }

  @Test("a line that is no digest and path is refused")
  func malformed() {
    #expect(throws: CardError.self) { try PublishedCards("abc  Chains/pcb.yaml") }
  }

  @Test("no shipped card differs from what was published")
  func shipped() throws {
    let folder = SharedData.packageRoot.appending(path: "Models")
    let text = try String(contentsOf: folder.appending(path: "PUBLISHED"), encoding: .utf8)
    let edited = try PublishedCards(text).findEdited(in: ModelLibrary.load(folder: folder))
    #expect(edited.map(\.message.zh) == [])
  }
}
