import Atlas
import Foundation
public import Freight
public import Matching

/// Everything below a `Models` folder, read and checked. 模型库
public struct ModelLibrary: Sendable {
  /// In the order of their ids.
  public let chainCards: [ChainCard]
  /// Which sector of a national table an industry code belongs to.
  public let sectors: SectorMap
  public let places: [Places.Entry]
  public let labour: ParameterTable
  public let occupations: [OccupationCard]
  /// Choice cards in the order of their names; the last is the one in use unless a workspace names
  /// another.
  public let choices: [ParameterTable]
  /// Choice cards that an office has fitted to its own outcomes; in use only where it names one.
  public let officeChoices: [ParameterTable]
  /// Nil when the folder has no freight model.
  public let freight: ParameterTable?
  /// The comma-separated files of the freight model, by file name in order.
  public let freightTables: [Table]
  /// Lines of terminals with distances of their own.
  public let freightCorridors: [Corridor]
  /// Every card with its digests, in the order of the paths.
  public let cards: [CardSummary]

  public var chains: [ChainModel] { chainCards.map(\.model) }

  /// The freight table of one file, such as `terminals.csv`.
  public func findFreightTable(_ file: String) -> Table? {
    freightTables.first { $0.card == "Freight/" + file }
  }

  /// The choice card of one name, such as `prior-2026`; the office's own comes first.
  public func findChoice(_ name: String) -> ParameterTable? {
    officeChoices.first { $0.card == "cards/\(name).yaml" }
      ?? choices.first { $0.card == "Choice/\(name).yaml" }
  }

  /// Reads and checks a folder.
  ///
  /// - Parameter office: a workspace, whose `cards` folder holds choice cards of its own.
  /// - Throws: the first finding; `ModelLibrary.check` lists them all.
  public static func load(
    folder: URL, office: URL? = nil
  ) throws(LibraryError) -> ModelLibrary {
    let files = CardFiles(folder: folder)
    var cards: [CardSummary] = []

    var chainCards: [ChainCard] = []
    for path in files.list("Chains", ending: "yaml") {
      let card = try files.read(path) { (text) throws(CardError) in
        try readChain(text, card: path)
      }
      chainCards.append(card)
      cards.append(CardSummary(path: path, digest: CardDigest(card.model), of: card.model))
    }
    chainCards.sort { $0.model.id < $1.model.id }

    var sectors = SectorMap([])
    if files.has("Chains/sectors.csv") {
      let table = try files.table("Chains/sectors.csv")
      sectors = SectorMap(table.rows.map { ($0.cells[0], Array($0.cells.dropFirst())) })
      cards.append(CardSummary(path: table.card, digest: CardDigest(table)))
    }

    let placesTable = try files.table("Places/places.csv")
    let places: [Places.Entry]
    do { places = try readPlaces(placesTable) } catch { throw .card(error) }
    cards.append(CardSummary(path: placesTable.card, digest: CardDigest(placesTable)))

    let labour = try files.parameters("Labour/parameters.yaml", into: &cards)
    let occupationsPath = "Labour/occupations.yaml"
    let occupations = try files.read(occupationsPath) { (text) throws(CardError) in
      try readOccupations(text, card: occupationsPath)
    }
    cards.append(CardSummary(path: occupationsPath, digest: CardDigest(occupations)))

    var choices: [ParameterTable] = []
    for path in files.list("Choice", ending: "yaml") {
      choices.append(try files.parameters(path, into: &cards))
    }
    var officeChoices: [ParameterTable] = []
    if let office {
      let own = CardFiles(folder: office)
      for path in own.list("cards", ending: "yaml") {
        officeChoices.append(
          try own.read(path) { (text) throws(CardError) in try readParameters(text, card: path) })
      }
    }
    var freight: ParameterTable?
    if files.has("Freight/parameters.yaml") {
      freight = try files.parameters("Freight/parameters.yaml", into: &cards)
    }
    var freightCorridors: [Corridor] = []
    if files.has("Freight/corridors.yaml") {
      freightCorridors = try files.read("Freight/corridors.yaml") { (text) throws(CardError) in
        try readCorridors(text, card: "Freight/corridors.yaml")
      }
      cards.append(
        CardSummary(path: "Freight/corridors.yaml", digest: CardDigest(freightCorridors)))
    }
    var freightTables: [Table] = []
    for path in files.list("Freight", ending: "csv") {
      let table = try files.table(path)
      freightTables.append(table)
      cards.append(CardSummary(path: path, digest: CardDigest(table)))
    }

    if let finding = checkChains(chainCards, occupations: Set(occupations.map(\.id))).first {
      throw .card(finding)
    }
    return ModelLibrary(
      chainCards: chainCards, sectors: sectors, places: places, labour: labour,
      occupations: occupations,
      choices: choices, officeChoices: officeChoices, freight: freight,
      freightTables: freightTables,
      freightCorridors: freightCorridors,
      cards: cards.sorted { $0.path < $1.path })
  }
}

