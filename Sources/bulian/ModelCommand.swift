import ArgumentParser
import Atlas
import Briefing
import Cards
import Foundation
import Ledger

/// The cards: list, show, check. 模型卡片
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: say(
      "模型卡片：list 列出，show 逐项说明，check 校验。", "The cards: list, show each number, check, approve."),
    subcommands: [
      ListCommand.self, ShowCommand.self, CheckCommand.self, ApproveCommand.self,
    ])

  struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: say("列出全部卡片及其指纹。", "List all cards and their digests."),
      discussion: example("bulian model list"))
    @OptionGroup var options: WorkspaceOptions

    func run() throws {
      let library = try loadLibrary(options)
      let cards = library.cards + library.officeChoices.map(CardSummary.init)
      if options.format == .json {
        print(
          JSONValue.array(
            cards.map { card in
              .object([
                ("path", .string(card.path)), ("behaviour", .string(card.digest.behaviour)),
                ("measured", .int(card.measured)), ("published", .int(card.published)),
                ("assumed", .int(card.assumed)),
              ])
            }
          ).pretty, terminator: "")
        return
      }
      printTable(
        [
          say("卡片", "card"), say("指纹", "digest"), say("实测", "measured"), say("公开发表", "published"),
          say("假设", "assumed"),
        ],
        cards.map {
          [
            $0.path, String($0.digest.behaviour.prefix(12)), "\($0.measured)", "\($0.published)",
            "\($0.assumed)",
          ]
        }, rightAligned: [2, 3, 4])
    }
  }

  struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: say(
        "逐项说明选择卡：值、范围、单位、依据。", "Explain a card number by number: value, range, unit, source."),
      discussion: example("bulian model show prior-2026"))
    @OptionGroup var options: WorkspaceOptions
    @Argument(help: .say("卡片名（默认当前选择卡）", "card (default: the choice card in use)")) var name:
      String?

    func run() throws {
      let library = try loadLibrary(options)
      let table: ParameterTable?
      switch name {
      case nil: table = try choiceInUse(options).flatMap(library.findChoice) ?? library.choices.last
      case "freight": table = library.freight
      case "labour": table = library.labour
      case let name?: table = library.findChoice(name)
      }
      guard let table else {
        throw Failure(
          "BL0120", exit: 66,
          Phrase(
            zh: "没有卡片“\(name ?? "")”：用 bulian model list 查看。",
            en: "no card \"\(name ?? "")\": see bulian model list."))
      }
      let counts = Evidence.allCases.map { kind in
        table.entries.count { $0.parameter.evidence == kind }
      }
      print(
        say(
          "\(table.card)：实测 \(counts[0])，公开发表 \(counts[1])，假设 \(counts[2])",
          "\(table.card): \(counts[0]) measured, \(counts[1]) published, \(counts[2]) assumed"))
      for entry in table.entries {
        let p = entry.parameter
        print(
          "  \(entry.name) = \(p.value) [\(p.low)–\(p.high)] \(p.unit)｜\(word(p.evidence))｜\(p.source)"
        )
      }
    }

    private func word(_ evidence: Evidence) -> String {
      switch evidence {
      case .measured: say("实测", "measured")
      case .published: say("公开发表", "published")
      case .assumed: say("假设", "assumed")
      }
    }
  }

  struct ApproveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "approve",
      abstract: say(
        "登记谁以哪份文件批准了这张选择卡；批准针对卡的指纹，卡改了就要重新批准。",
        "Record who approved a choice card by which document; it holds for the card's digest, an edited card needs another."
      ), discussion: example("bulian model approve --by LJ --document 荣府办〔2026〕8号 -w 荣昌"))
    @OptionGroup var options: WorkspaceOptions
    @Argument(help: .say("卡片名（默认当前选择卡）", "card (default: the choice card in use)")) var name:
      String?
    @Option(help: .say("批准人姓名缩写", "initials of who approves")) var by: String
    @Option(help: .say("批准文件号", "number of the document")) var document: String

    func run() throws {
      let workspace = try options.open()
      let chosen = name ?? workspace.configuration.cards.first { $0.room == "choice" }?.name
      if let chosen, workspace.library.findChoice(chosen) == nil {
        throw Failure(
          "BL0120", exit: 66,
          Phrase(
            zh: "没有卡片“\(chosen)”：用 bulian model list 查看。",
            en: "no card \"\(chosen)\": see bulian model list."))
      }
      for (option, text) in [("--by", by), ("--document", document)] {
        _ = try requireReason(text, option: option)
      }
      let model = try workspace.library.matchingModels(
        choice: chosen, places: Places(workspace.library.places)
      ).choice
      try workspace.ledger.approve(
        model: model.id, digest: model.behaviourDigest, document: document, by: by, at: Clock.now)
      print(
        say(
          "已登记：\(by) 以 \(document) 批准 \(model.id)（指纹 \(model.behaviourDigest.prefix(12))）。",
          "recorded: \(by) approved \(model.id) by \(document) (digest \(model.behaviourDigest.prefix(12)))."
        ))
    }
  }

  struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: say(
        "校验全部卡片；已发布的卡片被改动则报错。", "Check every card; a published one that was edited is an error."),
      discussion: example("bulian model check"))
    @OptionGroup var options: WorkspaceOptions

    func run() throws {
      let folder = try findModels(options)
      let library = try loadLibrary(options)
      _ = try library.matchingModels(places: Places(library.places))
      for card in library.officeChoices { _ = try library.matchModel(card) }
      let edited = try editedCards(folder, library)
      for card in edited { Failure("BL0703", exit: 65, card.message).print(in: Clock.language) }
      guard edited.isEmpty else { throw ExitCode(65) }
      print(
        "\(library.cards.count) 张卡片有效：\(library.chains.count) 条链、\(library.chains.reduce(0) { $0 + $1.segments.count }) 个环节、\(library.places.count) 个地点。"
      )
    }
  }
}

/// The library, with the office's own cards when a workspace is named.
private func loadLibrary(_ options: WorkspaceOptions) throws -> ModelLibrary {
  try ModelLibrary.load(folder: try findModels(options), office: officeFolder(options))
}

private func officeFolder(_ options: WorkspaceOptions) -> URL? {
  (options.workspace ?? ProcessInfo.processInfo.environment["BULIAN_WORKSPACE"])
    .map { URL(fileURLWithPath: $0) }
}

/// The choice card that a workspace names in its bulian.yaml; nil for the library's.
private func choiceInUse(_ options: WorkspaceOptions) throws -> String? {
  guard let folder = officeFolder(options) else { return nil }
  let file = folder.appending(path: "bulian.yaml")
  guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
  return try WorkspaceConfiguration(yaml: text, file: file.path)
    .cards.first { $0.room == "choice" }?.name
}

private func findModels(_ options: WorkspaceOptions) throws -> URL {
  try Workspace.findModels(
    options.models, workspace: options.workspace.map { URL(fileURLWithPath: $0) })
}

/// Published cards that are no longer what was published.
func editedCards(_ folder: URL, _ library: ModelLibrary) throws -> [EditedCard] {
  let file = folder.appending(path: "PUBLISHED")
  let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  return try PublishedCards(text).findEdited(in: library)
}
