import ArgumentParser
import Cards
import Foundation

/// Writes a registry drawn from a seed.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Write a registry of fictional firms as CSV; the same seed gives the same bytes.")

  @Option(help: "number of firms") var firms: Int
  @Option(help: "random seed") var seed: UInt64 = 1
  @Option(name: [.short, .customLong("output")], help: "FILE.csv or FILE.csv.gz") var output: String
  @Option(help: "folder of models") var models = "Models"

  func validate() throws {
    guard (1...100_000_000).contains(firms) else {
      throw ValidationError("--firms is a number from 1 to 100,000,000")
    }
  }

  func run() throws {
    let library = try ModelLibrary.load(folder: URL(fileURLWithPath: models))
    let sink = try ByteSink(path: output)
    var registry = RegistryGenerator(chains: library.chains, places: library.places, seed: seed)
    sink.append(RegistryGenerator.header)
    for row in 0..<firms {
      registry.appendFirm(row, to: &sink.bytes)
      try sink.flushIfFull()
    }
    try sink.close()
  }
}