/// One card of the library as `model list` shows it. 卡片摘要
public struct CardSummary: Sendable, Equatable {
  /// Below the `Models` folder.
  public let path: String
  public let digest: CardDigest
  /// How many of the card's numbers are measured, published and assumed.
  public let measured: Int
  public let published: Int
  public let assumed: Int

  init(path: String, digest: CardDigest, of parameters: [Parameter] = []) {
    self.path = path
    self.digest = digest
    measured = parameters.count { $0.evidence == .measured }
    published = parameters.count { $0.evidence == .published }
    assumed = parameters.count { $0.evidence == .assumed }
  }

  /// The summary of a card of parameters alone.
  public init(_ table: ParameterTable) {
    self.init(path: table.card, digest: CardDigest(table), of: table.entries.map(\.parameter))
  }

  init(path: String, digest: CardDigest, of chain: ChainModel) {
    self.init(
      path: path, digest: digest,
      of: chain.segments.flatMap { segment in
        segment.inputs.map(\.coefficient) + [
          segment.valuePerTonne, segment.outputPerWorker, segment.investmentPerOutput,
          segment.landPerOutput, segment.powerPerOutput, segment.nationalOutput,
          segment.inventoryDays,
        ] + (segment.product.map { [$0.price] } ?? [])
      })
  }
}

/// Why the model library cannot be used. 模型库错误
public enum LibraryError: Error, Sendable, Equatable {
  case unreadable(path: String)
  case card(CardError)

  /// What is wrong, where, what to do.
  public var message: Phrase {
    switch self {
    case .unreadable(let path):
      Phrase(
        zh: "模型文件 \(path) 不存在，或不是 UTF-8 文本：请检查 --models 指向的文件夹。",
        en: "model file \(path) is missing or not UTF-8 text: check the folder given by --models.")
    case .card(let error): error.message
    }
  }
}

/// The files of one library folder.
private struct CardFiles {
  let folder: URL

  func has(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: path).path)
  }

  /// Paths of the files of a subfolder with one ending, in order.
  func list(_ subfolder: String, ending: String) -> [String] {
    let found = try? FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: subfolder).path)
    return (found ?? []).filter { $0.hasSuffix("." + ending) && !$0.hasPrefix(".") }
      .sorted().map { subfolder + "/" + $0 }
  }

  func read<Value>(
    _ path: String, _ parse: (String) throws(CardError) -> Value
  ) throws(LibraryError) -> Value {
    guard let data = try? Data(contentsOf: folder.appending(path: path)),
      let text = String(data: data, encoding: .utf8)
    else { throw .unreadable(path: path) }
    do { return try parse(text) } catch { throw .card(error) }
  }

  func table(_ path: String) throws(LibraryError) -> Table {
    try read(path) { (text) throws(CardError) in try Table(text, card: path) }
  }

  func parameters(
    _ path: String, into cards: inout [CardSummary]
  ) throws(LibraryError) -> ParameterTable {
    let table = try read(path) { (text) throws(CardError) in
      try readParameters(text, card: path)
    }
    cards.append(
      CardSummary(path: path, digest: CardDigest(table), of: table.entries.map(\.parameter)))
    return table
  }
}
