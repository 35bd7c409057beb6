import ArgumentParser

/// Generates registries and measures every stage of the night on them; not a product. 测速
@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bulian-bench",
    abstract: "Generates registries of any size and measures every stage on them.",
    subcommands: [GenerateCommand.self, MeasureCommand.self, KernelCommand.self])
}
